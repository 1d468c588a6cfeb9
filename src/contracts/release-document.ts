import { z } from 'zod';
import type { ReleaseDocument as DomainDocument } from '../domain/release-document';
import { AccountName, ExistingFileName, Line, PackageFileName, Sha256, UploadId } from './forms';
import { StoreAddOnChanges } from './store-add-on-changes';
import { StoreAppChanges } from './store-app-changes';
import { StoreFlightChanges } from './store-flight-changes';
import { ReleaseOptions } from './release-options';
import { ReleaseTarget } from './release-target';
import { fault } from './rule';
import type { Agree } from './agree';

/** The release document as it is on the wire. What one member alone can show is checked here, the rest in `check-release-document.ts`. */

const SourceReference = z
  .union([
    z.strictObject({ upload: UploadId }),
    z.strictObject({
      url: z
        .string()
        .refine(
          isBytesAddress,
          fault('invalid-url', 'Use a complete https address without user name, password and fragment.'),
        )
        .meta({
          format: 'uri',
          maxLength: 8192,
          description: 'An https address of an allowed host. Its query is kept as a secret.',
        }),
    }),
  ])
  .meta({ id: 'SourceReference', description: 'Where the bytes lie.' });

const PackageItem = z
  .strictObject({ fileName: PackageFileName, source: SourceReference, sha256: Sha256.optional() })
  .meta({ id: 'PackageItem', description: 'A package to publish.' });

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
    packages: z.array(PackageItem).max(100).optional(),
    oldPackages: OldPackages.optional(),
    changes: z.union([StoreAppChanges, StoreFlightChanges, StoreAddOnChanges]).optional(),
    options: ReleaseOptions.optional(),
    labels: Labels.optional(),
  })
  .meta({ id: 'ReleaseDocument', description: 'What is to be published, and how.' });
export type ReleaseDocument = z.infer<typeof ReleaseDocument>;

/** What the schema lets through is what the rest of the app works on, and nothing it works on is left out. */
type _Agreement = Agree<ReleaseDocument, DomainDocument>;
const _agreement: _Agreement = true;

function isBytesAddress(text: string): boolean {
  const url = text.length <= 8192 && /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && url.username === '' && url.password === '' && url.hash === '' && !/[\s\\]/.test(text);
}
