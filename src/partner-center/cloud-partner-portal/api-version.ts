type Query = Readonly<Record<string, string | undefined>>;

/** The query of a call: every one names the version of the API that it means. */
export function versioned(query: Query = {}): Query {
  return { ...query, 'api-version': '2017-10-31' };
}
