/** The product that is named: a flight is one of an application, which may be named with it. */
export function namedProduct(names: {
  readonly application?: string | undefined;
  readonly flight?: string | undefined;
  readonly addOn?: string | undefined;
}): string | undefined {
  return names.flight ?? names.addOn ?? names.application;
}
