import { randomUUID } from 'node:crypto';
import type { AddOn, Application, Flight, Kind, Product, Submission } from '../core/model';
import type { Contents } from '../core/world';
import { languagesOf } from '../store/document/content';
import { publisherHash } from './publisher-hash';
import type { AddOnSeed, ApplicationSeed, FlightSeed, SubmissionsSeed } from './schema';

/** Where products are planted, and when. */
interface Ground {
  readonly contents: Contents;
  readonly now: number;
}

/** An application of a seed, with its flights and add-ons and the submissions of all of them. */
export function plantApplication(contents: Contents, account: string, seed: ApplicationSeed, now: number): void {
  const {
    history: _history,
    published: _published,
    pending: _pending,
    firstPublished,
    flights,
    addOns,
    ...rest
  } = seed;
  const ground = { contents, now };
  const application: Application = {
    ...rest,
    ...plantSubmissions(ground, { kind: 'application', product: seed.id, application: seed.id }, seed),
    account,
    packageFamilyName: `${seed.packageIdentityName}_${publisherHash(seed.publisherName)}`,
    ...(firstPublished !== undefined && { firstPublished: Date.parse(firstPublished) }),
    ...(flights.length > 0 && { flights: flights.map(({ id }) => id.toLowerCase()) }),
  };
  contents.applications.set(application.id, application);
  for (const flight of flights) plantFlight(ground, seed.id, flight);
  for (const addOn of addOns) plantAddOn(ground, seed.id, addOn);
}

function plantFlight(ground: Ground, application: string, seed: FlightSeed): void {
  const { friendlyName, groupIds } = seed;
  const id = seed.id.toLowerCase();
  const references = plantSubmissions(ground, { kind: 'flight', product: id, application }, seed);
  const flight: Flight = { ...references, id, application, friendlyName, groupIds };
  ground.contents.flights.set(id, flight);
}

function plantAddOn(ground: Ground, application: string, seed: AddOnSeed): void {
  const { id, productId, productType, unsupportedFeatures } = seed;
  const references = plantSubmissions(ground, { kind: 'addOn', product: id, application }, seed);
  const addOn: AddOn = { ...references, id, application, productId, productType, unsupportedFeatures };
  ground.contents.addOns.set(id, addOn);
}

type Owner = { readonly kind: Kind; readonly product: string; readonly application: string };

/** What a product knows about its submissions, once they are planted. */
function plantSubmissions(ground: Ground, owner: Owner, seed: SubmissionsSeed): Omit<Product, 'id'> {
  const { history, published, pending } = seed;
  const all = [...history, ...(published ? [published] : []), ...(pending ? [pending] : [])];
  const base = published ? languagesOf(published.document) : [];
  for (const submission of all) {
    const baseLanguages = submission === pending ? base : languagesOf(submission.document);
    ground.contents.submissions.set(submission.id, {
      ...plantSubmission(ground, submission),
      ...owner,
      baseLanguages,
    });
  }
  return {
    lastNumber: Math.max(0, ...all.map((submission) => submission.number)),
    ...(published && { published: published.id }),
    ...(pending && { pending: pending.id }),
  };
}

function plantSubmission(
  { contents, now }: Ground,
  seed: NonNullable<SubmissionsSeed['pending']>,
): Omit<Submission, 'kind' | 'product' | 'application' | 'baseLanguages'> {
  const { number, document, hiddenPrice, ...rest } = seed;
  const editable = !seed.portal && seed.status === 'PendingCommit';
  return {
    ...rest,
    friendlyName: `Submission ${number}`,
    since: now,
    content: structuredClone(document),
    ...(hiddenPrice !== undefined && { hiddenPrice }),
    ...(editable && { upload: { blob: randomUUID(), ordinal: ++contents.single.counters.upload, issued: now } }),
  };
}
