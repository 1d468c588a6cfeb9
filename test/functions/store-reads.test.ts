/** Reads below `/accounts/{account}/store`, and certification reports, through the whole app. */
import { ADD_ONS, APPS, FLIGHTS } from '../support/emulator';
import { account, releaseWorld, requestsOf, type ReleaseApp } from '../support/release-app';
import { freshApp, letBudgetRecover, type AppAnswer, type AppSend } from './app-http';

const world = releaseWorld();
let app: ReleaseApp;
let send: AppSend;

beforeEach(async () => {
  ({ app, send } = await freshApp(world()));
});

const read = (path: string): Promise<AppAnswer> => send('GET', `/accounts/${account}/store/${path}`);

const appPath = `apps/${APPS.published}`;
const flightPath = `${appPath}/flights/${FLIGHTS.published}`;
const addOnPath = `add-ons/${ADD_ONS.published}`;

/** The id of what is live. */
async function live(path: string, member: string): Promise<string> {
  const product = (await read(path)).body as Record<string, { id: string }>;
  return product[member]?.id ?? '';
}

test.each([
  ['an app', appPath, 'lastPublishedApplicationSubmission', { id: APPS.published }],
  ['a flight', flightPath, 'lastPublishedFlightSubmission', { flightId: FLIGHTS.published }],
  ['an add-on', addOnPath, 'lastPublishedInAppProductSubmission', { id: ADD_ONS.published }],
])(
  '%s, its submission and how that stands are read as Partner Center answers them',
  async (_what, path, member, has) => {
    const product = await read(path);
    const id = await live(path, member);
    const submission = await read(`${path}/submissions/${id}`);
    const status = await read(`${path}/submissions/${id}/status`);

    expect(product).toMatchObject({ status: 200, body: has });
    expect(submission).toMatchObject({ status: 200, body: { id, status: 'Published' } });
    expect(status).toMatchObject({ status: 200, body: { status: 'Published' } });
  },
);

test.each([
  ['an app', `apps/${APPS.rollout}`, 'lastPublishedApplicationSubmission', { packageRolloutPercentage: 25 }],
  ['a flight', flightPath, 'lastPublishedFlightSubmission', { isPackageRollout: false }],
])('the rollout of %s is read', async (_what, path, member, has) => {
  const answer = await read(`${path}/submissions/${await live(path, member)}/rollout`);

  expect(answer).toMatchObject({ status: 200, body: has });
});

test('the draft of an app comes without its upload address, and says that there is one', async () => {
  const path = `apps/${APPS.pendingDraft}`;
  const id = await live(path, 'pendingApplicationSubmission');

  const answer = await read(`${path}/submissions/${id}`);

  expect(answer).toMatchObject({ status: 200, body: { id, hasUploadUrl: true } });
  expect(JSON.stringify(answer.body)).not.toMatch(/fileUploadUrl|sig=/i);
});

test('lists come page by page, each row once', async () => {
  const names: string[] = [];
  let path: string | undefined = `/accounts/${account}/store/apps?top=4`;
  for (let page = 0; page < 9 && path !== undefined; page += 1) {
    const { value, nextLink } = (await send('GET', path)).body as { value: { id: string }[]; nextLink?: string };
    expect(value.length).toBeLessThanOrEqual(4);
    names.push(...value.map(({ id }) => id));
    path = nextLink?.replace(/^\/api/, '');
  }

  const { foreign: _foreign, ...ours } = APPS;
  expect(names).toEqual(Object.values(ours));
});

test('flights and add-ons of an app and add-ons of the account are listed', async () => {
  const flights = await read(`${appPath}/flights`);
  const ofApp = await read(`${appPath}/add-ons`);
  const all = await read('add-ons');
  const none = await read(`apps/${APPS.simple}/flights`);

  expect(flights.body).toMatchObject({ value: Object.values(FLIGHTS).map((flightId) => ({ flightId })) });
  expect(ofApp.body).toMatchObject({ value: Object.values(ADD_ONS).map((inAppProductId) => ({ inAppProductId })) });
  expect(all.body).toMatchObject({ value: Object.values(ADD_ONS).map((id) => ({ id })) });
  expect(none).toMatchObject({ status: 200, body: { value: [] } });
});

test('what was read is told again for a minute, and then asked for anew', async () => {
  const { emulator } = world();
  await read(appPath);
  await read(appPath);
  const atFirst = requestsOf(emulator, 'getApplication');
  letBudgetRecover(app);
  await read(appPath);

  expect(atFirst).toBe(1);
  expect(requestsOf(emulator, 'getApplication')).toBe(2);
});

test('what people look at takes five requests of a minute, then it says when to come again', async () => {
  const { published, pendingDraft, portalDraft, rollout, paidTier, simple } = APPS;
  const answers: AppAnswer[] = [];
  for (const id of [published, pendingDraft, portalDraft, rollout, paidTier, simple])
    answers.push(await read(`apps/${id}`));

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 503]);
  expect(answers.at(-1)?.body).toMatchObject({ code: 'budget-spent' });
  expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(requestsOf(world().emulator, 'getApplication')).toBe(5);
});

test.each([
  ['there is no such app', 'apps/9NNOTTHERE01', 404, 'product-not-found'],
  ['there is no such flight', `${appPath}/flights/0f11e000-0000-4000-8000-0000000000ff`, 404, 'product-not-found'],
  ['there is no such submission', `${appPath}/submissions/1`, 404, 'product-not-found'],
  ['the app is of another account', `apps/${APPS.foreign}`, 403, 'product-forbidden'],
  ['the API does not serve it', `add-ons/${ADD_ONS.unsupported}`, 409, 'unsupported-features'],
])('says so where %s, with the id of the exchange', async (_what, path, status, code) => {
  const answer = await read(path);

  expect(answer).toMatchObject({ status, body: { code } });
  expect(answer.body).toHaveProperty('correlationId');
});

test('what can be no id is not asked for', async () => {
  const before = world().emulator.actions.journal().length;
  const answer = await read('apps/9NNOTTHERE01..%2f');

  expect(answer).toMatchObject({ status: 404, body: { code: 'product-not-found' } });
  expect(world().emulator.actions.journal()).toHaveLength(before);
});

test('a server error is answered as one that passes', async () => {
  world().emulator.actions.addFault({ operation: 'getApplication', answer: { status: 500 }, times: 4 });

  const answer = await read(appPath);

  expect(answer).toMatchObject({ status: 503, body: { code: 'partner-center-unavailable' } });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('a certification report is found by an address of the moment, which nothing keeps', async () => {
  const address = 'https://reports.example/certification.zip?sig=Report%2Bsecret';
  const reports = [{ date: '2026-11-20T10:00:00Z', reportUrl: address }];
  await world().emulator.actions.addOutcome({ result: 'CertificationFailed', reports });
  const id = await app.release({ changes: { notesForCertification: 'See the report.' } });
  const view = await app.finish(id);

  const release = await send('GET', `/releases/${id}`);
  const { href } = (release.body as { remote: { reports: { href: string }[] } }).remote.reports[0] ?? { href: '' };
  const report = await send('GET', href.replace(/^\/api/, ''));
  const second = await send('GET', `/releases/${id}/reports/2`);
  const status = await read(`${appPath}/submissions/${view.remote?.submissionId}/status`);

  expect(view.state).toBe('failed');
  expect(href).toBe(`/api/releases/${id}/reports/1`);
  expect(report.status).toBe(302);
  expect(report.headers.get('location')).toBe(address);
  expect(status).toMatchObject({ body: { statusDetails: { certificationReports: [{ date: reports[0]?.date }] } } });
  expect(second).toMatchObject({ status: 404, body: { code: 'report-not-found' } });
  expect(JSON.stringify([release.body, status.body, app.host.logs])).not.toContain('Report%2Bsecret');
});
