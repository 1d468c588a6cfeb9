import type { OfferProgress } from '../../../domain/offer/offer-status';
import { cloudPartnerFailure, SubmissionState } from '../../../partner-center/cloud-partner-portal';
import type { Emails, Operation, StartedOperation } from '../../../partner-center/cloud-partner-portal';
import type { Begun } from '../offer-api';
import { OperationUnseenError } from './failures';
import { isRunning, kindOf, publicationsOf, readOperations, sameId } from './operations';
import type { OperationKind } from './operations';
import type { CloudPartnerSession } from './session';

/** Begins to publish the draft. */
export async function beginPublish(session: CloudPartnerSession, emails: readonly string[]): Promise<Begun> {
  const { client, call, product } = session;
  const known = await readOperations(session);
  const { value } = await client.publishOffer(product, asEmails(emails), call);
  return { publicationId: await begun(session, 'publish', known, value), status: 'running' };
}

/** Begins the go-live of what is in the preview: an operation of its own. */
export async function beginGoLive(session: CloudPartnerSession, emails: readonly string[]): Promise<string> {
  const { client, call, product } = session;
  const known = await readOperations(session);
  const { value } = await client.goLive(product, emails, call);
  return begun(session, 'goLive', known, value);
}

/**
 * Cancels what is running, if that is the publication: somebody else's must not end by it. What is being canceled already
 * is left to that.
 *
 * @returns whether it is canceled, or will be
 */
export async function cancelPublication(
  session: CloudPartnerSession,
  { publicationId }: OfferProgress,
  emails: readonly string[],
): Promise<boolean> {
  const before = await fateOf(session, publicationId);
  if (before !== 'running') return before === 'canceled';
  const { client, call, product } = session;
  try {
    await client.cancelOperation(product, emails, call);
    return true;
  } catch (error) {
    if (cloudPartnerFailure(error)?.meaning !== 'operation-refused') throw error;
    return (await fateOf(session, publicationId)) === 'canceled';
  }
}

/** What becomes of a publication: it runs, is canceled or being canceled, or has ended or given way. */
async function fateOf(session: CloudPartnerSession, id: string): Promise<'running' | 'canceled' | 'over'> {
  const operations = await readOperations(session);
  const isCanceling = operations.some((operation) => kindOf(operation) === 'cancel' && isRunning(operation));
  const [last] = publicationsOf(operations);
  if (last === undefined || !sameId(last.id, id)) return 'over';
  if (isRunning(last)) return isCanceling ? 'canceled' : 'running';
  return last.submissionState === SubmissionState.canceled ? 'canceled' : 'over';
}

/** The id of an operation that was begun: its address names it, or the list shows one that was not there before. */
async function begun(
  session: CloudPartnerSession,
  kind: OperationKind,
  known: readonly Operation[],
  { operation }: StartedOperation,
): Promise<string> {
  if (operation?.form === 'operation') return operation.operationId;
  const fresh = (await listed(session)).find(
    (one) => kindOf(one) === kind && !known.some((other) => sameId(other.id, one.id)),
  );
  if (fresh === undefined)
    throw new OperationUnseenError('What was begun does not show in the list of operations yet.');
  return fresh.id;
}

/** A read that fails here says nothing of the request before it, which was taken. */
async function listed(session: CloudPartnerSession): Promise<readonly Operation[]> {
  try {
    return await readOperations(session);
  } catch (error) {
    if (cloudPartnerFailure(error) === undefined) throw error;
    throw new OperationUnseenError('Something was begun, and the operations cannot be read.', { cause: error });
  }
}

/** The API refuses to tell nobody; so does the check of the document. */
function asEmails([first, ...others]: readonly string[]): Emails {
  if (first === undefined) throw new TypeError('A publication tells somebody: the document demands an address');
  return [first, ...others];
}
