import type { FaultCode } from '../fault-catalogue';
import type { Fault } from '../release';
import { applyChanges } from './apply-changes';
import type { AssetFile, ChangeContext } from './changes/place';
import { asObject } from '../json-value';
import { mappingOf } from './mapping';
import type { StoreKind } from './mapping';
import type { MergedPackages } from './merge-packages';
import { announcedElsewhere } from './placed-files';
import type { StoreSubmission } from './submission';

/** What a release asks of a submission, part by part. */
export interface SubmissionParts {
  readonly changes?: object | undefined;
  /** Absent: the packages stay. */
  readonly packages?: MergedPackages | undefined;
  /** Languages of the packages that the release brings. */
  readonly newLanguages?: readonly string[] | undefined;
  /** Members of `packageRollout` to set; absent: they stay. */
  readonly rollout?: object | undefined;
  /** Absent: as the product has it. */
  readonly publication?: { readonly targetPublishMode: string; readonly targetPublishDate: string } | undefined;
  /** Whether the product was never published; absent: it was. */
  readonly isFirst?: boolean | undefined;
}

/** The submission that a release asks for. */
export interface PlannedSubmission {
  readonly submission: StoreSubmission;
  readonly faults: readonly Fault[];
  readonly files: readonly AssetFile[];
  /** Whether packages are added or removed. */
  readonly packagesChanged: boolean;
}

/**
 * The submission to send: what was found, with the parts of the release in their places. What the release does not name
 * is carried along as it is. Pure, and planning twice gives the same.
 */
export function planSubmission(
  kind: StoreKind,
  base: StoreSubmission,
  parts: SubmissionParts,
  context: ChangeContext,
): PlannedSubmission {
  const mapping = mappingOf(kind);
  const applied = applyChanges(kind, base, parts.changes, context);
  const submission = {
    ...applied.submission,
    ...packageMembers(mapping.packages, applied.submission, parts),
    ...parts.publication,
  };
  const { isFirst = false, newLanguages = [] } = parts;
  const unfit = mapping.unfit(submission, { base, isFirst, newLanguages });
  return {
    submission,
    faults: [
      ...(parts.packages?.faults ?? []),
      ...applied.faults,
      ...unfit,
      ...lostFiles(submission, applied.files, parts.packages),
    ],
    files: applied.files,
    packagesChanged: parts.packages?.changed ?? false,
  };
}

/** An archive of ours would replace the one that a draft's maker has sent. */
function lostFiles(planned: StoreSubmission, files: readonly AssetFile[], packages?: MergedPackages): Fault[] {
  if (files.length === 0 && packages?.adds !== true) return [];
  const names = [...(packages?.announced ?? []), ...announcedElsewhere(planned, files)];
  if (names.length === 0) return [];
  const code: FaultCode = 'announced-file';
  const message = `The draft announces files that only its maker has: ${names.slice(0, 5).join(', ')}.`;
  return [{ pointer: '/options/onForeignDraft', code, message }];
}

function packageMembers(
  member: 'applicationPackages' | 'flightPackages' | null,
  { packageDeliveryOptions }: StoreSubmission,
  { packages, rollout }: SubmissionParts,
): StoreSubmission {
  if (member === null) return {};
  return {
    ...(packages === undefined ? {} : { [member]: packages.packages }),
    ...(rollout === undefined
      ? {}
      : {
          packageDeliveryOptions: {
            ...packageDeliveryOptions,
            packageRollout: { ...asObject(packageDeliveryOptions?.packageRollout), ...rollout },
          },
        }),
  };
}
