/** `POST /releases/plan`, through the whole app: it judges as a release would, and writes nothing. */
import type { ReleasePlan } from '../../src/domain/store/release-plan';
import { ADD_ONS, APPS, FLIGHTS } from '../support/emulator';
import { account, releaseWorld, type ReleaseApp } from '../support/release-app';
import { freshApp, type AppSend } from './app-http';

const world = releaseWorld();
let app: ReleaseApp;
let send: AppSend;

beforeEach(async () => {
  ({ app, send } = await freshApp(world()));
});

/** Whatever was planned: nothing was written at Partner Center, and no release was made. */
afterEach(async () => {
  const { emulator } = world();
  const requests = emulator.actions.journal().filter(({ path }) => path.startsWith('/v1.0/my/'));
  expect(requests.map(({ method }) => method)).toEqual(requests.map(() => 'GET'));
  expect((await app.rooms.releases.list({})).value).toEqual([]);
});

const target = { kind: 'store-app', applicationId: APPS.published };

async function planOf(document: object): Promise<ReleasePlan> {
  const answer = await send('POST', '/releases/plan', { account, target, ...document });
  expect(answer).toMatchObject({ status: 200 });
  return answer.body as ReleasePlan;
}

const notes = (text: string): object => ({ listings: { 'en-us': { baseListing: { releaseNotes: text } } } });

test('shows a change field by field, and what is done for it', async () => {
  const plan = await planOf({ changes: notes('Faster.'), options: { approvals: ['commit'] } });

  expect(plan).toMatchObject({ target, warnings: [], blockers: [] });
  expect(plan.actions).toEqual([
    'createSubmission',
    'updateSubmission',
    'approveCommit',
    'commit',
    'certify',
    'publish',
  ]);
  expect(plan.diff).toEqual([
    { path: '/listings/en-us/baseListing/releaseNotes', from: expect.any(String), to: 'Faster.' },
  ]);
  expect(plan.packages.map(({ fate }) => fate)).toEqual(['kept', 'kept']);
});

test('opens the packages, says what becomes of each, and warns of old release notes', async () => {
  const { fileName, upload, sha256 } = await app.upload('9.0.0.0');

  const plan = await planOf({ packages: [{ fileName, source: { upload } }], oldPackages: { keep: 0 } });

  expect(plan.packages).toEqual([
    expect.objectContaining({ fileName: 'Contoso.Notes_1.4.0.0_x64.msix', version: '1.4.0.0', fate: 'removed' }),
    expect.objectContaining({ fileName: 'Contoso.Notes_1.4.0.0_ARM64.msix', fate: 'kept' }),
    expect.objectContaining({ fileName, identity: 'Contoso.Notes', version: '9.0.0.0', sha256, fate: 'added' }),
  ]);
  expect(plan.actions).toContain('uploadPackages');
  expect(plan.warnings).toEqual([expect.objectContaining({ code: 'release-notes-old' })]);
  expect(plan.blockers).toEqual([]);
});

test('says what becomes of packages beside a rollout, and why new ones would be refused, as the release does', async () => {
  const [low, same, good] = [await app.upload('1.3.0.0'), await app.upload('1.4.0.0', 'Same.msix'), await app.upload()];
  const packages = [low, same, good].map(({ fileName, upload }) => ({ fileName, source: { upload } }));
  const options = { rollout: { stages: [{ percentage: 10 }] } };
  const live = 'Contoso.Notes_1.4.0.0_x64.msix';

  const fine = await planOf({ packages: packages.slice(2), oldPackages: { keep: 0 }, options });
  const unfit = await planOf({ packages, oldPackages: { remove: [live] }, options });
  const lower = await planOf({ packages: packages.slice(0, 2), options });

  expect(fine.packages.map(({ fate }) => fate)).toEqual(['kept', 'kept', 'added']);
  expect(fine.blockers).toEqual([]);
  expect([unfit, lower].map(({ blockers }) => blockers.map(({ code, pointer }) => `${pointer} ${code}`))).toEqual([
    ['/oldPackages/remove/0 package-served'],
    ['/packages/0 package-not-rising', '/packages/1 package-duplicate'],
  ]);
});

test('an export to which packages are added is planned beside a rollout that it halts', async () => {
  const query = `kind=store-app&applicationId=${APPS.rollout}`;
  const { body } = await send('GET', `/accounts/${account}/export?${query}`);
  const options = { onRunningRollout: 'halt' };

  const nothing = await planOf({ ...(body as object), options });
  const halted = await planOf({ ...(body as object), changes: notes('Next.'), options });
  const replaced = await planOf({
    ...(body as object),
    oldPackages: { remove: ['Contoso.Music_4.1.0.0_x64.msix'] },
    options,
  });

  expect(nothing).toMatchObject({ actions: [], blockers: [] });
  expect(halted.blockers.map(({ code }) => code)).toEqual(['halted-packages']);
  expect(replaced.blockers).toEqual([]);
  expect([halted, replaced].map(({ packages }) => packages.map(({ fate }) => fate))).toEqual([
    ['kept', 'kept'],
    ['kept', 'removed'],
  ]);
});

test('tells all that does not fit, with pointers into the document', async () => {
  const { fileName, upload } = await app.upload('9.0.0.0');
  const document = {
    target: { ...target, applicationId: APPS.simple },
    packages: [{ fileName, source: { upload } }],
    changes: { listings: { 'fr-fr': { baseListing: { releaseNotes: 'Plus rapide.' } } } },
  };

  const plan = await planOf(document);

  expect(plan.blockers).toContainEqual(expect.objectContaining({ code: 'package-identity', pointer: '/packages/0' }));
  expect(plan.blockers.map(({ pointer }) => pointer)).toContain('/changes/listings/fr-fr');
});

test('bytes that are not there, or are no package, block', async () => {
  const missing = { fileName: 'A.msix', source: { upload: `upl_${'0'.repeat(64)}` } };
  const container = await app.rooms.storage.container('uploads');
  await container.getBlockBlobClient('f'.repeat(64)).uploadData(Buffer.from('no package'));
  const broken = { fileName: 'B.msix', source: { upload: `upl_${'f'.repeat(64)}` } };

  const plan = await planOf({ packages: [missing, broken] });

  expect(plan.blockers.map(({ code, pointer }) => `${pointer} ${code}`)).toEqual([
    '/packages/0 source-not-found',
    expect.stringMatching(/^\/packages\/1 /),
  ]);
});

test.each([
  ['of a portal draft', APPS.portalDraft, {}, 'draft-edited-in-portal'],
  ['of a draft that is not ours', APPS.pendingDraft, {}, 'foreign-draft'],
  ['of a rollout that runs', APPS.rollout, {}, 'rollout-running'],
  ['of a price that cannot be seen', APPS.paidHidden, {}, 'price-hidden'],
  ['an app is of another account', APPS.foreign, {}, 'product-forbidden'],
  ['an app is not there', '9NNOTTHERE01', {}, 'product-not-found'],
  ['the API does not serve the app', APPS.unsupported, {}, 'unsupported-features'],
])('a release is blocked because %s', async (_what, applicationId, options, code) => {
  const plan = await planOf({ target: { ...target, applicationId }, changes: notes('Other.'), options });

  expect(plan.blockers.map((blocker) => blocker.code)).toContain(code);
});

test.each([
  ['a draft is replaced', APPS.pendingDraft, { onForeignDraft: 'replace' }, ['deleteSubmission', 'createSubmission']],
  ['a draft is adopted', APPS.pendingDraft, { onForeignDraft: 'adopt' }, ['adoptSubmission', 'updateSubmission']],
  ['a rollout is finalized', APPS.rollout, { onRunningRollout: 'finalize' }, ['finalizeRollout', 'createSubmission']],
  ['a hidden price is sent back unseen', APPS.paidHidden, { price: 'keep-unseen' }, ['createSubmission']],
])('%s where the document says so', async (_what, applicationId, options, first) => {
  const plan = await planOf({ target: { ...target, applicationId }, changes: notes('Other.'), options });

  expect(plan.blockers).toEqual([]);
  expect(plan.actions.slice(0, first.length)).toEqual(first);
});

test.each([
  ['queue', 'waitForRelease', []],
  ['supersede', 'supersedeReleases', []],
  ['refuse', 'createSubmission', ['product-busy']],
])('where another release has the product, onBusy "%s" is planned', async (onBusy, first, blockers) => {
  const key = `store-app:${APPS.published}`;
  await app.rooms.claims.acquire(key, 'rel_other');

  const plan = await planOf({ changes: notes('Other.'), options: { onBusy } });

  expect(plan.actions[0]).toBe(first);
  expect(plan.blockers.map(({ code }) => code)).toEqual(blockers);
  await app.rooms.claims.release(key, 'rel_other');
});

test('what is to be made by its name is planned from nothing', async () => {
  const { fileName, upload } = await app.upload('9.0.0.0');
  const packages = [{ fileName, source: { upload } }];
  const create = { groupIds: ['1152921504606962205'] };
  const flight = { kind: 'store-flight', applicationId: APPS.published, name: 'Nightly' };
  const addOn = { kind: 'store-add-on', applicationId: APPS.published, productId: 'sounds' };

  const made = await planOf({ target: { ...flight, create }, packages });
  const missing = await planOf({ target: flight, packages });
  const sounds = await planOf({
    target: { ...addOn, create: { productType: 'Durable' } },
    changes: { visibility: 'Public' },
  });

  expect(made.actions.slice(0, 2)).toEqual(['createFlight', 'updateSubmission']);
  expect(made).toMatchObject({ packages: [{ fileName, fate: 'added' }], blockers: [] });
  expect(missing.blockers).toEqual([expect.objectContaining({ code: 'product-not-found', pointer: '/target' })]);
  expect(sounds.actions.slice(0, 2)).toEqual(['createAddOn', 'createSubmission']);
});

test('flights and add-ons are planned as apps are', async () => {
  const flight = await planOf({
    target: { kind: 'store-flight', applicationId: APPS.published, name: 'Insiders' },
    changes: { notesForCertification: 'Sign in first.' },
  });
  const addOn = await planOf({
    target: { kind: 'store-add-on', addOnId: ADD_ONS.published },
    changes: { listings: { 'en-us': { title: 'Pro pack II' } } },
  });

  expect(flight).toMatchObject({ target: { flightId: FLIGHTS.published }, blockers: [] });
  expect(flight.diff).toEqual([expect.objectContaining({ path: '/notesForCertification', to: 'Sign in first.' })]);
  expect(addOn).toMatchObject({ packages: [], blockers: [] });
  expect(addOn.diff).toEqual([expect.objectContaining({ path: '/listings/en-us/title', to: 'Pro pack II' })]);
});

test('a document with faults is answered as POST /releases answers it', async () => {
  const answer = await send('POST', '/releases/plan', { account, target, changes: { visibility: 'Everyone' } });

  expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-document' } });
});

test('a plan waits for the request budget rather than begin anew', async () => {
  for (const id of [APPS.published, APPS.simple, APPS.paidTier, APPS.rollout])
    await send('GET', `/accounts/${account}/store/apps/${id}`);

  const plan = await planOf({ changes: notes('Faster.') });

  expect(plan.blockers).toEqual([]);
});
