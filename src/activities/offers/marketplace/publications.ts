import type { OfferContent } from '../../../domain/offer/offer-content';
import { SubmissionState, SubmissionSubstate } from '../../../partner-center/ingestion';
import type { Submission } from '../../../partner-center/ingestion';
import type { LiveOffer } from '../offer-api';
import { found, isNotFound, notShownYet } from './failures';
import { draftInstances, frozenInstances, listPlans, withInstances } from './instances';
import type { Instances } from './instances';
import { readContent } from './read-content';
import type { Readers } from './read-content';
import { all } from './session';
import type { ProductSession } from './session';

/** The draft as it is. */
export async function readDraft(readers: Readers): Promise<OfferContent> {
  const { session } = readers;
  await session.product();
  // Before the draft: what is written meanwhile is noted before.
  const ledger = await session.offers.readLedger(session.key);
  const plans = await listPlans(session);
  return readContent(readers, { instances: await draftInstances(session, plans), plans, ledger });
}

/** What is live: what the newest submission that reached the store froze, if the API shows that. */
export async function readLive(readers: Readers, atLeast?: string): Promise<LiveOffer> {
  const { session } = readers;
  await session.product();
  const submissions = await inStore(session);
  const [newest] = submissions;
  if (atLeast !== undefined && (newest === undefined || isNewer(atLeast, newest.id))) {
    throw notShownYet(`the submission ${atLeast} among those that are in the store`);
  }
  if (newest === undefined) return { kind: 'never' };
  const instances = await liveInstances(session, submissions);
  const content = await readFrozen(readers, instances);
  if (content === undefined) return { kind: 'hidden', publicationId: newest.id };
  return { kind: 'shown', publicationId: newest.id, content: await asPublished(session, newest.id, content) };
}

/**
 * What the API has no versions of is as it is now; where this service has published what is live, it knows how it was
 * then.
 */
async function asPublished(
  { offers, key }: ProductSession,
  publicationId: string,
  content: OfferContent,
): Promise<OfferContent> {
  const published = await offers.readPublished(key);
  if (published?.publicationId !== publicationId) return content;
  const then = Object.entries(published.content).filter(([one]) => isUnversioned(one) && Object.hasOwn(content, one));
  return { ...content, ...Object.fromEntries(then) };
}

function isUnversioned(key: string): boolean {
  return key === 'setup' || key === 'resellerConfiguration' || /^plans\/[^/]+$/.test(key);
}

/** What a submission was made of, whatever its state. */
export async function readPublication(readers: Readers, submissionId: string): Promise<OfferContent | undefined> {
  const { session } = readers;
  const { client, call, productId } = session;
  const submission = (await found(client.getSubmission({ productId, submissionId }, call)))?.value;
  if (submission === undefined) return undefined;
  const { isModularPublishing = false } = await session.product();
  const own = frozenInstances(submission);
  if (!isModularPublishing) return readFrozen(readers, own);
  const earlier = (await inStore(session)).filter(({ id }) => isNewer(submissionId, id));
  return readFrozen(readers, earlier.map(frozenInstances).reduce(withInstances, own));
}

/** Ids are long numbers. */
function isNewer(one: string, than: string): boolean {
  return one.length === than.length ? one > than : one.length > than.length;
}

/** A submission of a modular product may name some modules: the others are live as an earlier one named them. */
async function liveInstances(session: ProductSession, submissions: readonly Submission[]): Promise<Instances> {
  const { isModularPublishing = false } = await session.product();
  const considered = isModularPublishing ? submissions : submissions.slice(0, 1);
  return considered.map(frozenInstances).reduce(withInstances);
}

/** Newest first. */
async function inStore({ client, call, productId }: ProductSession): Promise<Submission[]> {
  const submissions = await all(client.listSubmissions(productId, call));
  return submissions
    .filter(({ state, substate }) => state === SubmissionState.published && substate === SubmissionSubstate.inStore)
    .reverse();
}

/** `undefined` where the API does not show what a submission froze. */
async function readFrozen(readers: Readers, instances: Instances): Promise<OfferContent | undefined> {
  const plans = (await listPlans(readers.session)).filter(({ id }) => instances.plans.has(id));
  // A plan that is gone leaves something that nobody can name.
  if (plans.length < instances.plans.size) return undefined;
  try {
    return await readContent(readers, { instances, plans });
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
