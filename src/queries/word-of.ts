/** The word of a service that a text is, however it is written. */
export function wordOf<W extends string>(words: Readonly<Record<string, W>>, text: string | undefined): W | undefined {
  return Object.values(words).find((word) => word.toLowerCase() === text?.toLowerCase());
}
