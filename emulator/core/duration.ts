const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds of a duration such as `200ms`, `5s`, `3d`; a bare number means milliseconds. */
export function parseDuration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)?$/.exec(text.trim());
  if (!match?.[1]) throw new Error(`"${text}" is not a duration such as 200ms, 5s, 10m, 2h or 3d`);
  // The expression admits these units only.
  const unit = (match[2] ?? 'ms') as keyof typeof UNITS;
  return Number(match[1]) * UNITS[unit];
}
