import {
  explainCreateConflict,
  productClient,
  storeFailure,
  type StoreClient,
  type StoreFailure,
  type StoreMeaning,
} from '../../../src/partner-center/store';
import type { Call } from '../../../src/partner-center/http';
import { APPS, CLIENTS, emulatorForFile, expectNothingUnhit } from '../../support/emulator';
import { everythingOf, failureOf } from '../fakes';
import { storeOn } from './setup';

const emulator = emulatorForFile();
beforeEach(() => emulator().reset());
afterEach(() => expectNothingUnhit(emulator()));

type Act = (store: StoreClient, call: Call) => Promise<unknown>;

async function meaningOf(act: Act, identity?: { clientId: string; clientSecret: string }): Promise<StoreFailure> {
  const { store, call } = storeOn(emulator(), identity);
  const error = await failureOf(act(store, call));
  expect(everythingOf(error)).not.toMatch(/eyJ|sig=|Contoso~/);
  const failure = storeFailure(error);
  if (failure === undefined) throw error;
  return failure;
}

const draft = '1152921505700510041';
const portal = '1152921505700510051';
const failedOne = '1152921505700510101';
const published = '1152921505700510003';
const submitted: Act = async (store, call) => {
  await store.commitAppSubmission(APPS.pendingDraft, draft, call);
  await emulator().actions.advanceClock('30s');
};

describe("the service's own refusals", () => {
  const cases: [StoreMeaning, string, Act][] = [
    ['create-conflict', 'a draft is pending', (store, call) => store.createAppSubmission(APPS.pendingDraft, call)],
    ['create-conflict', 'a rollout runs', (store, call) => store.createAppSubmission(APPS.rollout, call)],
    ['create-conflict', 'a failed one is pending', (store, call) => store.createAppSubmission(APPS.failed, call)],
    ['unsupported-features', 'read', (store, call) => store.getApplication(APPS.unsupported, call)],
    ['unsupported-features', 'create', (store, call) => store.createAppSubmission(APPS.unsupported, call)],
    [
      'draft-edited-in-portal',
      'change',
      (store, call) => store.updateAppSubmission(APPS.portalDraft, portal, {}, call),
    ],
    ['draft-edited-in-portal', 'commit', (store, call) => store.commitAppSubmission(APPS.portalDraft, portal, call)],
    ['draft-edited-in-portal', 'delete', (store, call) => store.deleteAppSubmission(APPS.portalDraft, portal, call)],
    [
      'submission-not-found',
      'read',
      (store, call) => store.getAppSubmission(APPS.published, '1152921505700599999', call),
    ],
    [
      'submission-not-found',
      'delete',
      (store, call) => store.deleteAppSubmission(APPS.published, '1152921505700599999', call),
    ],
    ['application-not-found', 'read', (store, call) => store.getApplication('9NNOBODY0001', call)],
    ['application-not-found', 'create', (store, call) => store.createAppSubmission('9NNOBODY0001', call)],
    ['other-product', 'read', (store, call) => store.getAppSubmission(APPS.published, draft, call)],
    ['not-deletable', 'published', (store, call) => store.deleteAppSubmission(APPS.published, published, call)],
    ['wrong-state', 'commit of a failed one', (store, call) => store.commitAppSubmission(APPS.failed, failedOne, call)],
    ['rollout-not-running', 'halt', (store, call) => store.haltPackageRollout(APPS.published, published, call)],
    ['rollout-not-running', 'finalize', (store, call) => store.finalizePackageRollout(APPS.published, published, call)],
    [
      'rollout-not-running',
      'move',
      (store, call) => store.updatePackageRolloutPercentage(APPS.published, published, 5, call),
    ],
    [
      'invalid-document',
      'percentage',
      (store, call) => store.updatePackageRolloutPercentage(APPS.rollout, '1152921505700510061', 101, call),
    ],
    ['forbidden', "somebody else's app", (store, call) => store.getApplication(APPS.foreign, call)],
  ];

  it.each(cases)('%s: %s', async (meaning, _, act) => {
    const failure = await meaningOf(act);

    expect(failure).toMatchObject({ meaning, unclear: false, retryable: false });
    expect(failure.correlationId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('not-deletable and wrong-state: once it is in certification', async () => {
    const { store, call } = storeOn(emulator());
    const { value } = await store.getAppSubmission(APPS.pendingDraft, draft, call);
    await submitted(store, call);

    expect(await meaningOf((s, c) => s.deleteAppSubmission(APPS.pendingDraft, draft, c))).toMatchObject({
      meaning: 'not-deletable',
    });
    expect(await meaningOf((s, c) => s.updateAppSubmission(APPS.pendingDraft, draft, value, c))).toMatchObject({
      meaning: 'wrong-state',
    });
    expect(await meaningOf((s, c) => s.commitAppSubmission(APPS.pendingDraft, draft, c))).toMatchObject({
      meaning: 'wrong-state',
    });
  });

  it('invalid-document: with its sentence, for people', async () => {
    const { store, call } = storeOn(emulator());
    const { value } = await store.getAppSubmission(APPS.pendingDraft, draft, call);

    const listings = await meaningOf((s, c) =>
      s.updateAppSubmission(APPS.pendingDraft, draft, { ...value, listings: {} }, c),
    );
    const packages = await meaningOf((s, c) =>
      s.updateAppSubmission(APPS.pendingDraft, draft, { ...value, applicationPackages: [] }, c),
    );

    expect(listings).toMatchObject({
      meaning: 'invalid-document',
      target: 'appListings',
      messages: ['The size of AppListings must be 1 or more'],
    });
    expect(packages).toMatchObject({ meaning: 'invalid-document', target: 'packages', code: 'InvalidParameterValue' });
    expect(packages.messages[0]).toMatch(/^Please keep all file entries/);
  });

  it.each<[StoreMeaning, { clientId: string; clientSecret: string }, Act]>([
    ['unauthorized', CLIENTS.stranger, (store, call) => store.getApplication(APPS.published, call)],
    ['not-onboarded', CLIENTS.notOnboarded, (store, call) => store.getApplication(APPS.published, call)],
    ['forbidden', CLIENTS.reader, (store, call) => store.createAppSubmission(APPS.published, call)],
  ])('%s', async (meaning, identity, act) => {
    expect(await meaningOf(act, identity)).toMatchObject({ meaning, unclear: false, retryable: false });
  });

  it('not-onboarded: lasts, though it is a 503, and like every 503 leaves open what became of a change', async () => {
    const create: Act = (store, call) => store.createAppSubmission(APPS.published, call);

    const failure = await meaningOf(create, CLIENTS.notOnboarded);

    expect(failure).toMatchObject({ meaning: 'not-onboarded', status: 503, unclear: true, retryable: false });
  });
});

describe('what passes', () => {
  const create: Act = (store, call) => store.createAppSubmission(APPS.published, call);
  const read: Act = (store, call) => store.getApplication(APPS.published, call);
  const fault = (operation: string, more: object, times = 1) =>
    emulator().actions.addFault({ operation, times, ...more });

  it.each<[StoreMeaning, object]>([
    ['server', { answer: { status: 500 } }],
    ['server', { answer: { status: 502 } }],
    ['server', { when: 'after', answer: { status: 504, body: 'html' } }],
    ['server', { answer: { status: 503, retryAfter: { seconds: 120 } } }],
    ['no-response', { cut: true }],
    ['no-response', { when: 'after', cut: true }],
    ['malformed-answer', { when: 'after', answer: { status: 201, body: 'html' } }],
  ])('%s, unclear for a change, which is sent once: %j', async (meaning, what) => {
    fault('createSubmission', what);

    const failure = await meaningOf(create);

    expect(failure).toMatchObject({ meaning, unclear: true, retryable: true });
    expect(emulator().actions.journal({ operation: 'createSubmission' })).toHaveLength(1);
  });

  it('is never unclear for a read, which was tried again', async () => {
    fault('getApplication', { answer: { status: 500 } }, 4);

    expect(await meaningOf(read)).toMatchObject({ meaning: 'server', unclear: false, retryable: true });
  });

  it('a page instead of an answer: a read is tried again', async () => {
    fault('getApplication', { answer: { status: 200, body: 'html' } });
    const { store, call } = storeOn(emulator());

    const { value } = await store.getApplication(APPS.published, call);

    expect(value.id).toBe(APPS.published);
  });

  it.each([{ seconds: 45 }, { dateIn: 45 }])('throttled, with the time to wait: %j', async (retryAfter) => {
    fault('createSubmission', { answer: { status: 429, retryAfter } });

    const failure = await meaningOf(create);

    expect(failure).toMatchObject({ meaning: 'throttled', unclear: false, retryable: true });
    expect(failure.retryAfterMs).toBeGreaterThan(43_000);
    expect(failure.retryAfterMs).toBeLessThanOrEqual(45_000);
  });

  it('timeout, unclear for a change', async () => {
    const held = fault('createSubmission', { hold: true });
    const { store, call } = storeOn(emulator(), undefined, { timeouts: { requestMs: 100 } });

    const error = await failureOf(store.createAppSubmission(APPS.published, call));
    emulator().actions.release(held.id);

    expect(storeFailure(error)).toMatchObject({ meaning: 'timeout', unclear: true, retryable: true });
  });

  it('no-response that was never sent: nothing is unclear', async () => {
    const { store, call } = storeOn(emulator(), undefined, { baseUrl: 'https://localhost:9/v1.0/my/' });

    const error = await failureOf(store.createAppSubmission(APPS.published, call));

    expect(storeFailure(error)).toMatchObject({ meaning: 'no-response', unclear: false, retryable: true });
  });

  it('says nothing of errors that are not its own', () => {
    expect(storeFailure(new Error('a bug'))).toBeUndefined();
  });
});

describe('a conflict on create', () => {
  it('is explained by what the app looks like', async () => {
    const { store, call } = storeOn(emulator());

    const appOf = (applicationId: string) => productClient(store, { kind: 'store-app', applicationId });
    const pending = await appOf(APPS.pendingDraft).getProduct(call);
    const rolling = await appOf(APPS.rollout).getProduct(call);
    const rollout = await store.getPackageRollout(APPS.rollout, '1152921505700510061', call);

    expect(explainCreateConflict(pending.value)).toBe('submission-pending');
    expect(explainCreateConflict(rolling.value, rollout.value)).toBe('rollout-running');
    expect(explainCreateConflict(rolling.value)).toBe('unknown');
  });
});
