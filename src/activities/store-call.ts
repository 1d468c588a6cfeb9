import type { RemoteCall } from '../contracts/activities';
import { failed, ok } from '../domain/failure';
import type { Result } from '../domain/failure';
import type { StoreProduct } from '../domain/store/product';
import { createAllowance } from '../partner-center/http';
import type { Call } from '../partner-center/http';
import { storeFailure } from '../partner-center/store';
import type { AppSubmission, Application, StoreClient } from '../partner-center/store';
import type { ActivityDeps } from './deps';

/** The Store API as one activity run uses it: an account's client, and the requests this run may send. */
export interface StoreSession {
  readonly client: StoreClient;
  readonly call: Call;
  readonly tenant: string;
  getApplication(): Promise<Application>;
  getSubmission(submissionId: string): Promise<AppSubmission>;
}

/**
 * Opens the account for one activity run.
 *
 * @param cost how many requests the run expects to send: they are reserved together
 */
export async function openSession(deps: ActivityDeps, input: RemoteCall, cost: number): Promise<StoreSession> {
  const { client, budget, tenant } = await deps.openStore(input.account);
  const call: Call = { allowance: createAllowance({ budget, cost, ticket: input.ticket }), signal: deps.stopping };
  return {
    client,
    call,
    tenant,
    getApplication: async () => (await client.getApplication(applicationIdOf(input.product), call)).value,
    getSubmission: async (id) => (await client.getAppSubmission(applicationIdOf(input.product), id, call)).value,
  };
}

/** Of an app: the other products have no client here yet, and no document can name one. */
export function applicationIdOf(product: StoreProduct): string {
  if (product.kind === 'store-app') return product.applicationId;
  throw new Error(`${product.kind} is not an app`);
}

/** As `getSubmission`; `undefined` where it is gone, as one may be that another copy of an activity has just deleted. */
export async function findSubmission(session: StoreSession, id: string): Promise<AppSubmission | undefined> {
  try {
    return await session.getSubmission(id);
  } catch (error) {
    const meaning = storeFailure(error)?.meaning;
    if (meaning === 'submission-not-found' || meaning === 'not-found') return undefined;
    throw error;
  }
}

/** A submission that an answer has just named: where it is not found, it is not found yet. */
export async function namedSubmission(session: StoreSession, submissionId: string): Promise<Result<AppSubmission>> {
  const submission = await findSubmission(session, submissionId);
  if (submission !== undefined) return ok(submission);
  const message = `The submission ${submissionId} was named by Partner Center, and cannot be read yet.`;
  return failed({ code: 'partner-center-unavailable', message, retryable: true });
}

/** The submission that holds the app's only slot. */
export function pendingOf(application: Application): string | null {
  return application.pendingApplicationSubmission?.id ?? null;
}

/** The submission that is live. */
export function publishedOf(application: Application): string | null {
  return application.lastPublishedApplicationSubmission?.id ?? null;
}
