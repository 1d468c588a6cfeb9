import type { RemoteCall } from '../contracts/activities';
import { failed, ok } from '../domain/failure';
import type { Result } from '../domain/failure';
import type { StoreProduct } from '../domain/store/product';
import type { StoreSubmission } from '../domain/store/submission';
import { createAllowance } from '../partner-center/http';
import type { BudgetPriority, Call } from '../partner-center/http';
import { productClient, storeFailure, writable } from '../partner-center/store';
import type {
  ProductClient,
  ProductState,
  StoreClient,
  StoreKind,
  Submission,
  WritableSubmission,
} from '../partner-center/store';
import type { ActivityDeps } from './deps';

/** A submission as it was read: what the service says of it, and the document that an update replaces. */
export type FoundSubmission = Pick<Submission<StoreKind>, 'id' | 'status' | 'statusDetails' | 'hasUploadUrl'> & {
  readonly friendlyName: string;
  readonly document: StoreSubmission;
};

/** The client of an account, and the requests that one activity run may send. */
export interface AccountSession {
  readonly client: StoreClient;
  readonly call: Call;
  readonly tenant: string;
}

/** The same, with the product of the activity run. */
export interface StoreSession extends AccountSession {
  readonly product: ProductClient<StoreKind>;
  getProduct(): Promise<ProductState<StoreKind>>;
  getSubmission(submissionId: string): Promise<FoundSubmission>;
  updateSubmission(submissionId: string, document: StoreSubmission): Promise<void>;
}

/**
 * Opens the account for one activity run.
 *
 * @param cost how many requests the run expects to send: they are reserved together
 * @param priority a halt goes before releases, and a read for people comes last
 */
export async function openAccount(
  deps: Pick<ActivityDeps, 'openStore' | 'stopping'>,
  { account, ticket }: Pick<RemoteCall, 'account' | 'ticket'>,
  cost: number,
  priority: BudgetPriority = 'release',
): Promise<AccountSession> {
  const { client, budget, tenant } = await deps.openStore(account);
  const allowance = createAllowance({ budget, cost, ticket, priority });
  return { client, call: { allowance, signal: deps.stopping }, tenant };
}

/** As `openAccount`, for one product. */
export async function openSession(
  deps: Pick<ActivityDeps, 'openStore' | 'stopping'>,
  input: Pick<RemoteCall, 'account' | 'ticket' | 'product'>,
  cost: number,
  priority: BudgetPriority = 'release',
): Promise<StoreSession> {
  return sessionOf(await openAccount(deps, input, cost, priority), input.product);
}

/** The session of an account, for one product. */
export function sessionOf({ client, call, tenant }: AccountSession, of: StoreProduct): StoreSession {
  // One product of any kind: the documents that go in are made of those that came out, by `writable` of its kind.
  const product = productClient(client, of) as ProductClient<StoreKind>;
  return {
    client,
    product,
    call,
    tenant,
    getProduct: async () => (await product.getProduct(call)).value,
    getSubmission: async (id) => found(product.kind, (await product.getSubmission(id, call)).value),
    updateSubmission: async (id, document) => {
      await product.updateSubmission(id, document as WritableSubmission<StoreKind>, call);
    },
  };
}

function found(kind: StoreKind, submission: Submission<StoreKind>): FoundSubmission {
  const { id, status, statusDetails, hasUploadUrl } = submission;
  const friendlyName = typeof submission['friendlyName'] === 'string' ? submission['friendlyName'] : '';
  return { id, status, statusDetails, hasUploadUrl, friendlyName, document: documentOf(kind, submission) };
}

/** Every shape of the domain's document is open, and the schema of the answer has checked those it names. */
function documentOf(kind: StoreKind, submission: Submission<StoreKind>): StoreSubmission {
  return writable(kind, submission) as StoreSubmission;
}

/** As `getSubmission`; `undefined` where it is gone, as one may be that another copy of an activity has just deleted. */
export async function findSubmission(session: StoreSession, id: string): Promise<FoundSubmission | undefined> {
  try {
    return await session.getSubmission(id);
  } catch (error) {
    const meaning = storeFailure(error)?.meaning;
    if (meaning === 'submission-not-found' || meaning === 'not-found') return undefined;
    throw error;
  }
}

/** A submission that an answer has just named: where it is not found, it is not found yet. */
export async function namedSubmission(session: StoreSession, submissionId: string): Promise<Result<FoundSubmission>> {
  const submission = await findSubmission(session, submissionId);
  if (submission !== undefined) return ok(submission);
  const message = `The submission ${submissionId} was named by Partner Center, and cannot be read yet.`;
  return failed({ code: 'partner-center-unavailable', message, retryable: true });
}
