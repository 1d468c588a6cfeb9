/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return -- documents are loose JSON here */
import { emulatorForFile } from '../support/emulator';
import type { Json } from './api';
import { CloudPartner, machineOffer, marketplace, OFFERS } from './cloud-partner-api';

const NEW = 'contoso/offers/contoso-next';
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const emulator = emulatorForFile();
let api: CloudPartner;
beforeEach(async () => {
  await emulator().reset();
  await emulator().actions.freezeClock();
  api = await CloudPartner.signIn(emulator());
});

const summary = (text: string) => (body: Json) => {
  body.definition.offer[marketplace('summary')] = text;
};

test('A-R7, A-R11, A-R12: from a new offer to a live one, slot by slot', async () => {
  const made = await api.put(NEW, machineOffer('contoso-next'));
  const before = await api.slots(NEW);
  const published = await api.publish(NEW);
  const during = [await api.steps(NEW), await api.slots(NEW)];
  await emulator().actions.advanceClock('60s');
  const ready = [await api.steps(NEW), await api.slots(NEW)];
  const { body: waiting } = await api.offer(NEW, '/status');
  await api.goLive(NEW);
  await emulator().actions.advanceClock('60s');

  const { body: status } = await api.offer(NEW, '/status');
  const { body: live } = await api.offer(NEW, '/slot/Production');
  const { body: version } = await api.offer(NEW, '/versions/1');
  expect([made.status, made.body.status, made.body.version]).toEqual([201, 'neverPublished', 0]);
  expect(before).toEqual(['Hardened & fast', 404, 404]);
  expect([published.status, published.body]).toEqual([202, undefined]);
  expect(during).toEqual([
    ['inProgress', ...Array(5).fill('notStarted')],
    ['Hardened & fast', 404, 404],
  ]);
  expect(ready).toEqual([
    [...Array(4).fill('complete'), 'waitingForPublisherReview', 'notStarted'],
    ['Hardened & fast', 'Hardened & fast', 404],
  ]);
  expect([waiting.status, status.status]).toEqual(['running', 'succeeded']);
  expect(await api.steps(NEW)).toEqual(Array(6).fill('complete'));
  expect([live.version, live.status, version]).toEqual([1, 'succeeded', live]);
});

test('A-R12: production is what was previewed, not what the draft has become', async () => {
  await api.change(OFFERS.live, summary('Second'));
  await api.preview(OFFERS.live);
  await api.change(OFFERS.live, summary('Third'));
  const previewed = await api.slots(OFFERS.live);
  await api.goLive(OFFERS.live);
  await emulator().actions.advanceClock('60s');

  const { body } = await api.offer(OFFERS.live);
  expect(previewed).toEqual(['Third', 'Second', 'Hardened Linux image']);
  expect(await api.slots(OFFERS.live)).toEqual(['Third', 'Second', 'Second']);
  expect(body.version).toBe(2);
});

test('A-R7: earlier versions stay, unknown ones answer 404', async () => {
  await api.change(OFFERS.live, summary('Second'));
  await api.release(OFFERS.live);

  const versions = await Promise.all(['0', '1', '2', '3', 'x'].map((n) => api.offer(OFFERS.live, `/versions/${n}`)));

  expect(versions.map(({ status, body }) => [status, body.definition?.offer[marketplace('summary')]])).toEqual([
    [404, undefined],
    [200, 'Hardened Linux image'],
    [200, 'Second'],
    [404, undefined],
    [404, undefined],
  ]);
});

test('A-R7: names of slots come in any case, one that is none answers 400', async () => {
  const slots = ['draft', 'PREVIEW', 'Production', 'staging'];

  const replies = await Promise.all(slots.map((slot) => api.offer(OFFERS.live, `/slot/${slot}`)));

  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 400]);
});

describe('A-R8: the address of an operation', () => {
  test('of an offer that was not migrated, in both forms', async () => {
    const { status, headers, body } = await api.publish(OFFERS.live);
    const { body: rows } = await api.offer(OFFERS.live, '/submissions/');
    const byAlias = await api.follow(headers.get('location'));
    const byId = await api.offer(OFFERS.live, `/operations/${rows[0].id}/`);

    expect([status, body]).toEqual([202, undefined]);
    expect(headers.get('location')).toBe('/api/operations/contoso$contoso-linux$2$preview?api-version=2017-10-31');
    expect(headers.get('operation-location')).toBe(headers.get('location'));
    expect(byAlias.status).toBe(200);
    expect(byAlias.body).toMatchObject({ status: 'running', publishingVersion: 2, offerVersion: 1 });
    expect(byId.body).toEqual(byAlias.body);
  });

  test('of a migrated one', async () => {
    const { headers } = await api.publish(OFFERS.migrated);
    const { body: rows } = await api.offer(OFFERS.migrated, '/submissions');
    const place = `/api/publishers/contoso/offers/contoso-linux-pro/operations/${rows[0].id}?api-version=2017-10-31`;
    const alias = await api.get('operations/contoso$contoso-linux-pro$2$preview');

    expect(rows[0].id).toMatch(GUID);
    expect(headers.get('location')).toBe(place);
    expect((await api.follow(place)).body).toMatchObject({ status: 'running', cancellationRequestState: 'canCancel' });
    expect(alias.status).toBe(404);
  });

  test('of a go-live', async () => {
    await api.preview(OFFERS.live);
    const { headers } = await api.goLive(OFFERS.live);

    const { body } = await api.follow(headers.get('location'));

    expect(headers.get('location')).toContain('$2$production?');
    expect(body.steps.map((step: Json) => step.status)).toEqual([...Array(5).fill('complete'), 'inProgress']);
  });
});

describe('A-R9: one operation at a time', () => {
  test('publishing is refused while another one runs, and accepted while it waits', async () => {
    await api.publish(OFFERS.live);
    const tooEarly = await api.publish(OFFERS.live);
    await emulator().actions.advanceClock('60s');
    const again = await api.publish(OFFERS.live);
    const { body } = await api.offer(OFFERS.live, '/submissions');

    expect([tooEarly.status, tooEarly.body.error.code, again.status]).toEqual([400, 'BadRequest', 202]);
    expect(body.map((row: Json) => [row.submissionType, row.submissionState, row.publishingVersion])).toEqual([
      ['publish', 'running', 3],
      ['publish', 'completed', 2],
      ['goLive', 'completed', 1],
      ['publish', 'completed', 1],
    ]);
  });

  test('going live is refused unless a preview waits for it', async () => {
    const before = await api.goLive(OFFERS.live);
    await api.publish(OFFERS.live);
    const during = await api.goLive(OFFERS.live);
    await emulator().actions.advanceClock('60s');
    const ready = await api.goLive(OFFERS.live);
    const twice = await api.goLive(OFFERS.live);

    expect([before, during, ready, twice].map(({ status }) => status)).toEqual([400, 400, 202, 400]);
  });
});

describe('A-R13: cancelling', () => {
  test('ends a publication, and the offer can be published again', async () => {
    const nothing = await api.cancel(OFFERS.live);
    const { headers } = await api.publish(OFFERS.live);
    await emulator().actions.advanceClock('10s');
    const { status, body } = await api.cancel(OFFERS.live);
    const { body: offer } = await api.offer(OFFERS.live);
    const { body: rows } = await api.offer(OFFERS.live, '/submissions');
    const { body: detail } = await api.follow(headers.get('location'));
    const steps = await api.steps(OFFERS.live);
    await api.release(OFFERS.live);

    expect([nothing.status, status, body]).toEqual([400, 200, undefined]);
    expect([offer.status, rows[0].submissionState]).toEqual(['canceled', 'canceled']);
    expect([detail.status, detail.cancellationRequestState]).toEqual(['canceled', 'canceled']);
    expect(steps).toEqual(['complete', 'canceled', ...Array(4).fill('notStarted')]);
    expect((await api.offer(OFFERS.live)).body).toMatchObject({ status: 'succeeded', version: 2 });
  });

  test('while a preview waits leaves nothing to go live', async () => {
    await api.preview(OFFERS.live);
    const cancelled = await api.cancel(OFFERS.live, { metadata: { 'notification-emails': '' } });

    const refused = await api.goLive(OFFERS.live);

    expect([cancelled.status, refused.status]).toEqual([200, 400]);
  });

  test('a go-live leaves production as it was', async () => {
    await api.change(OFFERS.live, summary('Second'));
    await api.preview(OFFERS.live);
    await api.goLive(OFFERS.live);

    const { status } = await api.cancel(OFFERS.live);

    await emulator().actions.advanceClock('10m');
    expect(status).toBe(200);
    expect(await api.slots(OFFERS.live)).toEqual(['Second', 'Second', 'Hardened Linux image']);
  });
});

test('A-R14: operations are filtered by state, under either name and in any case', async () => {
  await api.publish(OFFERS.live);
  const queries = [
    '?status=RUNNING',
    '?submissionState=completed',
    '?status=failed',
    '?status=running&submissionState=x',
  ];

  const replies = await Promise.all(queries.map((query) => api.offer(OFFERS.live, `/submissions/${query}`)));

  expect(replies.map(({ body }) => body.map((row: Json) => row.submissionType))).toEqual([
    ['publish'],
    ['goLive', 'publish'],
    [],
    [],
  ]);
});

test('A-R16: addresses to notify are told of offers that were not migrated only', async () => {
  await api.publish(OFFERS.live);
  await api.publish(OFFERS.migrated);

  const [plain, migrated] = [await api.offer(OFFERS.live, '/status'), await api.offer(OFFERS.migrated, '/status')];

  expect(plain.body.notificationEmails).toBe('release@contoso.example');
  expect(migrated.body).not.toHaveProperty('notificationEmails');
});

test('a migrated offer has versions beyond doubles, times without a zone, and steps named by their ids', async () => {
  await api.release(OFFERS.migrated);

  const text = await api.text(`publishers/${OFFERS.migrated}`);
  const { body } = await api.offer(OFFERS.migrated);
  const { body: status } = await api.offer(OFFERS.migrated, '/status');
  const rows = await api.text(`publishers/${OFFERS.migrated}/submissions`);
  const version = /"version":(\d{18}),/.exec(text)?.[1] ?? '0';
  expect(BigInt(version) > 638_730_001_234_567_890n).toBe(true);
  expect(rows).toMatch(/"version":\d{18},/);
  expect((await api.offer(OFFERS.migrated, `/versions/${version}`)).status).toBe(200);
  expect((await api.offer(OFFERS.migrated, '/versions/638730001234567890')).status).toBe(200);
  expect([body.pcMigrationStatus, body.changedTime]).toEqual([
    'migrated',
    expect.stringMatching(/^[\d-]+T[\d:]+\.\d{7}$/),
  ]);
  expect(status.steps[4]).toMatchObject({ id: 'publisher-signoff', stepName: 'publisher-signoff' });
});

test('an offer that Partner Center takes over in between has its operation under the new address only', async () => {
  const { headers } = await api.publish(OFFERS.live);
  await emulator().offers.portal.act({ action: 'migrate', publisher: 'contoso', offer: 'contoso-linux' });

  const old = await api.follow(headers.get('location'));

  const { body: rows } = await api.offer(OFFERS.live, '/submissions');
  const { status } = await api.offer(OFFERS.live, `/operations/${rows[0].id}`);
  expect([old.status, old.body, status]).toEqual([
    404,
    expect.stringMatching(/^Microsoft\.Ingestion\.Api\.Common\.Exceptions\.Http404Exception/),
    200,
  ]);
});

test('the status tells each step with its time and its messages', async () => {
  await api.publish(OFFERS.live);
  await emulator().actions.advanceClock('24s');

  const { body } = await api.offer(OFFERS.live, '/status');

  expect(body).toEqual({
    status: 'running',
    messages: [],
    steps: expect.arrayContaining([
      {
        estimatedTimeFrame: '< 15 min',
        id: 'displaydummycertify',
        stepName: 'Validate Pre-Requisites',
        description: 'Settings are validated.',
        status: 'complete',
        messages: [
          {
            messageHtml: 'Step completed.',
            level: 'information',
            timestamp: expect.stringMatching(/^[\d-]+T[\d:]+\.\d{7}Z$/),
          },
        ],
        progressPercentage: 100,
      },
      expect.objectContaining({ id: 'displaycertify', status: 'inProgress', progressPercentage: 50 }),
    ]),
    previewLinks: [],
    liveLinks: [],
    notificationEmails: 'release@contoso.example',
  });
  expect(body.steps.map((step: Json) => step.id)).toEqual([
    'displaydummycertify',
    'displaycertify',
    'displayprovision',
    'displaypackage',
    'publisher-signoff',
    'live',
  ]);
});
