const signature = /[?&]sig=/i;

/** The signed addresses anywhere in a value, by what they are without their query: that is how contents have them. */
export function signedIn(value: unknown): ReadonlyMap<string, string> {
  return new Map(pairsIn(value));
}

function pairsIn(value: unknown): readonly (readonly [string, string])[] {
  if (typeof value === 'string') {
    const isSigned = /^https?:\/\//i.test(value) && signature.test(value);
    return isSigned ? [[value.split('?', 1)[0] ?? '', value]] : [];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(pairsIn) : [];
}
