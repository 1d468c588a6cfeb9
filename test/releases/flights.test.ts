/** Package flights: found or made by name, the same guarantees as apps, and the only submission of a flight is kept. */
import { APPS, FLIGHTS } from '../support/emulator';
import { releaseWorld, requestsOf, type ReleaseApp } from '../support/release-app';

const world = releaseWorld();

beforeEach(() => world().emulator.reset());

const flight = (members: object) => ({
  target: { kind: 'store-flight', applicationId: APPS.published, ...members } as const,
});
const groupIds = ['1152921504606962205'];

async function newPackage(app: ReleaseApp, version = '9.0.0.0', architecture: 'x64' | 'arm64' = 'x64') {
  const { fileName, upload } = await app.upload(version, `Contoso.Notes_${version}_${architecture}.msix`, architecture);
  return { fileName, packages: [{ fileName, source: { upload } }] };
}

interface FlightState {
  readonly friendlyName: string;
  readonly published?: string;
  readonly pending?: string;
}

async function flights(): Promise<Readonly<Record<string, FlightState>>> {
  return ((await world().emulator.actions.state()) as unknown as { flights: Record<string, FlightState> }).flights;
}

async function flightNamed(name: string): Promise<FlightState | undefined> {
  return Object.values(await flights()).find(({ friendlyName }) => friendlyName === name);
}

test('a published flight takes a package by its id, and the app stays as it is', async () => {
  const app = await world().app();
  const { fileName, packages } = await newPackage(app);

  const view = await app.finish(await app.release({ ...flight({ flightId: FLIGHTS.published }), packages }));

  expect(view).toMatchObject({ state: 'succeeded', remote: { status: 'Published' }, left: [] });
  expect((await flights())[FLIGHTS.published]).toMatchObject({ published: view.remote?.submissionId });
  expect(view.packages).toMatchObject([{ fileName }]);
  expect(requestsOf(world().emulator, 'createFlightSubmission')).toBe(1);
  expect(requestsOf(world().emulator, 'commitFlightSubmission')).toBe(1);
  expect(requestsOf(world().emulator, 'createSubmission')).toBe(0);
});

test('a flight is found by its name, without case, and the release shows its id', async () => {
  const app = await world().app();
  const { packages } = await newPackage(app);

  const view = await app.finish(await app.release({ ...flight({ name: 'insiders' }), packages }));

  expect(view).toMatchObject({
    state: 'succeeded',
    target: { kind: 'store-flight', name: 'insiders', flightId: FLIGHTS.published },
  });
});

describe('flights whose names are alike', () => {
  const other = '0f11e000-0000-4000-8000-0000000000ff';
  const listed = (...names: string[]): object =>
    world().emulator.actions.addFault({
      operation: 'listFlights',
      patch: {
        value: names.map((friendlyName, index) => ({
          flightId: index === 0 ? other : FLIGHTS.published,
          friendlyName,
        })),
      },
    });

  test('the one that is written as it was asked for is meant', async () => {
    const app = await world().app();
    const { packages } = await newPackage(app);
    listed('insiders', 'Insiders');

    const view = await app.finish(await app.release({ ...flight({ name: 'Insiders' }), packages }));

    expect(view).toMatchObject({ state: 'succeeded', target: { flightId: FLIGHTS.published } });
  });

  test.each([
    ['written alike', ['Insiders', 'Insiders']],
    ['none of them as it was asked for', ['insiders', 'INSIDERS']],
  ])('%s: which one is meant is for a person to say, and nothing is made', async (_how, names) => {
    const app = await world().app();
    const { packages } = await newPackage(app);
    listed(...names);

    const target = flight({ name: 'Insiders', create: { groupIds } });
    const view = await app.finish(await app.release({ ...target, packages }));

    expect(view).toMatchObject({ state: 'failed', failure: { code: 'product-ambiguous' } });
    expect(view.failure?.detail).toContain(other);
    expect(requestsOf(world().emulator, 'createFlight')).toBe(0);
    expect(requestsOf(world().emulator, 'createFlightSubmission')).toBe(0);
  });
});

test('a flight that is not there is made, and its first submission is the one that is published', async () => {
  const app = await world().app();
  const { packages } = await newPackage(app);

  const view = await app.finish(await app.release({ ...flight({ name: 'Canary', create: { groupIds } }), packages }));

  expect(view).toMatchObject({ state: 'succeeded', remote: { status: 'Published' } });
  expect(await flightNamed('Canary')).toMatchObject({ published: view.remote?.submissionId });
  expect(requestsOf(world().emulator, 'createFlight')).toBe(1);
  expect(requestsOf(world().emulator, 'createFlightSubmission')).toBe(0);
});

test('a flight that is not there, and is not to be made, fails before anything is written', async () => {
  const app = await world().app();
  const { packages } = await newPackage(app);

  const view = await app.finish(await app.release({ ...flight({ name: 'Canary' }), packages }));

  expect(view).toMatchObject({ state: 'failed', failure: { code: 'product-not-found' }, left: [] });
  const changes = world()
    .emulator.actions.journal()
    .filter(({ method }) => method !== 'GET');
  expect(new Set(changes.map(({ operation }) => operation))).toEqual(new Set(['token']));
});

test.each(['cut', '504'])('a flight whose create loses its answer (%s) is made once', async (how) => {
  const app = await world().app();
  const { packages } = await newPackage(app);
  world().emulator.actions.addFault({
    operation: 'createFlight',
    when: 'after',
    ...(how === 'cut' ? { cut: true } : { answer: { status: 504 } }),
  });

  const view = await app.finish(await app.release({ ...flight({ name: 'Canary', create: { groupIds } }), packages }));

  expect(view.state).toBe('succeeded');
  expect(requestsOf(world().emulator, 'createFlight')).toBe(1);
  expect(Object.values(await flights()).filter(({ friendlyName }) => friendlyName === 'Canary')).toHaveLength(1);
});

test('two releases that make the same flight make one', async () => {
  const app = await world().app();
  // For other devices: which of the two goes first is open, and a version must rise above the one before it.
  const [a, b] = [await newPackage(app, '9.0.0.0'), await newPackage(app, '9.1.0.0', 'arm64')];
  const target = flight({ name: 'Canary', create: { groupIds } });

  const ids = [
    await app.release({ ...target, packages: a.packages }),
    await app.release({ ...target, packages: b.packages }),
  ];
  const views = [await app.finish(ids[0]!), await app.finish(ids[1]!)];

  expect(views.map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
  expect(requestsOf(world().emulator, 'createFlight')).toBe(1);
});

test('a cancel before the commit takes a flight back that the release made', async () => {
  const app = await world().app();
  const { packages } = await newPackage(app);
  const id = await app.release({
    ...flight({ name: 'Canary', create: { groupIds } }),
    packages,
    options: { approvals: ['commit'] },
  });
  await app.host.runUntil(() => requestsOf(world().emulator, 'updateFlightSubmission') === 1);
  const cancel = { at: app.host.now.toISOString(), by: null, reason: null, abandon: false, code: 'requested' } as const;

  await app.rooms.releases.requestCancel(id, cancel);
  const view = await app.finish(id);

  expect(view).toMatchObject({ state: 'canceled', left: [] });
  expect(await flightNamed('Canary')).toBeUndefined();
});

test('the draft of somebody else in a flight is refused, as for apps', async () => {
  const app = await world().app();
  const { packages } = await newPackage(app);

  const view = await app.finish(await app.release({ ...flight({ flightId: FLIGHTS.pendingDraft }), packages }));

  expect(view).toMatchObject({ state: 'failed', failure: { code: 'foreign-draft' } });
});

test('a flight that was made in Partner Center is out of reach while its only submission is a draft', async () => {
  const app = await world().app();
  const { packages } = await newPackage(app);

  const view = await app.finish(
    await app.release({ ...flight({ flightId: FLIGHTS.portal }), packages, options: { onForeignDraft: 'replace' } }),
  );

  expect(view).toMatchObject({ state: 'failed', failure: { code: 'draft-edited-in-portal' } });
});

test('the only submission of a flight is not deleted when it failed', async () => {
  const app = await world().app();
  const { packages } = await newPackage(app);
  const target = flight({ name: 'Canary', create: { groupIds } });
  await world().emulator.actions.addOutcome({ result: 'CertificationFailed' });
  expect((await app.finish(await app.release({ ...target, packages }))).state).toBe('failed');
  const again = await newPackage(app, '9.1.0.0');

  const view = await app.finish(await app.release({ ...target, packages: again.packages }));

  expect(view).toMatchObject({ state: 'failed', failure: { code: 'flight-spent' } });
  expect(requestsOf(world().emulator, 'deleteFlightSubmission')).toBe(0);
  expect(await flightNamed('Canary')).toBeDefined();
});
