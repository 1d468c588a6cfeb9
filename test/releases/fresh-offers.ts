import { offerKey } from '../../src/domain/offer/offer';
import { PRODUCTS } from '../emulator/ingestion-api';
import { letBudgetRecover } from '../functions/app-http';
import type { ReleaseApp, World } from '../support/release-app';

/** The seeded application that releases of tests work on, as claims and records name it. */
export const monitorKey = offerKey({ kind: 'marketplace-product', productId: PRODUCTS.monitor });

/**
 * An app for an emulator that was reset: its ids begin anew, so nothing may be noted of its offers; nobody holds one, and
 * there are requests to spend.
 */
export async function freshOfferApp(world: World): Promise<ReleaseApp> {
  const app = await world.app();
  letBudgetRecover(app);
  const { claims, storage } = app.rooms;
  const release = (holder: string) => claims.release(monitorKey, holder);
  for (let holder = await claims.holder(monitorKey); holder !== undefined;) holder = await release(holder);
  const container = await storage.container('offers');
  for await (const { name } of container.listBlobsFlat()) await container.deleteBlob(name);
  return app;
}

/** The same for the offers of the Cloud Partner Portal. */
export async function freshCloudPartnerApp(world: World, settings: Record<string, string>): Promise<ReleaseApp> {
  const app = await world.app(settings);
  letBudgetRecover(app);
  const { claims, storage } = app.rooms;
  for (const offerId of ['contoso-linux', 'contoso-linux-pro']) {
    const key = offerKey({ kind: 'cloud-partner-offer', publisherId: 'contoso', offerId });
    for (let holder = await claims.holder(key); holder !== undefined;) holder = await claims.release(key, holder);
  }
  const container = await storage.container('offers');
  for await (const { name } of container.listBlobsFlat()) await container.deleteBlob(name);
  return app;
}
