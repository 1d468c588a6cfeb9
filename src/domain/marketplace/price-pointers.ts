/** Where changes set what a customer pays: JSON pointers into the release document. */
export function pricePointers(changes: object | undefined): readonly string[] {
  return Object.keys(changes ?? {});
}
