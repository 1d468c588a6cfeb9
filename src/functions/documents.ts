import type { JsonSchema } from '../contracts/json-schema';
import type { operations } from '../contracts/operations';
import type { Handler } from './http-route';
import { Problem } from './problem';

/** Documents that never change while the app runs are made once, when they are first asked for. */
function once(make: () => JsonSchema): () => string {
  let text: string | undefined;
  return () => (text ??= JSON.stringify(make()));
}

const headers = { 'content-type': 'application/json', 'cache-control': 'public, max-age=300' };

/** `GET /openapi.json` */
export function getOpenApi(openApi: () => JsonSchema): Handler<typeof operations.getOpenApi> {
  const text = once(openApi);
  return { handle: () => ({ headers, body: text() }) };
}

/** `GET /schemas/{name}` */
export function getSchema(releaseSchema: () => JsonSchema): Handler<typeof operations.getSchema> {
  const text = once(releaseSchema);
  return {
    handle: ({ request }) => {
      if (request.params['name'] !== 'release.json') throw new Problem('schema-not-found');
      return { headers: { ...headers, 'content-type': 'application/schema+json' }, body: text() };
    },
  };
}
