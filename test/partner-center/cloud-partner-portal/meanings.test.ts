import { cloudPartnerFailure, type CloudPartnerClient } from '../../../src/partner-center/cloud-partner-portal';
import type { Call } from '../../../src/partner-center/http';
import { everythingOf, failureOf } from '../fakes';
import { json, startScriptedServer, text, type ScriptedServer, type Step } from '../scripted-server';
import { cloudPartner, offer } from './setup';
import { definition, guid } from './wire-samples';

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

type Act = (client: CloudPartnerClient, call: Call) => Promise<unknown>;

async function failureAt(answer: Step, act: Act) {
  const { client, call } = cloudPartner(server);
  server.play(answer);
  return cloudPartnerFailure(await failureOf(act(client, call)));
}

const get: Act = (client, call) => client.getOffer(offer, call);
const publish: Act = (client, call) => client.publishOffer(offer, ['a@contoso.com'], call);
const put: Act = (client, call) =>
  client.putOffer(offer, { offerTypeId: 'x', definition }, { kind: 'unchanged', etag: 'W/"1"' }, call);
const slot: Act = (client, call) => client.getOfferSlot(offer, 'Preview', call);
const version: Act = (client, call) => client.getOfferVersion(offer, '7', call);
const list: Act = (client, call) => client.listOffers('contoso', call);
const operation: Act = (client, call) => client.getOperation({ form: 'alias', alias: guid }, call);
const operations: Act = (client, call) => client.listOperations(offer, call);
const goLive: Act = (client, call) => client.goLive(offer, [], call);
const cancel: Act = (client, call) => client.cancelOperation(offer, [], call);
const publishers: Act = (client, call) => client.listPublishers(call);

const error = (code: string, message = 'Words.') => ({ error: { code, message } });
const thrown = (status: number, words = '') =>
  `Microsoft.Ingestion.Api.Common.Exceptions.Http${status}Exception${words}`;

describe('a refusal means', () => {
  it.each<[string, Step, Act]>([
    ['offer-not-found', json(404, error('NotFound')), get],
    ['offer-not-found', json(404), publish],
    ['offer-not-found', json(404), operations],
    ['version-not-found', json(404), version],
    ['slot-empty', json(404), slot],
    ['publisher-not-found', json(404), list],
    ['publisher-not-found', json(404), put],
    ['operation-not-found', json(404), operation],
    ['not-found', json(404), publishers],
    ['invalid-offer', json(400, error('BadRequest', "The argument: 'OfferTypeId' cannot be null or empty.")), put],
    ['invalid-offer', json(422), publish],
    ['operation-refused', json(400, error('BadRequest')), publish],
    ['operation-refused', json(400), goLive],
    ['operation-refused', json(400), cancel],
    ['operation-refused', json(409, error('Conflict')), put],
    ['operation-refused', json(409), publish],
    ['offer-exists', json(409, error('InvalidResourceId')), put],
    ['offer-changed', json(412), put],
    ['invalid-id', json(400), get],
    ['refused', json(400, error('InvalidAPIVersion')), get],
    ['refused', json(405), get],
    ['refused', json(409), get],
    ['unauthorized', json(401, undefined, { 'WWW-Authenticate': 'Bearer' }), get],
    ['forbidden', json(403), get],
    ['refused', json(501), publish],
  ])('%s', async (meaning, answer, act) => {
    expect(await failureAt(answer, act)).toMatchObject({ meaning, unclear: false, retryable: false });
  });
});

describe('an error body is read', () => {
  it.each<[string, Step, { code?: string; messages: readonly string[] }]>([
    ['an object', json(400, error('BadRequest', 'No.')), { code: 'BadRequest', messages: ['No.'] }],
    [
      'an object with details',
      json(400, { error: { code: 'BadRequest', message: 'No.', details: [{ message: 'Why.' }, 'And why.', 3] } }),
      { code: 'BadRequest', messages: ['No.', 'Why.', 'And why.'] },
    ],
    ['a bare object', json(400, { code: 'X', message: 'No.' }), { code: 'X', messages: ['No.'] }],
    ['of the gateway', json(400, { statusCode: 400, message: 'No.' }), { code: '400', messages: ['No.'] }],
    ['an old object', json(400, { Message: 'No.' }), { messages: ['No.'] }],
    ['a JSON string', json(400, 'Not like this.'), { messages: ['Not like this.'] }],
    [
      'an exception',
      json(422, thrown(422, ': No category.\r\n   at Microsoft.Ingestion.Api.Publish()\r\n   at X')),
      { code: 'Http422Exception', messages: ['No category.'] },
    ],
    ['an exception without words', json(404, thrown(404)), { code: 'Http404Exception', messages: [] }],
    [
      'an exception that is no JSON',
      text(404, thrown(404, ': <gone>')),
      { code: 'Http404Exception', messages: ['<gone>'] },
    ],
    [
      'an exception in an object',
      json(422, { error: { message: thrown(422, ': No image.') } }),
      { code: 'Http422Exception', messages: ['No image.'] },
    ],
    [
      'a numbered error',
      json(400, 'ICH50400 - The plan is incomplete. {"plan":"base"}'),
      { code: 'ICH50400', messages: ['The plan is incomplete. {"plan":"base"}'] },
    ],
    ['a page', text(400, '<html><title>Bad Request</title><p>x</p></html>'), { messages: ['Bad Request'] }],
    ['text', text(400, 'plain words'), { messages: ['plain words'] }],
    ['nothing', text(400, ''), { messages: [] }],
    ['null', json(400, null), { messages: [] }],
    ['a list', json(400, [1]), { messages: [] }],
  ])('%s', async (_, answer, { code, messages }) => {
    const failure = await failureAt(answer, publish);

    expect(failure?.code).toBe(code);
    expect(failure?.messages).toEqual(messages);
  });

  it('by the status that it names, when what stands before the service answers another', async () => {
    const answer = json(500, thrown(422, ': No category.'));

    expect(await failureAt(answer, publish)).toMatchObject({ meaning: 'invalid-offer', unclear: true, status: 500 });
  });

  it('without its secrets', async () => {
    const { client, call } = cloudPartner(server);
    const url = 'https://contososa.blob.core.windows.net/vhds/l9.vhd?sv=2026&sig=SECRETsig';
    const table = 'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=SECRETkey==';
    server.play(
      json(400, { error: { code: 'X', message: `${url} ${table}`, details: [url], clientSecret: 'SECRETx' } }),
    );

    const failure = await failureOf(publish(client, call));

    expect(everythingOf(failure)).not.toContain('SECRET');
    expect(JSON.stringify(cloudPartnerFailure(failure))).not.toContain('SECRET');
  });
});

describe('what is no failure of a call', () => {
  it('has no meaning here', () => {
    expect(cloudPartnerFailure(new TypeError('a bug'))).toBeUndefined();
  });
});
