import type { Services } from '../core/services';
import { settlePackages } from './files/processing';
import { settleSubmissions } from './submissions/phases';

/** Brings every product up to the emulator's time. What cannot be read now is tried again with the next request. */
export async function settleProducts(services: Services): Promise<void> {
  for (const product of services.world.products.values()) {
    settleSubmissions(services, product);
    try {
      await settlePackages(services, product);
    } catch (error) {
      process.stderr.write(`Packages of the product ${product.id} cannot go on: ${String(error)}\n`);
    }
  }
}
