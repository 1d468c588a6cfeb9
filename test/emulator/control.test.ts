import { APPS, emulatorForFile } from '../support/emulator';
import { Api, send, token, type Json, type Reply } from './api';

const emulator = emulatorForFile({ httpPort: 0 });
let api: Api;
beforeEach(async () => {
  await control('POST', 'reset');
  api = await Api.signIn(emulator());
});
function control(method: string, path: string, body?: unknown): Promise<Reply> {
  return send(`${emulator().control}/${path}`, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
}
const statusOf = async (path: string): Promise<string> => (await api.get(`${path}/status`)).body.status as string;

test('plain HTTP serves the same as HTTPS', async () => {
  const bearer = await token(emulator());

  const reply = await send(`${emulator().http}/v1.0/my/applications?top=1`, {
    headers: { authorization: `Bearer ${bearer}` },
  });

  expect([reply.status, reply.body.totalCount]).toEqual([200, 11]);
});

test('a content type that makes no sense is not looked at', async () => {
  const { status } = await send(`${emulator().control}/clock/freeze`, {
    method: 'POST',
    headers: { 'content-type': 'zip' },
    body: '{}',
  });

  expect(status).toBe(200);
});

describe('faults over HTTP', () => {
  test('set, met, listed, removed', async () => {
    const { body: fault } = await control('POST', 'faults', {
      operation: 'getApplication',
      answer: { status: 418, body: 'absent' },
    });
    const before: Json = (await control('GET', 'unhit')).body;

    const reply = await api.application(APPS.published);

    expect(before.faults).toHaveLength(1);
    expect(reply.status).toBe(418);
    expect((await control('GET', `faults/${fault.id}`)).body).toMatchObject({ hits: 1, reached: 1 });
    expect((await control('GET', 'unhit')).body).toEqual({ faults: [], outcomes: [] });
    expect((await control('DELETE', `faults/${fault.id}`)).status).toBe(204);
    expect((await control('GET', 'faults')).body).toEqual([]);
  });

  test('a held request is waited for and released', async () => {
    const { body: fault } = await control('POST', 'faults', { operation: 'getApplication', hold: true });
    const held = api.application(APPS.published);

    const waited = await control('POST', `faults/${fault.id}/wait`, {});
    const released = await control('POST', `faults/${fault.id}/release`);

    expect(waited.body).toMatchObject({ met: true, holding: 1 });
    expect(released.body).toEqual({ released: 1 });
    expect((await held).status).toBe(200);
  });

  test('a wait for a fault that nothing meets ends', async () => {
    const { body: fault } = await control('POST', 'faults', { operation: 'getApplication', cut: true });

    expect((await control('POST', `faults/${fault.id}/wait`, { timeoutMs: 5 })).body.met).toBe(false);
    await control('DELETE', `faults/${fault.id}`);
  });

  test.each([
    ['faults', { operation: 'getApplication', sometimes: true }],
    ['faults', { when: 'before' }],
    ['outcomes', { result: 'Splendid' }],
    ['clock/advance', {}],
    ['clock/advance', { by: 'soon' }],
  ])('%s refuses what it does not know', async (path, body) => {
    const reply = await control('POST', path, body);

    expect([reply.status, typeof reply.body.message]).toEqual([400, 'string']);
  });

  test('a fault for an operation that is not there is refused with the names of those that are', async () => {
    const reply = await control('POST', 'faults', { operation: 'commitSubmision', cut: true });

    expect(reply.status).toBe(400);
    expect(reply.body.message).toMatch(/no operation "commitSubmision".*commitSubmission.*putBlock.*at operation/s);
    expect((await control('GET', 'faults')).body).toEqual([]);
  });

  test('names that do not exist answer 404', async () => {
    const replies = await Promise.all([
      control('GET', 'faults/none'),
      control('POST', 'portal/draft', { application: 'none' }),
      control('PUT', 'clients/none', {}),
      control('POST', 'portal/publish', { application: APPS.published }),
      control('GET', 'nothing/here'),
    ]);

    expect(replies.map((reply) => reply.status)).toEqual([404, 404, 404, 404, 404]);
  });
});

describe('time', () => {
  test('the clock can be frozen, moved and let go', async () => {
    const frozen = await control('POST', 'clock/freeze', { at: '2026-03-01T00:00:00Z' });
    const moved = await control('POST', 'clock/advance', { by: '3d' });
    const running = await control('POST', 'clock/resume');

    expect(frozen.body).toMatchObject({ now: '2026-03-01T00:00:00.000Z', frozen: true });
    expect(moved.body).toMatchObject({ now: '2026-03-04T00:00:00.000Z', frozen: true });
    expect(running.body).toMatchObject({ now: expect.stringMatching(/^2026-03-04T/), frozen: false });
  });

  test('certification takes as long as is said, for coming commits', async () => {
    await control('PUT', 'certification', { duration: '3d' });
    const { path } = await api.draft(APPS.published);
    await api.post(`${path}/commit`);
    await control('POST', 'clock/advance', { by: '2d' });
    api = await Api.signIn(emulator());
    const early = await statusOf(path);
    await control('POST', 'clock/advance', { by: '1d' });
    api = await Api.signIn(emulator());

    expect([early, await statusOf(path)]).toEqual(['Certification', 'Published']);
    expect((await control('GET', 'certification')).body).toEqual({ milliseconds: 3 * 86_400_000 });
  });
});

describe('a person in the portal', () => {
  test('makes a draft, submits it, cancels it, deletes it', async () => {
    const { body: draft } = await control('POST', 'portal/draft', { application: APPS.published });
    const path = `applications/${APPS.published}/submissions/${draft.id}`;
    const made = (await api.application(APPS.published)).body.pendingApplicationSubmission;
    await control('POST', 'portal/submit', { application: APPS.published });
    const submitted = await statusOf(path);
    await control('POST', 'portal/cancel', { application: APPS.published });
    const cancelled = await statusOf(path);
    const deleted = await control('POST', 'portal/delete', { application: APPS.published });

    expect(made.id).toBe(draft.id);
    expect([submitted, cancelled, deleted.status]).toEqual(['CommitStarted', 'Canceled', 204]);
    expect((await api.get(path)).status).toBe(404);
  });

  test('touches an API draft and publishes by hand', async () => {
    const { path, document } = await api.draft(APPS.published);
    await api.put(path, { ...document, targetPublishMode: 'Manual' });
    await api.post(`${path}/commit`);
    await control('POST', 'clock/advance', { by: '60s' });
    const waiting = await statusOf(path);
    await control('POST', 'portal/publish', { application: APPS.published });
    await control('POST', 'clock/advance', { by: '60s' });

    const touched = await control('POST', 'portal/touch', { application: APPS.pendingDraft });

    expect([waiting, await statusOf(path)]).toEqual(['Release', 'Published']);
    expect(touched.body).toMatchObject({ portal: true, status: 'PendingCommit' });
  });
});

describe('settings and identities', () => {
  test('switches change one by one', async () => {
    const changed = await control('PUT', 'switches', { emptyList: '404' });

    expect(changed.body).toMatchObject({ emptyList: '404', sasRenewOnGet: true, rateLimit: null });
    expect((await control('PUT', 'switches', { emptyList: '500' })).status).toBe(400);
    expect((await control('PUT', 'switches', { unknown: true })).status).toBe(400);
  });

  test('a secret is rotated: the old one is refused, the vault has the new one', async () => {
    const { clientId } = emulator().account;

    await control('PUT', `clients/${clientId}`, { secrets: [{ value: 'Rotated~Secret' }] });
    await control('PUT', 'secrets/contoso-client-secret', { value: 'Rotated~Secret' });

    await expect(token(emulator())).rejects.toThrow(/7000215/);
    const bearer = await token(
      emulator(),
      { clientId, clientSecret: 'Rotated~Secret' },
      'https://vault.azure.net/.default',
    );
    const secret = await send(`${emulator().https}/secrets/contoso-client-secret?api-version=7.6`, {
      headers: { authorization: `Bearer ${bearer}` },
    });
    expect(secret.body.value).toBe('Rotated~Secret');
  });

  test('an identity loses its role', async () => {
    await control('PUT', `clients/${emulator().account.clientId}`, { role: 'None' });

    expect((await api.get('applications')).status).toBe(401);
  });

  test('tokens are revoked', async () => {
    await control('POST', 'tokens/revoke');

    expect((await api.get('applications')).status).toBe(401);
  });
});

describe('what the emulator shows of itself', () => {
  test('state has everything, hidden prices included', async () => {
    const { body } = await control('GET', 'state');

    expect(body.submissions['1152921505700510070']).toMatchObject({ hiddenPrice: '9.99 USD', status: 'Published' });
    expect(body.applications[APPS.paidHidden].published).toBe('1152921505700510070');
  });

  test('the journal tells each request, without secrets, tokens or signatures', async () => {
    const { path, document } = await api.draft(APPS.published);
    await api.request('PUT', path, document, { 'MS-CorrelationId': 'from-the-client' });

    const { body: journal } = await control('GET', `journal?application=${APPS.published}`);
    const everything = JSON.stringify((await control('GET', 'journal')).body);

    expect(journal).toMatchObject([
      { operation: 'createSubmission', method: 'POST', status: 201, tenant: emulator().account.tenantId },
      {
        operation: 'updateSubmission',
        path: `/v1.0/my/${path}`,
        status: 200,
        submission: document.id,
        sentCorrelationId: 'from-the-client',
        correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        time: expect.any(Number),
        duration: expect.any(Number),
        requestBody: { friendlyName: 'Submission 8', fileUploadUrl: expect.stringMatching(/sig=REDACTED$/) },
      },
    ]);
    expect(everything).toContain('"grant_type":"client_credentials"');
    expect(everything).not.toContain(emulator().account.clientSecret);
    expect(everything).not.toMatch(/sig=(?!REDACTED)/);
    expect(everything).not.toContain(api.authorization.slice(7));
  });

  test.each([
    ['without a content type', {}, 'client_secret=%s&grant_type=client_credentials'],
    ['of a content type in capitals', { 'content-type': 'Application/X-WWW-Form-URLEncoded' }, 'client_secret=%s'],
    ['named in capitals', { 'content-type': 'application/x-www-form-urlencoded' }, 'Client_Secret=%s'],
    ['not escaped', { 'content-type': 'application/x-www-form-urlencoded' }, 'client_secret=first&%s=last'],
    ['as JSON', { 'content-type': 'application/json' }, '{"client_secret":"%s"}'],
    ['as nothing in particular', { 'content-type': 'text/plain' }, 'secret: %s'],
  ])('the journal keeps no secret of a sign-in that went wrong: %s', async (_how, headers, body) => {
    const secret = 'kept-from-the-journal';

    await send(`${emulator().https}/${emulator().account.tenantId}/oauth2/token?Client_Secret=${secret}`, {
      method: 'POST',
      headers,
      body: Buffer.from(body.replace('%s', secret)),
    });

    const { body: journal } = await control('GET', 'journal?operation=token&newest=1');
    expect(journal).toMatchObject([{ path: expect.stringContaining('/oauth2/token'), status: expect.any(Number) }]);
    expect(JSON.stringify(journal)).not.toContain(secret);
  });

  test('the journal is narrowed by operation and place, and cleared', async () => {
    await api.application(APPS.published);
    await api.application(APPS.simple);
    const all: Json = (await control('GET', 'journal')).body;

    const after: Json = (
      await control('GET', `journal?operation=getApplication&after=${(all as { seq: number }[]).at(-2)?.seq}`)
    ).body;
    await control('DELETE', 'journal');

    expect(after).toMatchObject([{ application: APPS.simple }]);
    expect((await control('GET', 'journal')).body).toEqual([]);
  });

  test('the journal keeps what a refusal said, and no other answer', async () => {
    await api.get('applications/9NNOSUCHAPP1');
    await api.application(APPS.published);

    const { body: newest } = await control('GET', 'journal?newest=2');

    expect(newest).toMatchObject([{ status: 404, responseBody: { code: expect.any(String) } }, { status: 200 }]);
    expect(newest[1]).not.toHaveProperty('responseBody');
  });

  test('reset goes back to the seed', async () => {
    await api.draft(APPS.published);
    await control('POST', 'clock/advance', { by: '3d' });
    await control('POST', 'faults', { operation: '*', cut: true });
    await control('POST', 'outcomes', { result: 'Stuck' });
    await control('PUT', 'switches', { emptyList: '404' });

    await control('POST', 'reset');

    expect((await control('GET', 'unhit')).body).toEqual({ faults: [], outcomes: [] });
    expect((await control('GET', '')).body).toMatchObject({
      frozen: false,
      offset: 0,
      settings: { switches: { emptyList: '200' } },
    });
    api = await Api.signIn(emulator());
    expect((await api.application(APPS.published)).body).not.toHaveProperty('pendingApplicationSubmission');
  });
});
