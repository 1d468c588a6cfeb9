import type { WaitClock } from '../activities/last-in-line';

/** Answers of this process that are good for a minute. */
export interface KeptAnswers {
  /** The answer under a key; whoever asks meanwhile waits for the same one. An error is not kept. */
  get<T>(key: string, ask: () => Promise<T>): Promise<T>;
  /** Forgets them all: something was changed. */
  clear(): void;
}

const goodForMs = 60_000;
const most = 100;

interface Kept {
  readonly at: number;
  readonly answer: Promise<unknown>;
}

export function keptAnswers(clock: Pick<WaitClock, 'monotonic'>): KeptAnswers {
  const kept = new Map<string, Kept>();
  return {
    get: <T>(key: string, ask: () => Promise<T>): Promise<T> => {
      const known = kept.get(key);
      // Under one key there is one kind of answer.
      if (known !== undefined && clock.monotonic() - known.at < goodForMs) return known.answer as Promise<T>;
      const answer = ask();
      const mine: Kept = { at: clock.monotonic(), answer };
      // The oldest is the first: a key that is asked anew is put at the end.
      kept.delete(key);
      kept.set(key, mine);
      for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - most))) kept.delete(oldest);
      answer.catch(() => {
        if (kept.get(key) === mine) kept.delete(key);
      });
      return answer;
    },
    clear: () => kept.clear(),
  };
}
