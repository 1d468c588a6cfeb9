import { HttpStatusError, MalformedResponseError } from '../../../src/partner-center/http';
import {
  ingestionFailure,
  latestSubmission,
  ProductType,
  SubmissionState,
} from '../../../src/partner-center/ingestion';
import { failureOf } from '../fakes';
import { cut, json, startScriptedServer, type ScriptedServer } from '../scripted-server';
import { all } from '../store/rows';
import { ingestionOn } from './setup';
import * as wire from './wire-samples';

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

const product = (id: string) => ({ ...wire.product, id });
const token = 'eyJ0b2tlbiI6Iitx+w/==';
const link = (page: number) =>
  `v1.0/ingestion/products?$filter=ResourceType%20eq%20'AzureContainer'&$skipToken=${token}${page}`;
const pages = [
  json(200, { nextLink: link(1), value: [product('a'), product('b'), product('c')] }),
  json(200, { nextLink: link(2), value: [] }),
  json(200, { nextLink: link(3), value: [product('d')] }),
];
const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id).join('');

describe('a list', () => {
  it('is read page by page, by links that are relative to the host, empty pages included', async () => {
    const { client, call, allowance } = ingestionOn(server);
    server.play(...pages, json(200, { value: [product('e')] }));

    const rows = await all(client.listProducts(call, { resourceTypes: [ProductType.container] }));

    expect(idsOf(rows)).toBe('abcde');
    expect(server.arrived.map(({ url }) => url)).toEqual([
      '/v1.0/ingestion/products?$filter=ResourceType%20eq%20%27AzureContainer%27',
      ...[1, 2, 3].map((page) => `/${link(page).replaceAll("'", '%27')}`),
    ]);
    expect(allowance.taken()).toBe(4);
  });

  it('sends its headers with every page', async () => {
    const { client, call } = ingestionOn(server, { headers: { 'X-Contoso': 'yes' } });
    server.play(...pages, json(404));

    await all(client.listProducts(call));

    expect(server.arrived.map(({ headers }) => headers['x-contoso'])).toEqual(['yes', 'yes', 'yes', 'yes']);
  });

  it('ends where the last link leads to nothing', async () => {
    const { client, call } = ingestionOn(server);
    server.play(...pages, json(404, 'Not found'));

    expect(idsOf(await all(client.listProducts(call)))).toBe('abcd');
  });

  it('that is not there at all is an error', async () => {
    const { client, call } = ingestionOn(server);
    server.play(json(404, 'Not found'));

    const error = await failureOf(all(client.listVariants(wire.ids.product, call)));

    expect(error).toBeInstanceOf(HttpStatusError);
    expect(ingestionFailure(error)).toMatchObject({ meaning: 'not-found', unclear: false });
  });

  it.each([400, 403, 500])('does not end where a page fails: %d', async (status) => {
    const { client, call } = ingestionOn(server);
    server.play(...pages, json(status));

    const error = await failureOf(all(client.listProducts(call)));

    expect(error).toMatchObject({ status });
  });

  it('goes on where a page had to be asked for twice', async () => {
    const { client, call } = ingestionOn(server);
    server.play(pages[0]!, cut, pages[1]!, json(503), pages[2]!, json(200, { value: [] }));

    expect(idsOf(await all(client.listProducts(call)))).toBe('abcd');
  });

  it('asks for a page when its rows are wanted, and not before', async () => {
    const { client, call } = ingestionOn(server);
    server.play(...pages, json(404));

    for await (const { id } of client.listProducts(call)) if (id === 'c') break;

    expect(server.arrived).toHaveLength(1);
  });

  it.each([
    ['to the same page', link(1)],
    ['out of the API', '/v2.0/other/products'],
    ['up and out of the API', 'v1.0/ingestion/../../admin'],
    ['to another host', 'https://other.example/v1.0/ingestion/products'],
    ['to another host without a scheme', '//other.example/v1.0/ingestion/products'],
  ])('follows no link %s', async (_, nextLink) => {
    const { client, call } = ingestionOn(server);
    server.play(pages[0]!, json(200, { nextLink, value: [] }), json(404));

    const error = await failureOf(all(client.listProducts(call)));

    expect(error).toBeInstanceOf(MalformedResponseError);
    expect(server.arrived).toHaveLength(2);
  });

  it.each<[string, (host: string) => object]>([
    ['the name of the OpenAPI document', () => ({ '@odata.nextLink': link(1) })],
    ['an address in full', (host) => ({ nextLink: new URL(`/${link(1)}`, host).href })],
    ['a slash in front', () => ({ nextLink: `/${link(1)}` })],
  ])('takes a link with %s', async (_, linkOn) => {
    const { client, call } = ingestionOn(server);
    server.play(json(200, { ...linkOn(server.url), value: [product('a')] }), json(200, { value: [product('b')] }));

    expect(idsOf(await all(client.listProducts(call)))).toBe('ab');
  });
});

describe('a filter', () => {
  const offer = { type: 'AzureOfferId', value: "o'neil & sons" };
  const named = "ExternalIDs/Any(i:i/Type eq 'AzureOfferId' and i/Value eq 'o''neil & sons')";
  const { container, azureApplication } = ProductType;
  const kinds = "ResourceType eq 'AzureContainer' or ResourceType eq 'AzureApplication'";

  it.each([
    ['by kind', { resourceTypes: [container] }, "ResourceType eq 'AzureContainer'"],
    ['by kinds', { resourceTypes: [container, azureApplication] }, kinds],
    ['by offer id, its quotes doubled', { externalId: offer }, named],
    ['by no kind', { resourceTypes: [] }, null],
    ['by nothing', {}, null],
  ])('%s', async (_, filter, expected) => {
    const { client, call } = ingestionOn(server);
    server.play(json(200, { value: [] }));

    await all(client.listProducts(call, filter));

    expect(new URL(server.arrived[0]!.url, server.url).searchParams.get('$filter')).toBe(expected);
  });
});

describe('the submission that counts', () => {
  const submission = (releaseNumber: number) => ({
    ...wire.submission,
    id: `115292150570000088${releaseNumber}`,
    releaseNumber,
  });

  it('is the last one, on whichever page', async () => {
    const { client, call } = ingestionOn(server);
    const nextLink = `v1.0/ingestion/products/${wire.ids.product}/submissions?$skipToken=t`;
    server.play(
      json(200, { nextLink, value: [submission(9), submission(1)] }),
      json(200, { value: [{ ...submission(2), state: SubmissionState.published, substate: 'InStore' }] }),
    );

    const latest = await latestSubmission(client, wire.ids.product, call);

    expect(latest).toMatchObject({ id: '1152921505700000882', substate: 'InStore' });
  });

  it('is none where none was ever made', async () => {
    const { client, call } = ingestionOn(server);
    server.play(json(200, { value: [] }));

    expect(await latestSubmission(client, wire.ids.product, call)).toBeUndefined();
  });
});

describe('branches', () => {
  it('are what is there, be it nothing yet', async () => {
    const { client, call } = ingestionOn(server);
    const variant = { ...wire.branch, variantID: wire.ids.row };
    server.play(json(200, { value: [] }), json(200, { value: [variant, wire.branch] }));

    const early = await all(client.listBranches(wire.ids.product, 'ResellerConfiguration', call));
    const late = await all(client.listBranches(wire.ids.product, 'ResellerConfiguration', call));

    expect(early).toEqual([]);
    expect(late.map(({ variantID }) => variantID)).toEqual([wire.ids.row, undefined]);
    expect(server.arrived[1]!.url).toMatch(/\/branches\/getByModule\(module=ResellerConfiguration\)$/);
  });

  it.each(['a/b', 'a)b', '..', 'a?b#c', 'ä'])('and instances are addressed by any id: %s', async (instanceId) => {
    const { client, call } = ingestionOn(server);
    server.play(json(200, { value: [] }));

    await all(client.listListingsOfInstance({ productId: wire.ids.product, instanceId }, call));

    const path = new URL(server.arrived[0]!.url, server.url).pathname;
    expect(path).toMatch(/^\/v1\.0\/ingestion\/products\/[^/]+\/listings\/getByInstanceID\(instanceID=[^/()]+\)$/);
    expect(decodeURIComponent(path)).toContain(`(instanceID=${instanceId})`);
  });
});
