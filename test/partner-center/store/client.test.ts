import { APPS, CLIENTS, emulatorForFile, expectNothingUnhit } from '../../support/emulator';
import { RolloutStatus, SubmissionStatus } from '../../../src/partner-center/store/enums';
import { UploadUrl } from '../../../src/partner-center/store/upload-url';
import { all } from './rows';
import { storeOn } from './setup';

const emulator = emulatorForFile();
beforeEach(() => emulator().reset());
afterEach(() => expectNothingUnhit(emulator()));

const guid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;
const sent = (operation: string) => emulator().actions.journal({ operation });

describe('applications', () => {
  it('are listed over all pages', async () => {
    const { store, call, allowance } = storeOn(emulator());

    const rows = await all(store.listApplications(call, { top: 4 }));

    expect(rows).toHaveLength(11);
    expect(rows[2]).toMatchObject({ id: APPS.published, primaryName: 'Contoso Notes' });
    expect(sent('listApplications').map(({ path }) => path.split('?')[1])).toEqual([
      'top=4',
      'skip=4&top=4',
      'skip=8&top=4',
    ]);
    expect(allowance.taken()).toBe(3);
  });

  it('are read page by page, only as far as they are wanted', async () => {
    const { store, call } = storeOn(emulator());

    for await (const { id } of store.listApplications(call, { top: 3 })) if (id === APPS.neverPublished) break;

    expect(sent('listApplications')).toHaveLength(1);
  });

  it.each(['200', '404'])('are none when the service says so with %s', async (emptyList) => {
    await emulator().actions.setSwitches({ emptyList });
    const { store, call } = storeOn(emulator(), CLIENTS.empty);

    expect(await all(store.listApplications(call))).toEqual([]);
  });

  it('are read with both of their submissions, and with the family name under its documented name', async () => {
    const { store, call } = storeOn(emulator());

    const { value, correlationId } = await store.getApplication(APPS.pendingDraft, call);

    expect(value).toMatchObject({
      id: APPS.pendingDraft,
      lastPublishedApplicationSubmission: { id: '1152921505700510040' },
      pendingApplicationSubmission: { id: '1152921505700510041' },
      packageFamilyName: expect.stringMatching(/^Contoso\.Drafts_/),
    });
    expect(value).not.toHaveProperty('PackageFamilyName');
    expect(correlationId).toBe(sent('getApplication')[0]?.correlationId);
    expect(correlationId).toMatch(guid);
  });
});

describe('submissions', () => {
  it('are created without a body, read, changed, committed, watched', async () => {
    const { store, call } = storeOn(emulator());

    const { value: made } = await store.createAppSubmission(APPS.published, call);
    const { value: draft } = await store.getAppSubmission(APPS.published, made.id, call);
    const { value: stored } = await store.updateAppSubmission(
      APPS.published,
      made.id,
      { ...draft, notesForCertification: 'Keine Anmeldung nötig — 日本' },
      call,
    );
    const { value: committed, status } = await store.commitAppSubmission(APPS.published, made.id, call);
    const { value: state } = await store.getAppSubmissionStatus(APPS.published, made.id, call);
    await emulator().actions.advanceClock('60s');
    const { value: live } = await store.getAppSubmissionStatus(APPS.published, made.id, call);

    expect(made).toMatchObject({ status: SubmissionStatus.pendingCommit, hasUploadUrl: true });
    expect(draft.applicationPackages).toHaveLength(2);
    expect(stored.notesForCertification).toBe('Keine Anmeldung nötig — 日本');
    expect([status, committed.status]).toEqual([202, SubmissionStatus.commitStarted]);
    expect(state.statusDetails.warnings.map(({ code }) => code)).toContain('SalesUnsupportedWarning');
    expect(live.status).toBe(SubmissionStatus.published);
    const [create] = sent('createSubmission');
    expect(create?.path).toMatch(/submissions\?isMinimalResponse=true$/);
    expect(create?.requestBody ?? '').toBe('');
  });

  it('come back from a PUT as they were sent, and are sent without what is read-only', async () => {
    await emulator().actions.setSwitches({ readOnlyEcho: 'reject' });
    const { store, call } = storeOn(emulator());

    const { value: draft } = await store.getAppSubmission(APPS.pendingDraft, '1152921505700510041', call);
    const { value: stored } = await store.updateAppSubmission(APPS.pendingDraft, draft.id, draft, call);

    expect(stored).toEqual(draft);
    const body = JSON.stringify(sent('updateSubmission')[0]?.requestBody);
    for (const name of ['statusDetails', 'fileUploadUrl', 'friendlyName', 'hasUploadUrl'])
      expect(body).not.toContain(name);
  });

  it('are deleted', async () => {
    const { store, call } = storeOn(emulator());

    const answer = await store.deleteAppSubmission(APPS.pendingDraft, '1152921505700510041', call);
    const { value: app } = await store.getApplication(APPS.pendingDraft, call);

    expect(answer).toMatchObject({ status: 204, value: undefined, correlationId: expect.stringMatching(guid) });
    expect(app.pendingApplicationSubmission).toBeUndefined();
  });

  it('keep their upload address to themselves, but for the one who opens it', async () => {
    const { store, call } = storeOn(emulator());

    const { value: draft } = await store.getAppSubmission(APPS.pendingDraft, '1152921505700510041', call);
    const { value: url } = await store.getUploadUrl(APPS.pendingDraft, '1152921505700510041', call);

    expect(draft.hasUploadUrl).toBe(true);
    expect(JSON.stringify(draft)).not.toContain('sig=');
    expect(url).toBeInstanceOf(UploadUrl);
    expect(url?.open()).toMatch(/^https?:\/\/.*[?&]sig=/);
    expect(url?.expiresAt?.getTime()).toBeGreaterThan(Date.now());
  });

  it('that were made in Partner Center have no upload address', async () => {
    const { store, call } = storeOn(emulator());

    const { value: draft } = await store.getAppSubmission(APPS.portalDraft, '1152921505700510051', call);
    const { value: url } = await store.getUploadUrl(APPS.portalDraft, '1152921505700510051', call);

    expect([draft.hasUploadUrl, url]).toEqual([false, undefined]);
  });
});

describe('package rollouts', () => {
  const id = '1152921505700510061';

  it('are read, moved in the query, and finalized', async () => {
    const { store, call } = storeOn(emulator());

    const { value: before } = await store.getPackageRollout(APPS.rollout, id, call);
    const { value: moved } = await store.updatePackageRolloutPercentage(APPS.rollout, id, 62.5, call);
    const { value: done } = await store.finalizePackageRollout(APPS.rollout, id, call);

    const fallbackSubmissionId = '1152921505700510060';
    expect(before).toEqual({
      isPackageRollout: true,
      packageRolloutPercentage: 25,
      packageRolloutStatus: RolloutStatus.inProgress,
      fallbackSubmissionId,
    });
    expect(moved).toMatchObject({ packageRolloutPercentage: 62.5, packageRolloutStatus: RolloutStatus.inProgress });
    expect(done).toMatchObject({ packageRolloutPercentage: 100, packageRolloutStatus: RolloutStatus.complete });
    expect(sent('updateRolloutPercentage')[0]?.path).toMatch(/percentage=62\.5$/);
  });

  it('are halted', async () => {
    const { store, call } = storeOn(emulator());

    const { value } = await store.haltPackageRollout(APPS.rollout, id, call);

    expect(value).toMatchObject({ packageRolloutPercentage: 0, packageRolloutStatus: RolloutStatus.stopped });
  });
});

describe('every call', () => {
  it('takes one request from its allowance', async () => {
    const { store, call, allowance } = storeOn(emulator());
    const id = '1152921505700510041';

    await store.getApplication(APPS.pendingDraft, call);
    await store.getAppSubmission(APPS.pendingDraft, id, call);
    await store.getAppSubmissionStatus(APPS.pendingDraft, id, call);
    await store.getPackageRollout(APPS.pendingDraft, id, call);
    await store.deleteAppSubmission(APPS.pendingDraft, id, call);
    await store.createAppSubmission(APPS.pendingDraft, call);

    expect(allowance.taken()).toBe(6);
  });

  it('goes on with a new token when the old one is refused', async () => {
    const { store, call } = storeOn(emulator());
    await store.getApplication(APPS.published, call);
    await emulator().actions.revokeTokens();

    await store.createAppSubmission(APPS.published, call);

    expect(sent('createSubmission').map(({ status }) => status)).toEqual([401, 201]);
  });

  it('sends an id of its own each time', async () => {
    const { store, call } = storeOn(emulator());

    await store.getApplication(APPS.published, call);
    await store.getApplication(APPS.published, call);

    const ids = sent('getApplication').map(({ sentCorrelationId }) => sentCorrelationId);
    expect(ids.every((id) => guid.test(id ?? ''))).toBe(true);
    expect(new Set(ids).size).toBe(2);
  });
});
