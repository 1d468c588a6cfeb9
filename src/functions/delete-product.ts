import { storeDeletions } from '../contracts/store-operations';
import { productKey } from '../domain/product';
import type { StoreProduct } from '../domain/store/product';
import type { AuditEvent } from '../storage/audit';
import { accountOf } from './accounts';
import { ring } from './durable-run';
import { httpRoute } from './http-route';
import type { Call, Handler } from './http-route';
import { Problem } from './problem';
import { valueOf } from './remote-problem';
import type { FunctionServices } from './services';
import { storeIds } from './foreign-ids';

type Deletion = (typeof storeDeletions)[keyof typeof storeDeletions];
type Deletable = Extract<StoreProduct, { kind: 'store-flight' | 'store-add-on' }>;

/** Registers the two deletions. */
export function registerDeletions(services: FunctionServices): void {
  const { deleteStoreFlight, deleteStoreAddOn } = storeDeletions;
  httpRoute(
    deleteStoreFlight,
    services,
    deletion(services, ({ applicationId, flightId }) => ({ kind: 'store-flight', applicationId, flightId })),
  );
  httpRoute(
    deleteStoreAddOn,
    services,
    deletion(services, ({ addOnId }) => ({ kind: 'store-add-on', addOnId })),
  );
}

/**
 * Deletes a product that no release works on: the claim is taken for that long, so that none begins meanwhile. The audit
 * log has the wish before anything is sent. Killed in between, the sweep frees the claim.
 */
function deletion(
  services: FunctionServices,
  productIn: (ids: ReturnType<typeof storeIds>) => Deletable,
): Handler<Deletion> {
  return {
    durable: true,
    handle: async (call) => {
      const account = accountOf(call.request, services);
      const product = productIn(storeIds(call.request));
      await claimed(services, call, product, async (holder) => {
        const { name: by } = call.caller;
        const audit = (action: string) =>
          services.audit.append([auditOf(services, { account, product, holder, by, action })]);
        await audit('deletion-requested');
        valueOf(await services.deleteProduct(account, product));
        services.queries.forget();
        await audit('deleted').catch((error: unknown) => {
          call.log('An audit line was not written', { product: productKey(product), error: errorName(error) });
        });
      });
      return { status: 204 };
    },
  };
}

async function claimed(
  services: FunctionServices,
  call: Call<Deletion>,
  product: StoreProduct,
  work: (holder: string) => Promise<void>,
): Promise<void> {
  const { claims } = services;
  const key = productKey(product);
  const holder = services.newReleaseId();
  const claim = await claims.acquire(key, holder);
  if (!claim.granted) {
    // It may have come while it was given up; then it is given on below.
    if ((await claims.leaveQueue(key, holder)) !== 'holds') throw busy(claim.holder);
    await giveOn(services, call, key, holder);
    throw busy(claim.holder);
  }
  try {
    await work(holder);
  } finally {
    await giveOn(services, call, key, holder);
  }
}

function busy(release: string): Problem {
  return new Problem('product-busy', { detail: `${release} works on it.` });
}

async function giveOn(services: FunctionServices, call: Call<Deletion>, key: string, holder: string): Promise<void> {
  const next = await services.claims.release(key, holder);
  const record = next === undefined ? undefined : await services.releases.read(next);
  await ring(call.durable, record?.record.bell ?? null, call.log);
}

interface Act {
  readonly account: string;
  readonly product: Deletable;
  readonly holder: string;
  readonly by: string | null;
  readonly action: string;
}

function auditOf({ now }: FunctionServices, { account, product, holder, by, action }: Act): AuditEvent {
  const foreignId = product.kind === 'store-flight' ? product.applicationId : product.addOnId;
  return {
    eventId: `${holder}:${action}`,
    at: now().toISOString(),
    action,
    by,
    account,
    product: foreignId,
    releaseId: null,
    docHash: null,
    facts: { kind: product.kind, ...(product.kind === 'store-flight' ? { flightId: product.flightId } : {}) },
  };
}

function errorName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
