import { failed, ok } from '../domain/failure';
import type { Result } from '../domain/failure';
import type { StoreProduct } from '../domain/store/product';
import type { Call } from '../partner-center/http';
import { storeFailure } from '../partner-center/store';
import type { StoreClient } from '../partner-center/store';
import type { ActivityDeps } from './deps';
import { openAccount } from './store-call';
import { guarded, ofStore } from './to-failure';

type Deletable = Exclude<StoreProduct, { kind: 'store-app' }>;

/**
 * Deletes a flight or a never published add-on. Safe to repeat: what is gone is not found. After an unclear answer it
 * looks; where the product is still there, the failure may be tried again.
 */
export async function deleteProduct(
  deps: Pick<ActivityDeps, 'openStore' | 'stopping'>,
  account: string,
  product: Deletable,
): Promise<Result<object>> {
  return guarded<object>(async () => {
    const { client, call } = await openAccount(deps, { account }, 1);
    try {
      await sendDelete(client, product, call);
    } catch (error) {
      const remote = storeFailure(error);
      if (remote === undefined) throw error;
      if (!remote.unclear) return failed(ofStore(remote));
      if (await isThere(client, product, call)) return failed({ ...ofStore(remote), retryable: true });
    }
    return ok({});
  });
}

async function sendDelete(client: StoreClient, product: Deletable, call: Call): Promise<void> {
  if (product.kind === 'store-flight') await client.deleteFlight(product, call);
  else await client.deleteAddOn(product.addOnId, call);
}

async function isThere(client: StoreClient, product: Deletable, call: Call): Promise<boolean> {
  try {
    if (product.kind === 'store-flight') await client.getFlight(product, call);
    else await client.getAddOn(product.addOnId, call);
    return true;
  } catch (error) {
    const meaning = storeFailure(error)?.meaning ?? '';
    if (['flight-not-found', 'add-on-not-found', 'not-found'].includes(meaning)) return false;
    throw error;
  }
}
