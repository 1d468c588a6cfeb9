import {
  createStoreClient,
  productClient,
  writable,
  type ProductClient,
  type StoreClient,
  type StoreKind,
  type WritableSubmission,
} from '../../../src/partner-center/store';
import type { StoreProductRef } from '../../../src/partner-center/store/products';
import { UploadUrl } from '../../../src/partner-center/store/upload-url';
import type { Call } from '../../../src/partner-center/http';
import { setUp } from '../http/setup';
import { json, startScriptedServer, type ScriptedServer, type Step } from '../scripted-server';
import * as wire from './wire-samples';

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

const app = { kind: 'store-app', applicationId: wire.ids.app } as const;
const flight = { kind: 'store-flight', applicationId: wire.ids.app, flightId: wire.ids.flight } as const;
const addOn = { kind: 'store-add-on', addOnId: wire.ids.addOn } as const;

function store(...steps: Step[]): { client: StoreClient; call: Call } {
  const { transport, allowance } = setUp(server);
  server.play(...steps);
  return { client: createStoreClient(transport), call: { allowance } };
}

const id = wire.ids.submission;
const products: readonly (readonly [StoreProductRef, string, object, object])[] = [
  [app, `applications/${wire.ids.app}`, wire.appSubmission, { notesForCertification: 'x' }],
  [flight, `applications/${wire.ids.app}/flights/${wire.ids.flight}`, wire.flightSubmission, wire.flightContent],
  [addOn, `inappproducts/${wire.ids.addOn}`, wire.addOnSubmission, wire.addOnContent],
];
const kinds = products.map(([product, address, submission, document]) => ({
  kind: product.kind,
  product,
  address,
  submission,
  document,
}));

/** What code for all kinds is written like. */
async function writeBack<K extends StoreKind>(product: ProductClient<K>, call: Call): Promise<WritableSubmission<K>> {
  const { value } = await product.getSubmission(id, call);
  const { value: stored } = await product.updateSubmission(id, writable(product.kind, value), call);
  return writable(product.kind, stored);
}

describe('a product, whatever it is', () => {
  it.each(kinds)('has its own address for each call: $kind', async ({ product, address, submission, document }) => {
    const { client, call } = store(
      json(201, submission),
      json(200, submission),
      json(200, submission),
      json(200, submission),
      json(202, wire.commit),
      json(200, wire.status),
      json(204),
    );
    const remote = productClient(client, product) as ProductClient<StoreKind>; // one of them, whose documents these are

    const made = await remote.createSubmission(call);
    const read = await remote.getSubmission(id, call);
    const url = await remote.getUploadUrl(id, call);
    const stored = await remote.updateSubmission(id, document, call);
    const committed = await remote.commitSubmission(id, call);
    const state = await remote.getSubmissionStatus(id, call);
    const deleted = await remote.deleteSubmission(id, call);

    const sparse = product.kind === 'store-add-on' ? '' : '?isMinimalResponse=true';
    expect(server.arrived.map(({ method, url: at }) => `${method} ${at.replace('/v1.0/my/', '')}`)).toEqual([
      `POST ${address}/submissions${sparse}`,
      `GET ${address}/submissions/${id}`,
      `GET ${address}/submissions/${id}`,
      `PUT ${address}/submissions/${id}`,
      `POST ${address}/submissions/${id}/commit`,
      `GET ${address}/submissions/${id}/status`,
      `DELETE ${address}/submissions/${id}`,
    ]);
    expect(JSON.parse(server.arrived[3]!.body.toString())).toEqual(document);
    expect([remote.kind, made.value.id, made.value.hasUploadUrl]).toEqual([product.kind, id, true]);
    expect(read.value).toEqual(stored.value);
    expect(read.value).toMatchObject({ id, status: 'PendingCommit', hasUploadUrl: true });
    expect(url.value).toBeInstanceOf(UploadUrl);
    expect(url.value?.open()).toBe(wire.uploadAddress.replace('+', '%2B'));
    expect([committed.status, committed.value, state.value]).toEqual([202, wire.commit, wire.status]);
    expect([deleted.status, deleted.value]).toEqual([204, undefined]);
  });

  it.each(kinds)('may have a draft without an upload address: $kind', async ({ product, submission }) => {
    for (const fileUploadUrl of [undefined, null, '']) {
      const { client, call } = store(json(200, { ...submission, fileUploadUrl }));

      const { value, status } = await productClient(client, product).getUploadUrl(id, call);

      expect([status, value]).toEqual([200, undefined]);
    }
  });

  it.each(kinds.filter(({ kind }) => kind !== 'store-add-on'))(
    'has its rollout: $kind',
    async ({ product, address }) => {
      const { client, call } = store(json(200, wire.rollout));
      const { rollout } = productClient(client, product);

      const read = await rollout?.getPackageRollout(id, call);
      await rollout?.updatePackageRolloutPercentage(id, 12.5, call);
      await rollout?.haltPackageRollout(id, call);
      await rollout?.finalizePackageRollout(id, call);

      expect(read?.value).toEqual(wire.rollout);
      expect(server.arrived.map(({ method, url }) => `${method} ${url.replace('/v1.0/my/', '')}`)).toEqual([
        `GET ${address}/submissions/${id}/packagerollout`,
        `POST ${address}/submissions/${id}/updatepackagerolloutpercentage?percentage=12.5`,
        `POST ${address}/submissions/${id}/haltpackagerollout`,
        `POST ${address}/submissions/${id}/finalizepackagerollout`,
      ]);
    },
  );

  it('has no rollout if it is an add-on', () => {
    expect(productClient(store().client, addOn).rollout).toBeUndefined();
  });

  it.each(kinds.map(({ product, submission }) => [product.kind, product, submission] as const))(
    'is changed by code that knows no kinds: %s',
    async (_, product, submission) => {
      const { client, call } = store(json(200, submission));

      const stored: object = await writeBack(productClient(client, product), call);

      expect(JSON.parse(server.arrived[1]!.body.toString())).toEqual(stored);
      expect(stored).not.toHaveProperty('id');
    },
  );
});

describe('the submissions of a product', () => {
  const app1 = { lastPublishedApplicationSubmission: { id: '1' }, pendingApplicationSubmission: { id: '2' } };
  const flight1 = { lastPublishedFlightSubmission: { id: '1' }, pendingFlightSubmission: { id: '2' } };
  const addOn1 = { lastPublishedInAppProductSubmission: { id: '1' }, pendingInAppProductSubmission: { id: '2' } };
  const nothing = (of: object) => Object.fromEntries(Object.keys(of).map((name) => [name, null]));
  const both = { publishedId: '1', pendingId: '2' };
  const none = { publishedId: null, pendingId: null };
  const cases: readonly (readonly [string, StoreProductRef, object, typeof both | typeof none])[] = [
    ['both, of an app', app, { id: '9N', ...app1 }, both],
    ['none, of an app', app, { id: '9N' }, none],
    ['null, of an app', app, { id: '9N', ...nothing(app1) }, none],
    ['both, of a flight', flight, { flightId: 'f', ...flight1 }, both],
    ['none, of a flight', flight, { flightId: 'f' }, none],
    ['null, of a flight', flight, { flightId: 'f', ...nothing(flight1) }, none],
    ['both, of an add-on', addOn, { id: '9A', ...addOn1 }, both],
    ['none, of an add-on', addOn, { id: '9A' }, none],
    ['null, of an add-on', addOn, { id: '9A', ...nothing(addOn1) }, none],
  ];

  it.each(cases)('%s', async (_, product, raw, submissions) => {
    const { client, call } = store(json(200, raw, { 'MS-CorrelationId': 'c-1' }));

    const answer = await productClient(client, product).getProduct(call);

    const present = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== null));
    expect(answer).toMatchObject({ status: 200, correlationId: 'c-1' });
    expect(answer.value).toEqual({ ...submissions, raw: present });
  });
});

/** For the compiler alone, which must refuse each of these calls: a directive that is not needed is an error itself. */
async function _refusedByTheCompiler(client: StoreClient, call: Call, ofApp: WritableSubmission) {
  const ofFlight = productClient(client, flight);
  const ofAnything = productClient(client, flight as StoreProductRef);
  // @ts-expect-error an app's document is not a flight's
  await ofFlight.updateSubmission(id, ofApp, call);
  // @ts-expect-error a flight has no listings
  await ofFlight.updateSubmission(id, { listings: {} }, call);
  // @ts-expect-error nobody knows whose document is wanted
  await ofAnything.updateSubmission(id, ofApp, call);
  // @ts-expect-error an app's document is not an add-on's
  await client.updateAddOnSubmission('9A', id, ofApp, call);
  // @ts-expect-error an app's submission is not a flight's
  writable('store-flight', (await client.getAppSubmission('9N', id, call)).value);
  // @ts-expect-error an add-on's submission is not an app's
  writable('store-app', (await client.getAddOnSubmission('9A', id, call)).value);
  // @ts-expect-error a flight's submission is not an add-on's
  writable('store-add-on', (await client.getFlightSubmission(flight, id, call)).value);
  // @ts-expect-error an add-on has no rollout
  const _rollout: object = productClient(client, addOn).rollout;
  // @ts-expect-error two types can be made, and no others
  await client.createAddOn({ applicationId: '9N', productId: 'x', productType: 'Subscription' }, call);
  // @ts-expect-error an add-on is not a flight
  await client.getFlight(addOn, call);
}
