import { json, Refusal } from '../core/answer';
import type { Clock } from '../core/clock';
import type { World } from '../core/world';

const MINUTE = 60_000;

/**
 * Requests per rolling minute and tenant (*observed*: 20; off by default). *Observed*: the body of the 429, which the
 * gateway writes and not the API; refused requests do not count (*assumed*). Each API counts its own (*assumed*: the limit was observed
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
    const answer = json(429, gatewayThrottled(wait));
    throw new Refusal({ ...answer, headers: retryAfter ? { 'retry-after': String(wait) } : {} });
  }

  /** Forgets all requests. */
  clear(): void {
    this.times.clear();
  }
}

/** *Observed* (Microsoft Store submission API, behind its gateway). */
export function gatewayThrottled(seconds: number): unknown {
  return { statusCode: 429, message: `Rate limit is exceeded. Try again in ${seconds} seconds.` };
}
