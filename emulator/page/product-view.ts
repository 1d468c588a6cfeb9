import {
  LISTING_FILES,
  type IngestionProduct,
  type Instance,
  type ProductSubmission,
  type Row,
} from '../ingestion/model';
import { isFree } from '../ingestion/submissions/begin';
import { effectiveInstances, liveOf } from '../ingestion/submissions/live';
import { stateOf } from '../ingestion/submissions/render-submission';
import { isSameJson } from './same-json';

/** The content of one module, under the name that a person gives it. */
interface ModuleView {
  readonly name: string;
  readonly rows: readonly unknown[];
}

/** A submission of a product, with what the API never shows. Times are epoch milliseconds by the emulator's clock. */
interface SubmissionView extends Pick<
  ProductSubmission,
  'id' | 'releaseNumber' | 'substate' | 'since' | 'created' | 'validations' | 'reports' | 'previewed' | 'published'
> {
  readonly place: 'Live' | 'Current' | 'Earlier';
  readonly state: ReturnType<typeof stateOf>;
  readonly promotesItself: boolean;
  /** What a test has decided about its end. */
  readonly outcome?: string;
  readonly modules: readonly ModuleView[];
}

/** A product of the marketplace, as the page shows it. */
export interface ProductView extends Pick<IngestionProduct, 'id' | 'account' | 'type' | 'name' | 'created'> {
  readonly offerId: string;
  readonly isModular: boolean;
  readonly plans: readonly string[];
  /** Where its draft is not what is live. */
  readonly ahead: readonly string[];
  readonly drafts: readonly ModuleView[];
  readonly packages: readonly { readonly id: string; readonly fileName: string; readonly state: string }[];
  /** Newest first. */
  readonly submissions: readonly SubmissionView[];
  /** The language of the listing that `edit` changes. */
  readonly language?: string;
  /** What a person can do to it now. */
  readonly can: readonly ('edit' | 'submit' | 'publish' | 'goLive' | 'cancel')[];
}

/** What the page shows of a product. */
export function productView(product: IngestionProduct): ProductView {
  const { id, account, type, name, created, externalIDs, isModularPublishing, drafts, submissions } = product;
  const language = languageOf(product);
  return {
    ...{ id, account, type, name, created },
    offerId: externalIDs[0]?.value ?? '',
    isModular: isModularPublishing === true,
    plans: product.variants.map((variant) => planName(product, variant.id)),
    ahead: ahead(product),
    drafts: drafts.filter(({ rows }) => rows.length > 0).map((instance) => moduleView(product, instance)),
    packages: product.packages.map((row) => ({
      id: row.id,
      fileName: textOf(row.members['fileName']),
      state: textOf(row.members['state']),
    })),
    submissions: submissions.toReversed().map((submission) => submissionView(product, submission)),
    ...(language !== undefined && { language }),
    can: actions(product, language),
  };
}

function submissionView(product: IngestionProduct, submission: ProductSubmission): SubmissionView {
  const { id, releaseNumber, substate, since, created, validations, reports, previewed, published } = submission;
  const place = id === product.live ? 'Live' : submission === product.submissions.at(-1) ? 'Current' : 'Earlier';
  return {
    ...{ id, releaseNumber, substate, since, created, validations, reports, place },
    ...(previewed !== undefined && { previewed }),
    ...(published !== undefined && { published }),
    state: stateOf(submission),
    promotesItself: submission.publishOption?.['isAutoPromote'] === true,
    ...(submission.outcome && { outcome: submission.outcome.result }),
    modules: submission.frozen.map((instance) => moduleView(product, instance)),
  };
}

function actions(product: IngestionProduct, language: string | undefined): ProductView['can'] {
  const last = product.submissions.at(-1);
  return [
    ...(language === undefined ? [] : (['edit'] as const)),
    ...(isFree(product) ? (['submit', 'publish'] as const) : []),
    ...(last?.substate === 'ReadyToPublish' ? (['goLive'] as const) : []),
    ...(last && stateOf(last) === 'InProgress' ? (['cancel'] as const) : []),
  ];
}

function languageOf({ drafts }: IngestionProduct): string | undefined {
  const listing = drafts.find(({ module, variant }) => module === 'Listing' && variant === undefined)?.rows[0];
  return listing && textOf(listing.members['languageCode']);
}

/** The modules that differ from what is live, and the plans that came or went. Nothing, while nothing is live. */
function ahead(product: IngestionProduct): string[] {
  const live = liveOf(product);
  if (!live) return [];
  const instances = effectiveInstances(product, live);
  const changed = instances.filter((instance) => isChanged(product, instance));
  const known = new Set(instances.map(({ variant }) => variant));
  return [
    ...changed.map((instance) => moduleName(product, instance)),
    ...product.variants.filter(({ id }) => !known.has(id)).map(({ id }) => `Plan ${planName(product, id)}`),
  ];
}

function isChanged(product: IngestionProduct, live: Instance): boolean {
  // Kept with the product, and frozen from there.
  if (live.module === 'ResellerConfiguration') return !isSameJson(live.rows[0]?.members, product.reseller);
  const draft = product.drafts.find(({ module, variant }) => module === live.module && variant === live.variant);
  return !isSameJson(draft?.rows.map(contentOf), live.rows.map(contentOf));
}

function moduleView(product: IngestionProduct, instance: Instance): ModuleView {
  return { name: moduleName(product, instance), rows: instance.rows.map(contentOf) };
}

/** A row without what a copy of it has of its own: id, etag and places of files. */
function contentOf(row: Row): unknown {
  const files = LISTING_FILES.flatMap((name) => (row[name]?.length ? [[name, row[name].map(contentOf)] as const] : []));
  return { resourceType: row.type, ...row.members, ...Object.fromEntries(files) };
}

function moduleName(product: IngestionProduct, { module, variant }: Instance): string {
  return variant === undefined ? module : `${module} of ${planName(product, variant)}`;
}

/** A plan by its id in the offer; one that is gone, and a test drive, by the id that the service gave it. */
function planName({ variants }: IngestionProduct, id: string): string {
  return textOf(variants.find((variant) => variant.id === id)?.members['externalID']) || id;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
