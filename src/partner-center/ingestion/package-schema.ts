import { z } from 'zod';
import { open, tolerant } from '../http';
import type { FileState } from './enums';
import { entityMembers, secretUrl } from './resource-schema';
import { ValidationItem } from './submission-schema';

/** The kinds of packages that can be made. */
export type PackageType =
  | 'AzureApplicationPackage'
  | 'Dynamics365BusinessCentralAddOnExtensionPackage'
  | 'Dynamics365BusinessCentralAddOnLibraryExtensionPackage'
  | 'Dynamics365BusinessCentralAddOnDependencyPackage';

const PublishTarget = z.looseObject({
  sandboxId: z.string().optional(),
  trainId: z.string().optional(),
  firstPublishedDateTime: z.string().optional(),
});

/** A package. `Processed` is what a configuration may refer to; `ProcessFailed` is final. */
export const Package = tolerant(
  z.looseObject({
    ...entityMembers,
    /** Empty for old packages: name the kind before such a one is written back. */
    resourceType: open<PackageType | ''>().optional(),
    fileName: z.string().optional(),
    fileSize: z.number().optional(),
    state: open<FileState>().optional(),
    isEmpty: z.boolean().optional(),
    isCertified: z.boolean().optional(),
    validationItems: z.array(ValidationItem).optional(),
    publishTargets: z.array(PublishTarget).optional(),
    /** To write the file while it is pending. */
    fileSasUri: secretUrl,
  }),
);
export type Package = z.output<typeof Package>;

/** A package that is to be uploaded. */
export interface NewPackage {
  readonly resourceType: PackageType;
  readonly fileName: string;
}
