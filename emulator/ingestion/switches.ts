import { z } from 'zod';

/** How the Partner Center submission API behaves where the sources conflict or are silent; see the README for each. */
export const INGESTION_SWITCHES = {
  /** What a PUT with a stale `If-Match` answers. */
  etagMismatch: z.enum(['412', '409']).default('412'),
  /** What POST submissions answers: 201 in the documentation, 202 in a report. */
  submissionCreateStatus: z.enum(['201', '202']).default('201'),
  /** Milliseconds before the rows of a new product or plan show in `getByModule`. */
  branchDelay: z.number().nonnegative().default(0),
  /** Milliseconds before new products, plans and submissions show in lists. */
  listDelay: z.number().nonnegative().default(0),
  /** Whether pages of lists have the irregular sizes that were seen, or all rows. */
  pages: z.enum(['irregular', 'whole']).default('irregular'),
  /** Whether the last page names a next one, which is not there. */
  lastPage: z.enum(['absent', '404']).default('absent'),
  /** Whether the ids of frozen instances can be read. */
  frozenInstances: z.enum(['readable', '404']).default('readable'),
  /** Whether a submission may name what an earlier one froze. */
  frozenResubmission: z.enum(['refuse', 'accept']).default('refuse'),
  /** Whether a partial submission of a modular product names what it froze, or also what it left live. */
  modularResources: z.enum(['submitted', 'effective']).default('submitted'),
  /** What promote takes for a body. */
  promoteBody: z.enum(['any', 'empty']).default('any'),
  /** What a caller without a role in the account gets. */
  missingRole: z.enum(['401', '403']).default('401'),
  /** What a second product with the same offer id gets. */
  duplicateOffer: z.enum(['409', '400']).default('409'),
  /** What POST setup answers: 200 was recorded, 201 is in the OpenAPI document. */
  setupStatus: z.enum(['200', '201']).default('200'),
  /** What POST properties answers; the OpenAPI document says 200. */
  propertyStatus: z.enum(['200', '201']).default('200'),
  /** Whether a submission passes through Published/Published before it is in the store. */
  publishedStep: z.enum(['shown', 'skipped']).default('shown'),
  /** Whether DELETE product accepts one that was published. */
  deletePublished: z.enum(['refuse', 'allow']).default('refuse'),
  /** Whether reading a file that waits for its upload renews the expiry of its URL. */
  fileSasRenewal: z.enum(['onRead', 'never']).default('onRead'),
  /** Whether `Uploaded` is refused while nothing was uploaded. */
  uploadedBeforeBlob: z.enum(['refuse', 'accept']).default('refuse'),
  /** Whether packages are opened, or taken on trust. */
  packageContents: z.enum(['checked', 'trusted']).default('checked'),
  /** Whether submissions are checked for what is missing in their content, or for their modules only. */
  contentValidation: z.enum(['strict', 'lenient']).default('strict'),
  /** Which sizes a large logo may have: 216 is documented, 350 said to pass today. */
  largeLogo: z.enum(['both', '216']).default('both'),
  /** What becomes of markets, trial and prices that a PUT leaves out, which a GET shows on demand only. */
  unexpandedMembers: z.enum(['reset', 'keep']).default('reset'),
  /** What becomes of members that no source names. */
  unknownMembers: z.enum(['drop', 'keep']).default('drop'),
  /** Whether the setup of a virtual machine accepts a test drive. */
  virtualMachineTestDrive: z.enum(['refuse', 'accept']).default('refuse'),
} as const;
