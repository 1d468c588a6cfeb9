import { atOrigin } from '../plain-document';
import type { PlainDocument } from '../plain-document';
import type { Fault } from '../release';
import type { OnPrice, ReleaseOptions } from '../release-document';
import type { ChangeContext } from './changes/place';
import { judgePrice } from './judge-price';
import type { LivePackages } from './live-packages';
import { mappingOf, packagesIn } from './mapping';
import type { StoreKind } from './mapping';
import { mergePackages } from './merge-packages';
import { oldPackagesOf } from './old-packages-of';
import type { KnownPackage } from './packages-to-send';
import { planSubmission } from './plan-submission';
import type { PlannedSubmission, SubmissionParts } from './plan-submission';
import type { CheckedPackage, StoreSubmission } from './submission';

/** What a release is planned with, besides its document. */
export interface ReleaseFacts {
  /** Packages that are not in the submission yet. */
  readonly added: readonly CheckedPackage[];
  readonly assets: ChangeContext;
  /** What is live; `null` = never published. */
  readonly published: StoreSubmission | null;
  /** What the live packages are to their users; absent = nothing of it matters. */
  readonly live?: LivePackages | undefined;
  /** What this service has published of the product. */
  readonly known?: readonly KnownPackage[] | undefined;
}

/** The submission that a release asks for, and what stands against sending it. */
export interface PlannedRelease extends PlannedSubmission {
  /** The price of what is live cannot be seen, so damage to it could not be seen either. */
  readonly blocker: 'price-hidden' | null;
}

/**
 * The submission that a release asks for: what it found, with the packages, changes and options of the document. What
 * the document does not name is carried along as it is. Pure, and planning twice gives the same.
 */
export function planRelease(
  kind: StoreKind,
  base: StoreSubmission,
  document: PlainDocument,
  facts: ReleaseFacts,
): PlannedRelease {
  const { options = {}, changes } = document;
  const parts: SubmissionParts = {
    changes,
    ...packageParts(kind, base, document, facts),
    publication: publicationOf(options) ?? document.publication,
    isFirst: facts.published === null,
  };
  const planned = planSubmission(kind, base, parts, facts.assets);
  const price = judgePrice(kind, options.price ?? defaultPrice, facts.published, planned.submission);
  const faults = [...missing(kind, base, document), ...planned.faults, ...price.faults];
  return { ...planned, faults: atOrigin(faults, document.origins), blocker: price.blocker };
}

/** Packages that a submission document takes for there, and that are not. */
function missing(kind: StoreKind, base: StoreSubmission, { expected = [] }: PlainDocument): Fault[] {
  const there = new Set(packagesIn(kind, base).map(({ fileName }) => fileName.toLowerCase()));
  return expected
    .filter(({ fileName }) => !there.has(fileName.toLowerCase()))
    .map(({ fileName, pointer }) => ({
      pointer,
      code: 'package-not-found',
      message: `The product has no package "${fileName}": leave it out, or mark it PendingUpload.`,
    }));
}

const defaultPrice: OnPrice = 'keep';

function packageParts(
  kind: StoreKind,
  base: StoreSubmission,
  document: PlainDocument,
  { added, live, known }: ReleaseFacts,
): Pick<SubmissionParts, 'packages' | 'newLanguages' | 'rollout'> {
  if (mappingOf(kind).packages === null) return {};
  const retention = { ...oldPackagesOf(document, added), live, known };
  return {
    packages: mergePackages(packagesIn(kind, base), added, retention, document.packages),
    newLanguages: added.flatMap((item) => item.languages),
    rollout: rolloutOf(base, document.options),
  };
}

/** Without a wish everyone gets it at once: a rollout that the clone inherits would begin anew at the publication. */
function rolloutOf(base: StoreSubmission, { rollout }: ReleaseOptions = {}): SubmissionParts['rollout'] {
  const first = rollout?.stages[0];
  if (first !== undefined) return { isPackageRollout: true, packageRolloutPercentage: first.percentage };
  const inherited = base.packageDeliveryOptions?.packageRollout?.['isPackageRollout'] === true;
  return inherited ? { isPackageRollout: false, packageRolloutPercentage: 0 } : undefined;
}

/** What the API shows where no date is set. */
const noDate = '1601-01-01T00:00:00.0000000Z';

function publicationOf({ publishAt }: ReleaseOptions): SubmissionParts['publication'] {
  if (publishAt === undefined) return undefined;
  if (publishAt === 'manual') return { targetPublishMode: 'Manual', targetPublishDate: noDate };
  return { targetPublishMode: 'SpecificDate', targetPublishDate: new Date(publishAt).toISOString() };
}
