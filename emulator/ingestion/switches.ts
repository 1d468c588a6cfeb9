import { z } from 'zod';

/** How the Partner Center submission API behaves where the sources conflict or are silent; part of `Switches`. */
export const INGESTION_SWITCHES = {
  /** What a PUT with a stale `If-Match` answers. */
  'ingestion.etagMismatch': z.enum(['412', '409']).default('412'),
  /** What POST submissions answers: 201 in the documentation, 202 in a report. */
  'ingestion.submissionCreateStatus': z.enum(['201', '202']).default('201'),
  /** Milliseconds before the rows of a new product or plan show in `getByModule`. */
  'ingestion.branchDelay': z.number().nonnegative().default(0),
  /** Milliseconds before new products, plans and submissions show in lists. */
  'ingestion.listDelay': z.number().nonnegative().default(0),
  /** Which lists come in the irregular pages that were seen of products: those alone, all, or none. */
  'ingestion.pages': z.enum(['products', 'irregular', 'whole']).default('products'),
  /** Rows of `getByModule`: that of the product first, as was seen, or last. */
  'ingestion.branchOrder': z.enum(['productFirst', 'newestFirst']).default('productFirst'),
  /** Whether the last page names a next one, which is not there. */
  'ingestion.lastPage': z.enum(['absent', '404']).default('absent'),
  /** Whether the ids of frozen instances can be read. */
  'ingestion.frozenInstances': z.enum(['readable', '404']).default('readable'),
  /** Whether a submission may name what an earlier one froze. */
  'ingestion.frozenResubmission': z.enum(['refuse', 'accept']).default('refuse'),
  /** Whether a partial submission of a modular product names what it froze, or also what it left live. */
  'ingestion.modularResources': z.enum(['submitted', 'effective']).default('submitted'),
  /** What promote takes for a body. */
  'ingestion.promoteBody': z.enum(['any', 'empty']).default('any'),
  /** What a caller without a role in the account gets. */
  'ingestion.missingRole': z.enum(['401', '403']).default('401'),
  /** What a second product with the same offer id gets. */
  'ingestion.duplicateOffer': z.enum(['409', '400']).default('409'),
  /** What POST setup answers: 200 was recorded, 201 is in the OpenAPI document. */
  'ingestion.setupStatus': z.enum(['200', '201']).default('200'),
  /** What POST properties answers; the OpenAPI document says 200. */
  'ingestion.propertyStatus': z.enum(['200', '201']).default('200'),
  /** Whether a submission passes through Published/Published before it is in the store. */
  'ingestion.publishedStep': z.enum(['shown', 'skipped']).default('shown'),
  /** Whether DELETE product accepts one that was published. */
  'ingestion.deletePublished': z.enum(['refuse', 'allow']).default('refuse'),
  /** Whether reading a file that waits for its upload renews the expiry of its URL. */
  'ingestion.fileSasRenewal': z.enum(['onRead', 'never']).default('onRead'),
  /** Whether `Uploaded` is refused while nothing was uploaded. */
  'ingestion.uploadedBeforeBlob': z.enum(['refuse', 'accept']).default('refuse'),
  /** Whether packages are opened, or taken on trust. */
  'ingestion.packageContents': z.enum(['checked', 'trusted']).default('checked'),
  /** Whether submissions are checked for what is missing in their content, or for their modules only. */
  'ingestion.contentValidation': z.enum(['strict', 'lenient']).default('strict'),
  /** Which sizes a large logo may have: 216 is documented, 350 said to pass today. */
  'ingestion.largeLogo': z.enum(['both', '216']).default('both'),
  /** What becomes of markets, trial and prices that a PUT leaves out, which a GET shows on demand only. */
  'ingestion.unexpandedMembers': z.enum(['reset', 'keep']).default('reset'),
  /** What becomes of members that no source names. */
  'ingestion.unknownMembers': z.enum(['drop', 'keep']).default('drop'),
  /** Whether the setup of a virtual machine accepts a test drive. */
  'ingestion.virtualMachineTestDrive': z.enum(['refuse', 'accept']).default('refuse'),
} as const;
