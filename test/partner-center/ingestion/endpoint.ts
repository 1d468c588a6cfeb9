import type { Call } from '../../../src/partner-center/http';
import type { IngestionClient } from '../../../src/partner-center/ingestion';

/** One operation of the API's endpoint table, and the call of our client that stands for it. */
export interface Endpoint {
  readonly row: string;
  readonly verb: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/v1.0/ingestion/`, with its query, as it goes over the wire. */
  readonly path: string;
  /** What is sent; nothing unless told. */
  readonly body?: unknown;
  readonly answer: { readonly status: number; readonly body?: unknown };
  /** What the method gives back, as far as it is told. */
  readonly value?: object;
  readonly method: keyof IngestionClient;
  readonly act: (client: IngestionClient, call: Call) => Promise<unknown>;
}

type Act = Endpoint['act'];
type Method = Endpoint['method'];

/** What is left of a sample when nothing may show what an address is. */
const shown = (sample: object): object =>
  Object.fromEntries(
    Object.entries(sample).filter(
      ([name, value]) => !/SasUri|fileUri/.test(name) && !/SasUri/.test(JSON.stringify(value)),
    ),
  );
export const get = (id: string, path: string, sample: object, [method, act]: [Method, Act]): Endpoint => ({
  row: id,
  verb: 'GET',
  path,
  answer: { status: 200, body: sample },
  value: { value: shown(sample) },
  method,
  act,
});
export const list = (id: string, path: string, sample: object, [method, act]: [Method, Act]): Endpoint => ({
  row: id,
  verb: 'GET',
  path,
  answer: { status: 200, body: { value: [sample] } },
  value: [shown(sample)],
  method,
  act,
});
export const post = (
  id: string,
  path: string,
  [status, body, sample]: [number, unknown, object],
  call: [Method, Act],
): Endpoint => ({
  ...get(id, path, sample, call),
  verb: 'POST',
  body,
  answer: { status, body: sample },
});
export const put = (id: string, path: string, [body, sample]: [unknown, object], call: [Method, Act]): Endpoint => ({
  ...get(id, path, sample, call),
  verb: 'PUT',
  body,
});
export const remove = (id: string, path: string, [method, act]: [Method, Act]): Endpoint => ({
  row: id,
  verb: 'DELETE',
  path,
  answer: { status: 204 },
  method,
  act,
});
