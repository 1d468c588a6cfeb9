import { z } from 'zod';
import type { ReleaseDocument as DomainDocument, StoreChanges } from '../domain/release-document';
import { AssetPath } from './asset-files';
import { CloudPartnerOfferChanges } from './cloud-partner-offer-changes';
import { AccountName, ExistingFileName, Line, RelativeFileName, Sha256 } from './forms';
import { MarketplaceProductChanges } from './marketplace-product-changes';
import { ReleaseOptions } from './release-options';
import { ReleaseTarget } from './release-target';
import { EarlierSource, SourceReference } from './source-reference';
import { fault } from './rule';
import { storeChanges } from './store-changes';
import type { Agree } from './agree';

/** The release document as it is on the wire. What one member alone can show is checked here, the rest in `check-release-document.ts`. */

const EarlierPackages = z.strictObject({ source: EarlierSource }).meta({
  id: 'EarlierPackages',
  description: 'All packages of an earlier release, byte for byte, under their names.',
});

const PackageItem = z
  .strictObject({
    plan: Line(50)
      .min(1)
      .meta({ description: 'marketplace-product only, where it must be there: the id of the plan that it belongs to.' })
      .optional(),
    version: Line(50)
      .min(1)
      .meta({ description: 'marketplace-product only, where it must be there: the version of the plan.' })
      .optional(),
    fileName: RelativeFileName,
    source: SourceReference,
    sha256: Sha256.optional(),
  })
  .meta({ id: 'PackageItem', description: 'A package to publish.' });

const AssetItem = z
  .strictObject({ path: AssetPath, source: SourceReference, sha256: Sha256.optional() })
  .meta({ id: 'AssetItem', description: 'A file that `changes` name, or a ZIP of such files.' });

const ArchiveItem = z
  .strictObject({ source: SourceReference, sha256: Sha256.optional() })
  .meta({ id: 'ArchiveItem', description: 'The ZIP with the files that `submission` marks as PendingUpload.' });

const SubmissionDocument = z.record(z.string(), z.unknown()).meta({
  id: 'SubmissionDocument',
  description:
    'A submission as StoreBroker, the official CLI or the official samples write it. What it lacks, or has as null, stays as it is.',
});

const OldPackages = z
  .strictObject({
    keep: z
      .int()
      .min(0)
      .max(100)
      .meta({ description: 'How many older versions stay where a new one comes; absent = all.' })
      .optional(),
    remove: z.array(ExistingFileName).max(200).meta({ description: 'File names to take out besides.' }).optional(),
  })
  .meta({ id: 'OldPackages', description: 'What becomes of the packages that are already there.' });

const maxLabels = 16;

const Labels = z
  .record(z.string(), Line(256))
  .refine(
    (labels) => Object.keys(labels).length <= maxLabels,
    fault('too-long', `At most ${maxLabels} labels are allowed.`),
  )
  .meta({ maxProperties: maxLabels, description: 'Names and values of your own, to find the release by.' });

/** What a pipeline asks for. */
export const ReleaseDocument = z
  .strictObject({
    $schema: z.string().max(2048).optional(),
    account: AccountName,
    target: ReleaseTarget,
    packages: z
      .array(z.union([PackageItem, EarlierPackages]))
      .max(100)
      .optional(),
    oldPackages: OldPackages.optional(),
    assets: z.array(AssetItem).max(500).meta({ description: 'The files that `changes` name.' }).optional(),
    changes: z.union([...Object.values(storeChanges), MarketplaceProductChanges, CloudPartnerOfferChanges]).optional(),
    submission: SubmissionDocument.optional(),
    archive: ArchiveItem.optional(),
    options: ReleaseOptions.optional(),
    labels: Labels.optional(),
  })
  .meta({ id: 'ReleaseDocument', description: 'What is to be published, and how.' });
export type ReleaseDocument = z.infer<typeof ReleaseDocument>;

/** What the schema lets through is what the rest of the app works on, and nothing it works on is left out. */
type _Agreement = Agree<Omit<ReleaseDocument, 'changes'>, Omit<DomainDocument, 'changes'>>;
const _agreement: _Agreement = true;

/** Those of offers are open. */
type _StoreChanges = Agree<z.infer<(typeof storeChanges)[keyof typeof storeChanges]>, StoreChanges>;
const _storeChanges: _StoreChanges = true;
