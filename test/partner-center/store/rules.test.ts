// What the client sees of rules of the service that show in what is stored and told, rather than in a refusal.
import type { WritableSubmission } from '../../../src/partner-center/store';
import { storeFailure } from '../../../src/partner-center/store';
import { ADD_ONS, APPS, emulatorForFile, expectNothingUnhit } from '../../support/emulator';
import { failureOf } from '../fakes';
import { storeOn } from './setup';

const emulator = emulatorForFile();
beforeEach(async () => {
  await emulator().reset();
  await emulator().actions.freezeClock();
});
afterEach(() => expectNothingUnhit(emulator()));

const app = APPS.pendingDraft;
const draft = '1152921505700510041';

async function stored() {
  const { store, call } = storeOn(emulator());
  return (await store.getAppSubmission(app, draft, call)).value;
}

/** The draft with other members, as the service answers them. */
async function update(members: WritableSubmission) {
  const { store, call } = storeOn(emulator());
  return (await store.updateAppSubmission(app, draft, { ...(await stored()), ...members }, call)).value;
}

/** How the draft stands once all has happened that follows its commit. */
async function commit() {
  const { store, call } = storeOn(emulator());
  await store.commitAppSubmission(app, draft, call);
  await emulator().actions.advanceClock('60s');
  return (await store.getAppSubmissionStatus(app, draft, call)).value;
}

describe('a commit', () => {
  it('R31: of a package that was never sent fails, and the state says so', async () => {
    const { applicationPackages = [] } = await stored();
    const pending = { fileName: 'New.msix', fileStatus: 'PendingUpload' };
    await update({ applicationPackages: [...applicationPackages, pending] });

    const { status, statusDetails } = await commit();

    expect(status).toBe('CommitFailed');
    expect(statusDetails.errors).toEqual([{ code: 'MissingFiles', details: expect.any(String) }]);
  });

  it('R32: of texts alone needs nothing in the upload', async () => {
    await update({ notesForCertification: 'No sign-in is needed.' });

    const { status, statusDetails } = await commit();

    expect([status, statusDetails.errors]).toEqual(['Published', []]);
  });

  it('R33: with publish mode Manual waits in Release', async () => {
    await update({ targetPublishMode: 'Manual' });

    expect((await commit()).status).toBe('Release');
  });

  it('R34: makes it the last published one', async () => {
    const { store, call } = storeOn(emulator());

    await commit();
    const { value } = await store.getApplication(app, call);

    expect(value.lastPublishedApplicationSubmission).toMatchObject({ id: draft });
    expect(value.pendingApplicationSubmission).toBeUndefined();
  });

  it('R35: of a language without package and title fails, and the state says what is missing', async () => {
    const { listings = {} } = await stored();
    await update({ listings: { ...listings, 'fr-fr': { baseListing: { description: 'Des notes.' } } } });

    const { status, statusDetails } = await commit();

    expect(status).toBe('CommitFailed');
    expect(statusDetails.errors).toEqual([
      { code: 'InvalidParameterValue', details: expect.stringContaining('MissingTitle') },
    ]);
  });

  it.each([
    ['CommitFailed', 'PackageValidationFailed'],
    ['PreProcessingFailed', 'PackageValidationFailed'],
    ['ReleaseFailed', 'ServiceError'],
    ['PublishFailed', 'ServiceError'],
  ] as const)('R36, R37: that ends in %s keeps the codes of the service', async (result, code) => {
    await emulator().actions.addOutcome({ application: app, result, errors: [{ code, details: 'Its words.' }] });

    const { status, statusDetails } = await commit();

    expect(status).toBe(result);
    expect(statusDetails.errors).toEqual([{ code, details: 'Its words.' }]);
  });
});

describe('an update', () => {
  it('R39: does not move a rollout that the service keeps, whatever is sent', async () => {
    const { packageDeliveryOptions } = await stored();
    const before = packageDeliveryOptions?.packageRollout;
    if (before === undefined) throw new Error('The submission has no rollout.');

    const after = await update({
      packageDeliveryOptions: {
        ...packageDeliveryOptions,
        packageRollout: { ...before, packageRolloutStatus: 'PackageRolloutInProgress', fallbackSubmissionId: '7' },
      },
    });

    expect(before.packageRolloutStatus).toBe('PackageRolloutNotStarted');
    expect(after.packageDeliveryOptions?.packageRollout).toEqual(before);
  });
});

describe('a product', () => {
  it('R40: that has an id of another add-on of its app is not made', async () => {
    const { store, call } = storeOn(emulator());
    const add = { applicationId: APPS.published, productId: 'pro-pack-2', productType: 'Durable' } as const;
    const { value } = await store.createAddOn(add, call);

    const error = await failureOf(store.createAddOn(add, call));

    expect(value).toMatchObject({ productId: 'pro-pack-2', productType: 'Durable' });
    expect(value.pendingInAppProductSubmission).toBeUndefined();
    expect(storeFailure(error)).toMatchObject({ meaning: 'product-conflict', unclear: false, retryable: false });
  });

  it('R41: that was published stays; one that never was goes', async () => {
    const { store, call } = storeOn(emulator());

    const error = await failureOf(store.deleteAddOn(ADD_ONS.published, call));
    const { status } = await store.deleteAddOn(ADD_ONS.neverPublished, call);
    const gone = await failureOf(store.getAddOn(ADD_ONS.neverPublished, call));

    expect(storeFailure(error)).toMatchObject({ meaning: 'product-not-deletable', unclear: false });
    expect(status).toBe(204);
    expect(storeFailure(gone)).toMatchObject({ meaning: 'add-on-not-found' });
  });

  it('R42: a flight is made with its first draft, ranked highest, and its name is free once only', async () => {
    const { store, call } = storeOn(emulator());
    const flight = { friendlyName: 'Nightly', groupIds: ['1152921504606962205'] };

    const { value } = await store.createFlight(app, flight, call);
    const taken = await failureOf(store.createFlight(app, flight, call));
    const unknown = await failureOf(
      store.createFlight(app, { ...flight, friendlyName: 'Weekly', rankHigherThan: 'Nobody' }, call),
    );

    expect(value).toMatchObject({ ...flight, pendingFlightSubmission: { id: expect.stringMatching(/^\d{19}$/) } });
    expect(storeFailure(taken)).toMatchObject({ meaning: 'product-conflict' });
    expect(storeFailure(unknown)).toMatchObject({ meaning: 'invalid-document' });
  });
});

it('R45: the upload address is renewed by reading it, for the same blob', async () => {
  const { store, call } = storeOn(emulator());
  const { value: first } = await store.getUploadUrl(app, draft, call);
  await emulator().actions.advanceClock('2h');

  const { value: second } = await store.getUploadUrl(app, draft, call);

  const blobOf = (address = '') => new URL(address).pathname;
  const later = (second?.expiresAt?.getTime() ?? 0) - (first?.expiresAt?.getTime() ?? 0);
  expect(blobOf(second?.open())).toBe(blobOf(first?.open()));
  // The signature is by the storage's own clock as well, so the two hours are not exact.
  expect(later).toBeGreaterThan(3_600_000);
});
