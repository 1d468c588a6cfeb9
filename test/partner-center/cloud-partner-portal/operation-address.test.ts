import { json, startScriptedServer, type ScriptedServer } from '../scripted-server';
import { cloudPartner, offer } from './setup';
import { detail, guid, locations } from './wire-samples';

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

const alias = { form: 'alias', alias: 'contoso$contoso-linux$2$preview' };
const operation = { form: 'operation', ...offer, operationId: guid };
const own = (path: string) => new URL(path, server.url).href;

/** What a publish says of its operation, when the service answers with these headers. */
async function publishedAt(headers: Record<string, string>) {
  const { client, call } = cloudPartner(server);
  server.play(json(202, undefined, headers), json(200, detail));
  const { value } = await client.publishOffer(offer, ['a@contoso.com'], call);
  return value.operation;
}

describe('the address of an operation', () => {
  it.each<[string, () => Record<string, string>, object]>([
    ['of an offer that is not migrated', () => ({ Location: locations.alias }), alias],
    ['of a migrated offer', () => ({ Location: locations.operation }), operation],
    ['under its older name', () => ({ 'Operation-Location': locations.alias }), alias],
    ['under both names', () => ({ Location: locations.operation, 'Operation-Location': locations.alias }), operation],
    ['with this host', () => ({ Location: own(locations.operation) }), operation],
    ['without a leading slash', () => ({ Location: locations.alias.slice(1) }), alias],
    ['below the base alone', () => ({ Location: `operations/${alias.alias}` }), alias],
    ['with escapes', () => ({ Location: locations.alias.replaceAll('$', '%24') }), alias],
    [
      'in capitals, and with a slash at its end',
      () => ({ Location: `/API/Publishers/contoso/Offers/contoso-linux/Operations/${guid}/` }),
      operation,
    ],
    ['as nothing but an id', () => ({ Location: `/api/operations/${guid}` }), { form: 'alias', alias: guid }],
  ])('is read: %s', async (_, headers, address) => {
    expect(await publishedAt(headers())).toEqual(address);
  });

  it.each<[string, () => Record<string, string>]>([
    ['there is none', () => ({})],
    ['it is on another host', () => ({ Location: `https://evil.example${locations.operation}` })],
    [
      'it is on another host by its user name',
      () => ({ Location: `https://localhost@evil.example${locations.alias}` }),
    ],
    ['it leads out of the API', () => ({ Location: `/api/../v2/operations/${guid}` })],
    ['it is of another offer', () => ({ Location: locations.operation.replace('contoso-linux', 'contoso-bsd') })],
    ['it is of another publisher', () => ({ Location: locations.alias.replace('contoso$', 'fabrikam$') })],
    ['it is no operation', () => ({ Location: '/api/publishers/contoso/offers/contoso-linux' })],
    ['its escapes are broken', () => ({ Location: '/api/operations/%E0%A4%A' })],
    ['it is no address', () => ({ Location: 'https://' })],
  ])('is not there, and the publication is started all the same, where %s', async (_, headers) => {
    expect(await publishedAt(headers())).toBeUndefined();
    expect(server.arrived).toHaveLength(1);
  });

  it.each(['alias', 'operation'] as const)('leads to the operation, on the host of the API: %s', async (form) => {
    const { client, call } = cloudPartner(server);
    const address = await publishedAt({ Location: locations[form] });

    const { value } = await client.getOperation(JSON.parse(JSON.stringify(address)), call);

    expect(value).toMatchObject({ status: 'running', cancellationRequestState: 'canCancel' });
    expect(server.arrived.map(({ url }) => url).at(-1)).toBe(locations[form]);
  });

  it('can never become another path', async () => {
    const { client, call } = cloudPartner(server);
    server.play(json(200, detail));

    await client.getOperation({ form: 'alias', alias: '../publishers/x?y' }, call);

    expect(server.arrived[0]?.url).toBe('/api/operations/..%2Fpublishers%2Fx%3Fy?api-version=2017-10-31');
  });
});
