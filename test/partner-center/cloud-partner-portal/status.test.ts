import { isSignoff, signoffStep } from '../../../src/partner-center/cloud-partner-portal';
import { failureOf } from '../fakes';
import { json, startScriptedServer, type ScriptedServer } from '../scripted-server';
import { cloudPartner, offer } from './setup';
import { detail, guid, status } from './wire-samples';

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

const address = { form: 'operation', ...offer, operationId: guid } as const;

describe('the sign-off', () => {
  it.each([
    [{ id: 'publisher-signoff', stepName: 'Publisher signoff' }, true],
    [{ id: 'e2b7', stepName: 'publisher-signoff' }, true],
    [{ id: 'Publisher-Signoff' }, true],
    [{ stepName: 'Publisher signoff' }, true],
    [{ id: 'live', stepName: 'Live' }, false],
    [{}, false],
  ])('is told by id or by name: %j', (step, is) => {
    expect(isSignoff(step)).toBe(is);
  });

  it('is found in a status', async () => {
    const { client, call } = cloudPartner(server);
    server.play(json(200, status));

    const { value } = await client.getOfferStatus(offer, call);

    expect(signoffStep(value)).toMatchObject({ status: 'waitingForPublisherReview' });
    expect(signoffStep({ steps: [] })).toBeUndefined();
  });
});

describe('a status', () => {
  it('may say next to nothing, null, and words of tomorrow', async () => {
    const { client, call } = cloudPartner(server);
    server.play(
      json(200, { status: 'paused', messages: null, steps: [{ status: 'asleep', messages: null }], extra: 1 }),
    );

    const { value } = await client.getOfferStatus(offer, call);

    expect(value).toEqual({
      status: 'paused',
      messages: [],
      steps: [{ status: 'asleep', messages: [] }],
      previewLinks: [],
      liveLinks: [],
      extra: 1,
    });
  });
});

describe('an operation', () => {
  it.each([
    ['an object', detail],
    ['a list of one', [detail]],
  ])('is read as %s', async (_, body) => {
    const { client, call } = cloudPartner(server);
    server.play(json(200, body));

    const { value } = await client.getOperation(address, call);

    expect(value).toMatchObject({ status: 'running', publishingVersion: '2', cancellationRequestState: 'canCancel' });
  });

  it.each([
    ['none', []],
    ['two', [detail, detail]],
    ['nothing', undefined],
  ])('is not guessed from a list of %s', async (_, body) => {
    const { client, call } = cloudPartner(server);
    server.play(json(200, body));

    const error = await failureOf(client.getOperation(address, call));

    expect(error).toMatchObject({ name: 'MalformedResponseError', status: 200 });
  });
});

describe('an offer', () => {
  it('may have nothing in it', async () => {
    const { client, call } = cloudPartner(server);
    server.play(json(200, { id: 'x', offerTypeId: 't', definition: { plans: null } }));

    const { value } = await client.getOffer(offer, call);

    expect(value.definition).toEqual({ offer: {}, plans: [] });
  });
});
