import { hasEnded } from '../../domain/release';
import { ring } from '../durable-run';
import type { DurableClient, Log } from '../http-route';
import type { Claims, Releases } from '../services';

export interface ClaimPorts {
  readonly claims: Claims;
  readonly releases: Pick<Releases, 'read'>;
  readonly durable: DurableClient;
  readonly log: Log;
}

/**
 * Takes claims away from releases that have ended or are gone, and wakes who is next. A claim that was given or taken
 * since it was looked at stays as it is.
 *
 * @returns how many were freed
 */
export async function freeOrphanClaims({ claims, releases, durable, log }: ClaimPorts): Promise<number> {
  let freed = 0;
  for await (const claim of claims.held()) {
    const holder = claim.holder === null ? undefined : await releases.read(claim.holder);
    if (holder !== undefined && !hasEnded(holder.record.view.state)) continue;
    const result = await claims.removeOrphan(claim.product, claim.epoch);
    if (result === 'changed') continue;
    freed += 1;
    log('A claim had no living holder and was freed', { product: claim.product, holder: claim.holder });
    const next = result.next === undefined ? undefined : await releases.read(result.next);
    await ring(durable, next?.record.bell ?? null, log);
  }
  return freed;
}
