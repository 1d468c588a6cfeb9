import { failed, ok } from '../domain/failure';
import type { Result } from '../domain/failure';
import type { StoreProduct } from '../domain/store/product';
import { storeFailure } from '../partner-center/store';
import type { AccountSession } from './store-call';
import { ofStore } from './to-failure';

/** Deletes a flight, and makes sure that it is gone. Safe to repeat: one that is gone is not asked for again. */
export async function deleteFlight(
  { client, call }: AccountSession,
  flight: StoreProduct & { readonly kind: 'store-flight' },
): Promise<Result<object>> {
  try {
    await client.deleteFlight(flight, call);
  } catch (error) {
    const remote = storeFailure(error);
    if (remote === undefined) throw error;
    if (!isGone(remote.meaning)) return failed(ofStore(remote));
  }
  return ok({});
}

function isGone(meaning: string): boolean {
  return meaning === 'flight-not-found' || meaning === 'not-found';
}
