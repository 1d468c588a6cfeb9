import { contentOf } from '../../../domain/cloud-partner/content';
import type { OfferContent } from '../../../domain/offer/offer-content';
import type { OfferProgress } from '../../../domain/offer/offer-status';
import { cloudPartnerFailure, OfferSlot, SubmissionState } from '../../../partner-center/cloud-partner-portal';
import type { Offer, Operation } from '../../../partner-center/cloud-partner-portal';
import type { LiveOffer } from '../offer-api';
import { kindOf, publicationsOf, readOperations, sameId } from './operations';
import { earlierProgress, progressOf } from './progress';
import type { CloudPartnerSession } from './session';

/** A publication, and whether the slots of the offer are about it. */
interface SeenOne {
  readonly progress: OfferProgress;
  readonly isCurrent: boolean;
}

/** The publication that was begun last: a publish, or the go-live of one. */
export async function readNewest(session: CloudPartnerSession): Promise<OfferProgress | null> {
  const [operation] = publicationsOf(await readOperations(session));
  return operation === undefined ? null : newest(session, operation);
}

/** How far a publication is; `undefined` = the offer has no such operation. */
export async function readOne(session: CloudPartnerSession, id: string): Promise<OfferProgress | undefined> {
  return (await seen(session, id))?.progress;
}

/**
 * What a publication was made of, while a slot shows it: the preview from its being ready on, then what is live. Before
 * it has a preview, and of earlier ones, nothing shows.
 */
export async function readContentOf(session: CloudPartnerSession, id: string): Promise<OfferContent | undefined> {
  const found = await seen(session, id);
  if (found?.isCurrent !== true) return undefined;
  const { phase, failedIn } = found.progress;
  if (phase === 'live') return contentIn(await readSlot(session, OfferSlot.production));
  const isPast = phase === 'preview-ready' || phase === 'going-live' || (phase === 'failed' && failedIn === 'live');
  return isPast ? contentIn(await readSlot(session, OfferSlot.preview)) : undefined;
}

/** What is in Production, and the go-live that has put it there. */
export async function readLive(session: CloudPartnerSession): Promise<LiveOffer> {
  const offer = await readSlot(session, OfferSlot.production);
  if (offer === undefined) return { kind: 'never' };
  const live = publicationsOf(await readOperations(session)).find(
    (operation) => kindOf(operation) === 'goLive' && operation.submissionState === SubmissionState.completed,
  );
  return { kind: 'shown', publicationId: live?.id ?? offer.version ?? '', content: contentOf(offer) };
}

/** A publish and a go-live are operations of their own: the one that was let go live goes on as the one after it. */
async function seen(session: CloudPartnerSession, id: string): Promise<SeenOne | undefined> {
  const operations = publicationsOf(await readOperations(session));
  const index = operations.findIndex((operation) => sameId(operation.id, id));
  const operation = operations[index];
  if (operation === undefined) return undefined;
  if (index === 0) return { progress: await newest(session, operation), isCurrent: true };
  const after = operations[index - 1];
  if (after === undefined || !isLetGo(operation, after)) {
    return { progress: earlierProgress(operation, undefined), isCurrent: false };
  }
  const isCurrent = index === 1;
  const next = isCurrent ? await newest(session, after) : earlierProgress(after, undefined);
  return { progress: earlierProgress(operation, next), isCurrent };
}

function isLetGo(operation: Operation, after: Operation): boolean {
  const { submissionState } = operation;
  const hasEnded = submissionState === SubmissionState.failed || submissionState === SubmissionState.canceled;
  return !hasEnded && kindOf(operation) === 'publish' && kindOf(after) === 'goLive';
}

async function newest({ client, call, product }: CloudPartnerSession, operation: Operation): Promise<OfferProgress> {
  const { value: status } = await client.getOfferStatus(product, call);
  return progressOf({ operation, status });
}

function contentIn(offer: Offer | undefined): OfferContent | undefined {
  return offer === undefined ? undefined : contentOf(offer);
}

/** `undefined` = the slot is empty. */
export async function readSlot(
  { client, call, product }: CloudPartnerSession,
  slot: OfferSlot,
): Promise<Offer | undefined> {
  try {
    return (await client.getOfferSlot(product, slot, call)).value;
  } catch (error) {
    if (cloudPartnerFailure(error)?.meaning === 'slot-empty') return undefined;
    throw error;
  }
}
