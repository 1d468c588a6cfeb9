/** How a word is spelled that differs in case alone, among those that are allowed in its place. */
export function spelled(word: string, allowed: readonly unknown[]): string | undefined {
  const found = allowed.find((one) => typeof one === 'string' && one.toLowerCase() === word.toLowerCase());
  return typeof found === 'string' && found !== word ? found : undefined;
}
