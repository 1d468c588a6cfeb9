import { z } from 'zod';
import type { ReleaseDocument as DomainDocument } from '../domain/release-document';
import { AssetPath } from './asset-files';
import { AccountName, ExistingFileName, Line, PackageFileName, Sha256 } from './forms';
import { StoreAddOnChanges } from './store-add-on-changes';
import { StoreAppChanges } from './store-app-changes';
import { StoreFlightChanges } from './store-flight-changes';
import { ReleaseOptions } from './release-options';
import { ReleaseTarget } from './release-target';
import { EarlierSource, SourceReference } from './source-reference';
import { fault } from './rule';
import type { Agree } from './agree';

/** The release document as it is on the wire. What one member alone can show is checked here, the rest in `check-release-document.ts`. */

const EarlierPackages = z.strictObject({ source: EarlierSource }).meta({
  id: 'EarlierPackages',
  description: 'All packages of an earlier release, byte for byte, under their names.',
});

const PackageItem = z
  .strictObject({ fileName: PackageFileName, source: SourceReference, sha256: Sha256.optional() })
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
    changes: z.union([StoreAppChanges, StoreFlightChanges, StoreAddOnChanges]).optional(),
    submission: SubmissionDocument.optional(),
    archive: ArchiveItem.optional(),
    options: ReleaseOptions.optional(),
    labels: Labels.optional(),
  })
  .meta({ id: 'ReleaseDocument', description: 'What is to be published, and how.' });
export type ReleaseDocument = z.infer<typeof ReleaseDocument>;

/** What the schema lets through is what the rest of the app works on, and nothing it works on is left out. */
type _Agreement = Agree<ReleaseDocument, DomainDocument>;
const _agreement: _Agreement = true;
