import { connect } from 'node:tls';
import { once } from 'node:events';
import { APPS, CLIENTS, emulatorForFile } from '../support/emulator';
import { Api, postForm, send, token } from './api';

const emulator = emulatorForFile();
let api: Api;
beforeEach(async () => {
  await emulator().reset();
  api = await Api.signIn(emulator());
});

describe('R3: what an identity sees', () => {
  test('an application of another account answers 403 without a body', async () => {
    const reply = await api.application(APPS.foreign);

    expect([reply.status, reply.body]).toEqual([403, undefined]);
  });

  test('an unknown application answers 404', async () => {
    const reply = await api.application('9NNOWHERE000');

    expect([reply.status, reply.body.code]).toEqual([404, 'ResourceNotFound']);
  });

  test('an identity without applications gets an empty list, or 404 by switch', async () => {
    const lonely = await Api.signIn(emulator(), { ...emulator().account, ...CLIENTS.empty });

    const empty = await lonely.get('applications');
    await emulator().actions.setSwitches({ emptyList: '404' });
    const none = await lonely.get('applications');

    expect([empty.status, empty.body]).toEqual([200, { value: [], totalCount: 0 }]);
    expect(none.status).toBe(404);
  });

  test.each([
    ['stranger', 401, { code: 'Unauthorized', message: 'Authorization: Account is not allowed to access this api' }],
    [
      'notOnboarded',
      503,
      expect.objectContaining({
        message: '(Server Unavailable) Account service is experiencing issue. Please try again later.',
      }),
    ],
  ] as const)('a client that is a %s gets %i', async (name, status, body) => {
    const other = await Api.signIn(emulator(), { ...emulator().account, ...CLIENTS[name] });

    const reply = await other.get('applications');

    expect([reply.status, reply.body]).toEqual([status, body]);
  });

  test('a role that is too weak reads but does not write', async () => {
    const reader = await Api.signIn(emulator(), { ...emulator().account, ...CLIENTS.reader });

    const read = await reader.application(APPS.published);
    const written = await reader.post(`applications/${APPS.published}/submissions`);

    expect([read.status, written.status, written.body]).toEqual([200, 403, undefined]);
  });

  test('an application with unsupported features answers 409 to every call', async () => {
    const replies = await Promise.all([
      api.application(APPS.unsupported),
      api.post(`applications/${APPS.unsupported}/submissions`),
      api.get(`applications/${APPS.unsupported}/submissions/1152921505700510090/status`),
    ]);

    for (const reply of replies) {
      expect(reply.status).toBe(409);
      expect(reply.body).toEqual({
        code: 'InvalidState',
        data: [],
        details: [],
        message:
          'This application uses features that are not supported by the submission API. To perform this operation, use the Dev Center dashboard.',
        source: 'Ingestion Api',
        target: 'application',
      });
    }
  });
});

test('R5: every answer carries a fresh MS-CorrelationId', async () => {
  const sent = '5f3a1c52-0000-4000-8000-000000000000';
  const { path } = await api.draft(APPS.published);
  const replies = [
    await api.request('GET', 'applications', undefined, { 'MS-CorrelationId': sent }),
    await api.application(APPS.foreign),
    await send(`${emulator().https}/v1.0/my/applications`),
    await api.get('nowhere'),
    await api.get('inappproducts'),
    await api.put(path, {}),
    await api.delete(path),
    await api.request('PATCH', path, {}),
    await api.request('HEAD', path),
    await api.request('OPTIONS', path),
    await api.get('applications/%zz'),
  ];

  const ids = replies.map((reply) => reply.headers.get('ms-correlationid'));
  expect(replies.map((reply) => reply.status)).toEqual([200, 403, 401, 404, 200, 400, 204, 404, 404, 404, 400]);
  expect(new Set([...ids, sent]).size).toBe(12);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);
});

test('R6: paths match without regard to case, with or without a trailing slash', async () => {
  const { path } = await api.draft(APPS.published);

  const shouting = await api.get(
    `APPLICATIONS/${APPS.published.toLowerCase()}/Submissions/${path.split('/').at(-1)}/Status/`,
  );
  const slash = await api.get('applications/?skip=1&top=1');

  expect([shouting.status, slash.status]).toEqual([200, 200]);
  expect((await api.post(`${path}/Commit`)).status).toBe(202);
});

describe('R7: how bodies are sent', () => {
  test.each([
    ['with a token', () => token(emulator())],
    ['even without a good token, for the front end says so', () => 'none'],
  ])('a POST without length and without chunks answers 411, %s', async (_name, bearer) => {
    const { hostname, port } = new URL(emulator().https);
    const socket = connect({ host: hostname, port: Number(port), servername: hostname });
    await once(socket, 'secureConnect');

    socket.write(
      `POST /v1.0/my/applications/${APPS.published}/submissions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${await bearer()}\r\nConnection: close\r\n\r\n`,
    );
    const [answer] = await once(socket, 'data');
    socket.destroy();

    expect(String(answer)).toMatch(/^HTTP\/1\.1 411 /);
  });

  test('a PUT of another content type is refused', async () => {
    const { path, document } = await api.draft(APPS.published);

    const reply = await api.request('PUT', path, document, { 'content-type': 'text/xml' });

    expect([reply.status, reply.body.target]).toEqual([400, 'mediaType']);
  });

  test('chunks are a framing too', async () => {
    const { path, document } = await api.draft(APPS.published);
    const body = new Blob([JSON.stringify({ ...document, notesForCertification: 'Grüße 🎉' })]).stream();

    const reply = await send(`${emulator().https}/v1.0/my/${path}`, {
      method: 'PUT',
      headers: { authorization: api.authorization, 'content-type': 'application/json' },
      body,
      // Node's fetch asks for this when it streams a body; its types do not know it.
      ...{ duplex: 'half' },
    });

    expect([reply.status, reply.body.notesForCertification]).toEqual([200, 'Grüße 🎉']);
  });

  test.each(['application/x-www-form-urlencoded', 'text/plain', 'nonsense'])(
    'content type %s is refused even without a body',
    async (type) => {
      const reply = await api.request('POST', `applications/${APPS.published}/submissions`, undefined, {
        'content-type': type,
      });

      expect(reply.status).toBe(400);
      expect(reply.body).toMatchObject({
        code: 'InvalidParameterValue',
        message: 'Only JSON content is accepted',
        target: 'mediaType',
      });
    },
  );

  test('an empty body is fine, with a JSON content type or with none', async () => {
    const none = await api.post(`applications/${APPS.published}/submissions`);
    const typed = await api.request('POST', `applications/${APPS.simple}/submissions`, undefined, {
      'content-type': 'application/json',
    });

    expect([none.status, typed.status]).toEqual([201, 201]);
  });

  // microsoft/windows-dev-center-vsts-extension, tasks/common/apiHelper.ts: no data with a JSON content type, which
  // its HTTP library (axios 1.11) writes as `null`.
  test('null is no body', async () => {
    const made = await api.post(`applications/${APPS.published}/submissions`, 'null');
    const path = `applications/${APPS.published}/submissions/${made.body.id}`;
    const changed = await api.put(path, 'null');
    const committed = await api.post(`${path}/commit`, 'null');

    expect([made.status, made.body.friendlyName]).toEqual([201, 'Submission 8']);
    expect([changed.status, changed.body.message]).toEqual([400, 'The size of AppListings must be 1 or more']);
    expect(committed.status).toBe(202);
  });

  test('a body that is no JSON object is refused; a byte order mark is not', async () => {
    const { path, document } = await api.draft(APPS.published);

    const broken = await api.put(path, '{"listings":');
    const list = await api.put(path, '[]');
    const marked = await api.put(path, `\uFEFF${JSON.stringify(document)}`);

    expect([broken.status, list.status, marked.status]).toEqual([400, 400, 200]);
  });
});

describe('R8: the application resource', () => {
  test('has PackageFamilyName with a capital and leaves out what is absent', async () => {
    const { body } = await api.application(APPS.published);

    expect(body).toEqual({
      id: APPS.published,
      primaryName: 'Contoso Notes',
      PackageFamilyName: expect.stringMatching(/^Contoso\.Notes_[0-9a-z]{13}$/),
      packageIdentityName: 'Contoso.Notes',
      publisherName: 'CN=0BE04A07-4250-427B-B4BC-000000000001',
      firstPublishedDate: '2025-09-23T17:11:10.0000000Z',
      lastPublishedApplicationSubmission: {
        id: '1152921505700510003',
        resourceLocation: `applications/${APPS.published}/submissions/1152921505700510003`,
      },
      hasAdvancedListingPermission: true,
    });
  });

  test('shows the pending submission, and 1601 when never published', async () => {
    const pending = await api.application(APPS.pendingDraft);
    const never = await api.application(APPS.neverPublished);

    expect(pending.body.pendingApplicationSubmission.id).toBe('1152921505700510041');
    expect(never.body.firstPublishedDate).toBe('1601-01-01T00:00:00.0000000Z');
    expect(never.body).not.toHaveProperty('lastPublishedApplicationSubmission');
  });
});

test('R9: more requests than the limit in a rolling minute get 429 with Retry-After', async () => {
  const { body: signedIn } = await postForm(`${emulator().https}/fabrikam.example/oauth2/v2.0/token`, {
    grant_type: 'client_credentials',
    client_id: '22222222-0000-4000-8000-0000000fab01',
    client_secret: 'Fabrikam~Emulator~Secret',
    scope: 'https://manage.devcenter.microsoft.com/.default',
  });
  const otherTenant = new Api(emulator(), signedIn.access_token as string);
  await emulator().actions.freezeClock();
  await emulator().actions.setSwitches({ rateLimit: 20 });

  const statuses: number[] = [];
  for (let request = 0; request < 20; request++) statuses.push((await api.get('applications')).status);
  await emulator().actions.advanceClock('20s');
  const refused = await api.get('applications');
  const ofOthers = await otherTenant.get('applications');
  await emulator().actions.advanceClock('40s');
  const later = await api.get('applications');

  expect(new Set(statuses)).toEqual(new Set([200]));
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '40']);
  expect(refused.body).toEqual({ statusCode: 429, message: 'Rate limit is exceeded. Try again in 40 seconds.' });
  expect([ofOthers.status, later.status]).toEqual([200, 200]);
});

test('R10: error bodies carry all their members', async () => {
  const reply = await api.get(`applications/${APPS.published}/submissions/1152921505799999999`);

  expect(reply.body).toEqual({
    code: 'ResourceNotFound',
    data: [],
    details: [],
    message: 'Submission not found',
    source: 'Ingestion Api',
    target: 'submissionId',
  });
});

describe('R10: the shapes of errors', () => {
  test('a 401 has code and message only, with the correlation id inside', async () => {
    const { status, body, headers } = await send(`${emulator().https}/v1.0/my/applications`);

    expect(status).toBe(401);
    expect(body).toEqual({
      code: 'Unauthorized',
      message: `Identity cannot be authorized. CorrelationId: ${headers.get('ms-correlationid')}`,
    });
  });

  test('a 500 has an inner error and no target', async () => {
    emulator().actions.addFault({ operation: 'getApplication', answer: { status: 500 } });

    const { body } = await api.application(APPS.published);

    expect(body).toEqual({
      code: 'InternalServerError',
      data: [],
      details: [],
      innererror: {
        code: 'UnknownInternalFailure',
        data: [],
        details: [],
        message: 'The service has encountered an unknown internal server error: ',
      },
      message: 'An internal server error occurred while processing the operation.',
      source: 'Ingestion Api',
    });
  });

  test('a path that nobody has answers as the others do', async () => {
    const { status, body } = await api.post(`applications/${APPS.published}/publish`);

    expect(status).toBe(404);
    expect(Object.keys(body as object).sort()).toEqual(['code', 'data', 'details', 'message', 'source']);
  });
});

describe('R11: lists', () => {
  test('beyond the last row there is an empty page with the count of all', async () => {
    const beyond = await api.get('applications?skip=50&top=100');
    const exactly = await api.get('applications?top=11');

    expect(beyond.body).toEqual({ value: [], totalCount: 11 });
    expect(exactly.body.value).toHaveLength(11);
    expect(exactly.body).not.toHaveProperty('@nextLink');
  });

  test('ten rows unless asked otherwise, with a relative link to the rest', async () => {
    const first = await api.get('applications');
    const last = await api.get(first.body['@nextLink']);

    expect(first.body).toMatchObject({ '@nextLink': 'applications?skip=10&top=10', totalCount: 11 });
    expect(first.body.value).toHaveLength(10);
    expect(last.body.value).toHaveLength(1);
    expect(last.body).not.toHaveProperty('@nextLink');
  });

  test('top and skip are honoured', async () => {
    const { body } = await api.get('applications?top=2&skip=3');

    expect((body.value as { id: string }[]).map((row) => row.id)).toEqual([APPS.pendingDraft, APPS.portalDraft]);
    expect(body['@nextLink']).toBe('applications?skip=5&top=2');
  });

  test.each(['top=0', 'top=-1', 'top=many', 'skip=-1', 'skip=1.5'])('%s is refused', async (query) => {
    expect((await api.get(`applications?${query}`)).status).toBe(400);
  });
});
