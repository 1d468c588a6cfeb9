import { inspect } from 'node:util';
import type { Allowance, RequestBudget, Timing } from '../../src/partner-center/http';

/** A time of its own: waiting costs nothing, and is written down. */
export interface TestTiming extends Timing {
  readonly waited: number[];
  advance(ms: number): void;
}

export function testTiming(start = '2026-11-20T08:00:00.000Z'): TestTiming {
  let elapsed = 0;
  const waited: number[] = [];
  return {
    waited,
    now: () => new Date(Date.parse(start) + elapsed),
    monotonic: () => elapsed,
    delay: async (ms, signal) => {
      signal?.throwIfAborted();
      waited.push(ms);
      elapsed += ms;
    },
    random: () => 0.5,
    advance: (ms) => {
      elapsed += ms;
    },
  };
}

/** Grants everything, and counts. */
export function countingAllowance(): Allowance & { readonly taken: () => number } {
  let taken = 0;
  return {
    taken: () => taken,
    take: async () => {
      taken += 1;
    },
  };
}

/** Remembers until when it was told to block. */
export function recordingBudget(): RequestBudget & { readonly blocks: Date[] } {
  const blocks: Date[] = [];
  return {
    blocks,
    mostTogether: 5,
    reserve: async () => ({ granted: true }),
    block: async (until) => {
      blocks.push(until);
    },
  };
}

/** Hands out `token-1`, `token-2`, …: a new one only when the last one was dropped. */
export function renewingCredential(secretPart = 'eyJhbGciOi') {
  let number = 1;
  const dropped: string[] = [];
  const current = () => `${secretPart}.token-${number}`;
  return {
    dropped,
    getToken: async () => ({ token: current(), expiresOnTimestamp: Date.now() + 3_600_000 }),
    dropToken: (token: string) => {
      dropped.push(token);
      if (token === current()) number += 1;
    },
  };
}

/** Everything that somebody could print of an error, its causes included. */
export function everythingOf(error: unknown): string {
  const own = [inspect(error, { depth: 12, showHidden: true, getters: true }), JSON.stringify(error), String(error)];
  if (!(error instanceof Error)) return own.join('\n');
  return [...own, error.message, error.stack ?? '', error.cause === undefined ? '' : everythingOf(error.cause)].join(
    '\n',
  );
}

/** What a promise was rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`expected a failure, got ${JSON.stringify(value)}`);
    },
    (error: unknown) => error,
  );
}
