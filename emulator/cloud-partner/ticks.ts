/** The start of 1970 in ticks of .NET: units of 100 ns since the year 1. */
const EPOCH = 621_355_968_000_000_000n;
const PER_MILLISECOND = 10_000n;

/** Ticks of a time, later than all of `earlier`: what is made of them must change, also while the clock stands still. */
export function ticksAfter(now: number, ...earlier: readonly string[]): string {
  const ticks = EPOCH + BigInt(Math.floor(now)) * PER_MILLISECOND;
  return String(earlier.map(BigInt).reduce((latest, other) => (other >= latest ? other + 1n : latest), ticks));
}

/** A time of ticks as the service writes it. */
export function wireTime(ticks: string, digits: 3 | 7 = 7): string {
  const since = BigInt(ticks) - EPOCH;
  const seconds = new Date(Number(since / PER_MILLISECOND)).toISOString().slice(0, 19);
  return `${seconds}.${String(since % 10_000_000n)
    .padStart(7, '0')
    .slice(0, digits)}`;
}

/** The ETag of what was changed at that time. *Observed* form. */
export function etagOf(changed: string): string {
  return `W/"datetime'${encodeURIComponent(`${wireTime(changed)}Z`)}'"`;
}

/** Digits as a JSON number, whatever a double can hold. */
export function wireInteger(digits: string): unknown {
  return raw.rawJSON(digits);
}

/** In every Node that the emulator runs on, but not in the types of the language yet. */
const raw = JSON as unknown as { rawJSON(text: string): unknown };
