import { cloudPartnerFailure, OfferSlot } from '../../../src/partner-center/cloud-partner-portal';
import { ApiError, TimeoutError } from '../../../src/partner-center/http';
import { failureOf } from '../fakes';
import { cut, json, startScriptedServer, type ScriptedServer } from '../scripted-server';
import { cloudPartner, offer } from './setup';
import * as wire from './wire-samples';

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

const { offerTypeId } = wire.summary;
const document = { offerTypeId, definition: wire.definition };
const unchanged = { kind: 'unchanged', etag: wire.etag } as const;
const stale = json(412, { error: { code: 'PreconditionFailed', message: 'The offer was changed.' } });

describe('a PUT of a known state', () => {
  it('takes the ETag of the read, and gives the next one', async () => {
    const { client, call } = cloudPartner(server);
    server.play(json(200, wire.offer, { ETag: wire.etag }), json(200, wire.offer, { ETag: 'W/"next"' }));

    const read = await client.getOffer(offer, call);
    const written = await client.putOffer(offer, read.value, { kind: 'unchanged', etag: read.etag ?? '' }, call);

    expect(server.arrived[1]?.headers['if-match']).toBe(wire.etag);
    expect([written.status, written.etag]).toEqual([200, 'W/"next"']);
  });

  it('is refused when somebody else wrote meanwhile', async () => {
    const { client, call } = cloudPartner(server);
    server.play(stale);

    const error = await failureOf(client.putOffer(offer, document, unchanged, call));

    expect(cloudPartnerFailure(error)).toMatchObject({ meaning: 'offer-changed', unclear: false, retryable: false });
    expect(server.arrived).toHaveLength(1);
  });

  it.each([
    ['cut', cut],
    ['503', json(503)],
  ])('may have been what changed it, when an earlier try was answered by nothing: %s', async (_, silence) => {
    const { client, call } = cloudPartner(server);
    server.play(silence, stale);

    const error = await failureOf(client.putOffer(offer, document, unchanged, call));

    expect(cloudPartnerFailure(error)).toMatchObject({ meaning: 'offer-changed', unclear: true });
    expect(server.arrived).toHaveLength(2);
  });

  it.each(['', ' ', '*'])('is not sent without a state: "%s"', async (etag) => {
    const { client, call } = cloudPartner(server);
    server.play(json(200, wire.offer));

    const error = await failureOf(client.putOffer(offer, document, { kind: 'unchanged', etag }, call));

    expect(error).toBeInstanceOf(TypeError);
    expect(server.arrived).toHaveLength(0);
  });
});

describe('a PUT', () => {
  it('says the ids of its address, and leaves out what the service sets', async () => {
    const { client, call } = cloudPartner(server);
    server.play(json(200, wire.offer));
    const read = { ...wire.offer, id: 'other', publisherId: 'Other', eTag: 'stale', offerTypeVersions: { a: 87 } };

    await client.putOffer(offer, read, { kind: 'overwrite' }, call);

    expect(JSON.parse(server.arrived[0]?.body.toString() ?? '')).toEqual({
      id: 'contoso-linux',
      publisherId: 'contoso',
      offerTypeId,
      definition: wire.definition,
      offerTypeVersions: { a: 87 },
    });
  });

  it('of a new offer tells when there is one', async () => {
    const { client, call } = cloudPartner(server);
    server.play(json(409, { error: { code: 'InvalidResourceId', message: 'Offer ID already exists.' } }));

    const error = await failureOf(client.putOffer(offer, document, { kind: 'create' }, call));

    expect(cloudPartnerFailure(error)).toMatchObject({ meaning: 'offer-exists', unclear: false });
  });

  it('whose answer cannot be read is done all the same, and not blindly sent again', async () => {
    const { client, call } = cloudPartner(server);
    server.play(json(200, { id: 'contoso-linux' }));

    const error = await failureOf(client.putOffer(offer, document, unchanged, call));

    expect(cloudPartnerFailure(error)).toMatchObject({ meaning: 'malformed-answer', unclear: true });
    expect(server.arrived).toHaveLength(1);
  });
});

describe('an answer that does not come in time', () => {
  const requestMs = 40;

  it('ends a change as one that may have happened', async () => {
    const { client, call } = cloudPartner(server, { timeouts: { requestMs } });
    server.play(() => undefined);

    const error = await failureOf(client.goLive(offer, [], call));

    expect(error).toBeInstanceOf(ApiError);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(cloudPartnerFailure(error)).toMatchObject({ meaning: 'timeout', unclear: true, retryable: true });
    // A busy machine may not even have connected.
    expect(server.arrived.length).toBeLessThan(2);
  });
});

describe('ids', () => {
  it('are encoded, and never lead elsewhere', async () => {
    const { client, call } = cloudPartner(server);
    server.play(json(200, wire.offer));

    await client.getOfferSlot({ publisherId: 'a/b', offerId: '?x#y' }, OfferSlot.draft, call);

    expect(server.arrived[0]?.url).toBe('/api/publishers/a%2Fb/offers/%3Fx%23y/slot/Draft?api-version=2017-10-31');
  });
});
