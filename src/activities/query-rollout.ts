import type { StoreProduct } from '../domain/store/product';
import type { SeenRollout } from '../domain/store/rollout';
import type { ActivityDeps } from './deps';
import { seenRollout } from './live-rollout';
import { openSession } from './store-call';
import { guarded } from './to-failure';

/** How a rollout stands, for whoever is about to change it. `unknown`: it cannot be read now. */
export type RolloutAnswer =
  | { readonly kind: 'seen'; readonly submissionId: string; readonly seen: SeenRollout }
  | { readonly kind: 'absent'; readonly code: 'product-not-found' | 'rollout-not-running'; readonly detail: string }
  | { readonly kind: 'unknown' };

/** Whoever asks waits for the answer: what takes longer is found out by the release. */
const longestMs = 10_000;

/** Reads a rollout with requests that are free now: nothing waits behind this, and this waits behind nothing. */
export async function queryRollout(
  deps: Pick<ActivityDeps, 'openStore'>,
  account: string,
  product: StoreProduct,
  submissionId: string | null,
): Promise<RolloutAnswer> {
  const read = await guarded(async () => {
    const stopping = AbortSignal.timeout(longestMs);
    const session = await openSession({ ...deps, stopping }, { account, product }, 1, 'read');
    return seenRollout(session, submissionId);
  });
  if (read.ok) return { kind: 'seen', ...read.value };
  const { code, message: detail } = read.failure;
  if (code === 'rollout-not-running') return { kind: 'absent', code, detail };
  if (code === 'product-not-found' || code === 'submission-lost')
    return { kind: 'absent', code: 'product-not-found', detail };
  return { kind: 'unknown' };
}
