import type { CloudPartnerClient } from '../../../src/partner-center/cloud-partner-portal';
import type { Call } from '../../../src/partner-center/http';
import { json, text, type Step } from '../scripted-server';
import { offer } from './setup';
import * as wire from './wire-samples';

/** One row of the API's endpoint table, in one of its forms, and the call of our client that stands for it. */
export interface Endpoint {
  readonly row: string;
  readonly verb: 'GET' | 'PUT' | 'POST';
  /** Below `/api/`, with its query. */
  readonly path: string;
  readonly ifMatch?: string;
  /** What is sent; nothing unless told. */
  readonly body?: unknown;
  readonly answer: Step;
  /** What the method gives back, as far as it is told. */
  readonly value: unknown;
  /** Whether sending it twice is the same as sending it once. */
  readonly repeatable: boolean;
  readonly method: keyof CloudPartnerClient;
  readonly act: (client: CloudPartnerClient, call: Call) => Promise<{ readonly value: unknown }>;
}

const O = 'publishers/contoso/offers/contoso-linux';
const version = 'api-version=2017-10-31';
const emails = ['a@contoso.com', 'b@contoso.com'] as const;
const metadata = { metadata: { 'notification-emails': 'a@contoso.com,b@contoso.com' } };
const address = { form: 'operation', ...offer, operationId: wire.guid } as const;
const alias = { form: 'alias', alias: 'contoso$contoso-linux$2$preview' } as const;
const accepted = (location: string) => json(202, undefined, { Location: location });

const { offerTypeId } = wire.summary;
const document = { offerTypeId, definition: wire.definition };
const sent = { ...document, publisherId: 'contoso', id: 'contoso-linux' };
const whole = { ...wire.offer, version: '0' };

const read = { verb: 'GET', repeatable: true } as const;
const change = { verb: 'POST', repeatable: false } as const;
const put = {
  row: 'A8',
  verb: 'PUT',
  path: `${O}?${version}`,
  body: sent,
  answer: json(200, wire.offer, { ETag: wire.etag }),
  value: whole,
  method: 'putOffer',
} as const;

export const endpoints: readonly Endpoint[] = [
  {
    ...read,
    row: 'A1',
    path: `publishers?${version}`,
    answer: json(200, [wire.publisher]),
    value: [{ ...wire.publisher, version: '3' }],
    method: 'listPublishers',
    act: (client, call) => client.listPublishers(call),
  },
  {
    ...read,
    row: 'A2',
    path: `offerTypes?${version}`,
    answer: json(200, [{ whatever: null }, 'text']),
    value: [{ whatever: null }, 'text'],
    method: 'listOfferTypes',
    act: (client, call) => client.listOfferTypes(call),
  },
  {
    ...read,
    row: 'A3',
    path: `publishers/contoso/offers?${version}`,
    answer: json(200, [wire.summary]),
    value: [{ ...wire.summary, version: '0' }],
    method: 'listOffers',
    act: (client, call) => client.listOffers('contoso', call),
  },
  {
    ...read,
    row: 'A3 filtered',
    path: `publishers/contoso/offers?%24filter=offerTypeId+eq+%27o%27%27neil%27&${version}`,
    answer: json(200, []),
    value: [],
    method: 'listOffers',
    act: (client, call) => client.listOffers('contoso', call, { offerTypeId: "o'neil" }),
  },
  {
    ...read,
    row: 'A4',
    path: `${O}?${version}`,
    answer: json(200, wire.offer, { ETag: wire.etag }),
    value: whole,
    method: 'getOffer',
    act: (client, call) => client.getOffer(offer, call),
  },
  {
    ...read,
    row: 'A5',
    path: `${O}/versions/${wire.ticks}?${version}`,
    answer: json(200, wire.offer),
    value: whole,
    method: 'getOfferVersion',
    act: (client, call) => client.getOfferVersion(offer, wire.ticks, call),
  },
  {
    ...read,
    row: 'A6',
    path: `${O}/slot/Preview?${version}`,
    answer: json(200, wire.offer),
    value: whole,
    method: 'getOfferSlot',
    act: (client, call) => client.getOfferSlot(offer, 'Preview', call),
  },
  {
    ...read,
    row: 'A7',
    path: `${O}/status?${version}`,
    answer: json(200, wire.status),
    value: wire.status,
    method: 'getOfferStatus',
    act: (client, call) => client.getOfferStatus(offer, call),
  },
  {
    ...put,
    row: 'A8 unchanged',
    ifMatch: wire.etag,
    repeatable: true,
    act: (client, call) => client.putOffer(offer, document, { kind: 'unchanged', etag: wire.etag }, call),
  },
  {
    ...put,
    row: 'A8 overwrite',
    ifMatch: '*',
    repeatable: false,
    act: (client, call) => client.putOffer(offer, document, { kind: 'overwrite' }, call),
  },
  {
    ...put,
    row: 'A8 create',
    answer: json(201, wire.offer, { ETag: wire.etag }),
    repeatable: false,
    act: (client, call) => client.putOffer(offer, document, { kind: 'create' }, call),
  },
  {
    ...change,
    row: 'A9',
    path: `${O}/publish?${version}`,
    body: metadata,
    answer: accepted(wire.locations.operation),
    value: { operation: address },
    method: 'publishOffer',
    act: (client, call) => client.publishOffer(offer, emails, call),
  },
  {
    ...change,
    row: 'A10',
    path: `${O}/golive?${version}`,
    answer: accepted(wire.locations.alias),
    value: { operation: alias },
    method: 'goLive',
    act: (client, call) => client.goLive(offer, [], call),
  },
  {
    ...change,
    row: 'A10 with addresses',
    path: `${O}/golive?${version}`,
    body: metadata,
    answer: accepted(wire.locations.alias),
    value: { operation: alias },
    method: 'goLive',
    act: (client, call) => client.goLive(offer, emails, call),
  },
  {
    ...change,
    row: 'A11',
    path: `${O}/cancel?${version}`,
    answer: json(200),
    value: { operation: undefined, done: true },
    method: 'cancelOperation',
    act: (client, call) => client.cancelOperation(offer, [], call),
  },
  {
    ...change,
    row: 'A11 slow',
    path: `${O}/cancel?${version}`,
    body: metadata,
    answer: accepted(wire.locations.operation),
    value: { operation: address, done: false },
    method: 'cancelOperation',
    act: (client, call) => client.cancelOperation(offer, emails, call),
  },
  {
    ...read,
    row: 'A12',
    path: `${O}/submissions/?${version}`,
    answer: text(200, wire.operations),
    value: [expect.objectContaining({ id: wire.guid, submissionState: 'running', version: wire.ticks })],
    method: 'listOperations',
    act: (client, call) => client.listOperations(offer, call),
  },
  {
    ...read,
    row: 'A12 filtered',
    path: `${O}/submissions/?status=running&${version}`,
    answer: json(200, []),
    value: [],
    method: 'listOperations',
    act: (client, call) => client.listOperations(offer, call, { status: 'running' }),
  },
  {
    ...read,
    row: 'A13',
    path: `${O}/operations/${wire.guid}?${version}`,
    answer: json(200, wire.detail),
    value: { ...wire.detail, publishingVersion: '2', offerVersion: '1' },
    method: 'getOperation',
    act: (client, call) => client.getOperation(address, call),
  },
  {
    ...read,
    row: 'A14',
    path: `operations/contoso$contoso-linux$2$preview?${version}`,
    answer: json(200, [wire.detail]),
    value: { ...wire.detail, publishingVersion: '2', offerVersion: '1' },
    method: 'getOperation',
    act: (client, call) => client.getOperation(alias, call),
  },
];
