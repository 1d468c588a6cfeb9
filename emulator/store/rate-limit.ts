import { Refusal } from '../core/answer';
import type { Clock } from '../core/clock';
import type { World } from '../core/world';
import { storeError } from './errors';

const MINUTE = 60_000;

/**
 * Requests per rolling minute and tenant (*observed*: 20; off by default). The body of the 429 is *assumed*, it was
 * never captured; refused requests do not count (*assumed*). Each API counts its own (*assumed*: the limit was observed
 * at the Store's alone, and the others live on other hosts).
 */
export class RateLimit {
  private readonly times = new Map<string, number[]>();

  constructor(
    private readonly world: World,
    private readonly clock: Clock,
  ) {}

  /** Counts a request, or refuses it; `Retry-After` can be switched off (`retryAfter`). */
  count(api: 'store' | 'ingestion', tenant: string): void {
    const { rateLimit: limit, retryAfter } = this.world.settings.switches;
    if (limit === null) return;
    const now = this.clock.now();
    const counter = `${api} ${tenant}`;
    const recent = (this.times.get(counter) ?? []).filter((time) => time > now - MINUTE);
    this.times.set(counter, recent);
    const oldest = recent.at(-limit);
    if (oldest === undefined) {
      recent.push(now);
      return;
    }
    const wait = Math.max(1, Math.ceil((oldest + MINUTE - now) / 1000));
    const answer = storeError(429, 'TooManyRequests', 'Too many requests. Please try again later.');
    throw new Refusal({ ...answer, headers: retryAfter ? { 'retry-after': String(wait) } : {} });
  }

  /** Forgets all requests. */
  clear(): void {
    this.times.clear();
  }
}
