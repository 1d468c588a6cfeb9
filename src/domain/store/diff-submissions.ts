import { changesBetween } from '../field-changes';
import type { FieldChange } from '../field-changes';
import { exportOf } from './apply-changes';
import { asObject } from '../json-value';
import type { Members } from '../json-value';
import { mappingOf } from './mapping';
import type { StoreKind } from './mapping';
import type { StoreSubmission } from './submission';

/** What a release changes, field by field: lists are one field. Packages are told apart from it. */
export function diffOf(kind: StoreKind, base: StoreSubmission, planned: StoreSubmission): FieldChange[] {
  return changesBetween(shown(kind, base), shown(kind, planned));
}

/** The export, and what options of the release say. */
function shown(kind: StoreKind, submission: StoreSubmission): Members {
  const { targetPublishMode, targetPublishDate, packageDeliveryOptions } = submission;
  const exported = exportOf(kind, submission);
  const publication = { targetPublishMode, targetPublishDate };
  if (mappingOf(kind).packages === null) return { ...exported, ...publication };
  const { isPackageRollout, packageRolloutPercentage } = asObject(packageDeliveryOptions?.packageRollout);
  const delivery = {
    ...asObject(exported['packageDeliveryOptions']),
    packageRollout: { isPackageRollout, packageRolloutPercentage },
  };
  return { ...exported, ...publication, packageDeliveryOptions: delivery };
}
