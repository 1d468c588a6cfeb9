/** What becomes of packages that are there, and which new ones are refused before anything is made, through the whole app. */
import { createHash } from 'node:crypto';
import { sampleBundle } from '../../commands/sample-package';
import { readPlan } from '../../src/activities/plan-file';
import { FunctionName } from '../../src/contracts/names';
import type { ReleaseDocument } from '../../src/domain/release-document';
import type { ReleaseView } from '../../src/domain/release';
import { uploadId } from '../../src/packages';
import { APPS, expectNothingUnhit, FLIGHTS } from '../support/emulator';
import { releaseWorld, requestsOf, type ReleaseApp, type SamplePackage } from '../support/release-app';
import { command, untilStages } from './rollout-world';

const world = releaseWorld();

beforeEach(() => world().emulator.reset());
afterEach(() => expectNothingUnhit(world().emulator));

const x64 = 'Contoso.Notes_1.4.0.0_x64.msix';
const arm64 = 'Contoso.Notes_1.4.0.0_ARM64.msix';
const stages = [{ percentage: 10, for: 'PT2H' }];
const rollout = { stages, finalize: true };

function packagesOf(
  ...samples: readonly Pick<SamplePackage, 'fileName' | 'upload'>[]
): Pick<ReleaseDocument, 'packages'> {
  return { packages: samples.map(({ fileName, upload }) => ({ fileName, source: { upload } })) };
}

interface Content {
  readonly applicationPackages?: readonly { readonly fileName: string }[];
  readonly flightPackages?: readonly { readonly fileName: string }[];
}

/** The file names that are live, of the app or of its flight. */
async function liveNames(of: 'app' | 'flight' = 'app'): Promise<string[]> {
  const { applications, flights, submissions } = (await world().emulator.actions.state()) as {
    applications: Record<string, { published: string }>;
    flights: Record<string, { published: string }>;
    submissions: Record<string, { content: Content }>;
  };
  const { published } = (of === 'app' ? applications[APPS.published] : flights[FLIGHTS.published])!;
  const { applicationPackages, flightPackages } = submissions[published]!.content;
  return (applicationPackages ?? flightPackages ?? []).map(({ fileName }) => fileName);
}

async function finish(app: ReleaseApp, document: Partial<ReleaseDocument>): Promise<ReleaseView> {
  return app.finish(await app.release(document));
}

/** A new version, whose rollout is halted in its first stage. */
async function halted(app: ReleaseApp, version: string): Promise<SamplePackage> {
  const sample = await app.upload(version);
  const id = await app.release({ ...packagesOf(sample), options: { rollout } });
  await untilStages(app, id);
  await command(app, id, { action: 'halt' });
  await app.host.settle();
  expect(await app.view(id)).toMatchObject({ state: 'canceled', cancellation: { code: 'rollout-halted' } });
  return sample;
}

function faultsOf({ failure }: ReleaseView): string[] {
  return (failure?.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`);
}

describe('with a rollout', () => {
  test('what everyone else runs stays, also when nothing is to be kept, until a release without one', async () => {
    const app = await world().app();
    const staged = await app.upload('9.0.0.0');
    const next = await app.upload('9.1.0.0');

    const first = await finish(app, { ...packagesOf(staged), oldPackages: { keep: 0 }, options: { rollout } });
    const beside = await liveNames();
    const second = await finish(app, { ...packagesOf(next), oldPackages: { keep: 0 } });

    expect([first, second].map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
    expect(beside).toEqual([x64, arm64, staged.fileName]);
    expect(await liveNames()).toEqual([arm64, next.fileName]);
  });

  test('it stays in a flight', async () => {
    const app = await world().app();
    const target = { kind: 'store-flight', applicationId: APPS.published, flightId: FLIGHTS.published } as const;
    const before = await liveNames('flight');
    const sample = await app.upload('9.0.0.0');

    await finish(app, { target, ...packagesOf(sample), oldPackages: { keep: 0 }, options: { rollout } });

    expect(await liveNames('flight')).toEqual([...before, sample.fileName]);
  });

  test('taking it out by its name is refused before anything is made', async () => {
    const app = await world().app();
    const sample = await app.upload('9.0.0.0');

    const view = await finish(app, {
      ...packagesOf(sample),
      oldPackages: { remove: ['Lost.msix', x64] },
      options: { rollout },
    });

    expect(view).toMatchObject({ state: 'failed', failure: { code: 'document-unfit', step: 'checkProduct' } });
    expect(faultsOf(view)).toEqual(['/oldPackages/remove/0 package-not-found', '/oldPackages/remove/1 package-served']);
    expect(requestsOf(world().emulator, 'createSubmission')).toBe(0);
  });
});

describe('after a halt', () => {
  test('the halted version is none of those that are kept', async () => {
    const app = await world().app();
    await halted(app, '9.0.0.0');
    const sample = await app.upload('9.1.0.0');

    const view = await finish(app, { ...packagesOf(sample), oldPackages: { keep: 1 } });

    expect(view).toMatchObject({ state: 'succeeded', failure: null });
    expect(await liveNames()).toEqual([x64, arm64, sample.fileName]);
  });

  test('the next rollout leaves what everyone runs, and not what was halted', async () => {
    const app = await world().app();
    await halted(app, '9.0.0.0');
    const sample = await app.upload('9.1.0.0');

    const view = await finish(app, { ...packagesOf(sample), oldPackages: { keep: 0 }, options: { rollout } });

    expect(view).toMatchObject({ state: 'succeeded', failure: null });
    expect(await liveNames()).toEqual([x64, arm64, sample.fileName]);
  });

  test('a release that leaves the halted package is refused, until it names it', async () => {
    const app = await world().app();
    const stopped = await halted(app, '9.0.0.0');
    const sample = await app.upload('9.1.0.0');
    const made = requestsOf(world().emulator, 'createSubmission');

    const left = await finish(app, packagesOf(sample));
    const madeThen = requestsOf(world().emulator, 'createSubmission');
    const named = await finish(app, { ...packagesOf(sample), oldPackages: { remove: [stopped.fileName] } });

    expect(left).toMatchObject({ state: 'failed', failure: { code: 'halted-packages' } });
    expect(madeThen).toBe(made);
    expect(named).toMatchObject({ state: 'succeeded', failure: null });
    expect(await liveNames()).toEqual([x64, arm64, sample.fileName]);
  });

  test('killed before the update, it looks again at what everyone runs', async () => {
    const app = await world().app();
    await halted(app, '9.0.0.0');
    const sample = await app.upload('9.1.0.0');
    app.host.killAt('activity-starting', FunctionName.updateStoreSubmission);

    const id = await app.release({ ...packagesOf(sample), oldPackages: { keep: 0 }, options: { rollout } });
    await app.finish(id);
    app.host.restart();
    const view = await app.finish(id);

    expect(view).toMatchObject({ state: 'succeeded', failure: null });
    expect(await liveNames()).toEqual([x64, arm64, sample.fileName]);
  });
});

test('bundles that were published from here make room for the next one', async () => {
  const app = await world().app();
  const bundle = async (version: string): Promise<Pick<SamplePackage, 'fileName' | 'upload'>> => {
    const inner = { name: 'Contoso.Notes', publisher: 'CN=0BE04A07-4250-427B-B4BC-000000000001', version };
    const packages = (['x64', 'arm64'] as const).map((architecture) => ({
      fileName: `${architecture}.msix`,
      options: { ...inner, architecture },
    }));
    const bytes = await sampleBundle({ ...inner, packages });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await (await app.rooms.storage.container('uploads')).getBlockBlobClient(sha256).uploadData(bytes);
    return { fileName: `Contoso.Notes_${version}.msixbundle`, upload: uploadId(sha256) };
  };
  const [first, second] = [await bundle('9.0.0.0'), await bundle('9.1.0.0')];

  await finish(app, packagesOf(first));
  const view = await finish(app, { ...packagesOf(second), oldPackages: { keep: 0 } });

  expect(view).toMatchObject({ state: 'succeeded', failure: null });
  expect(await liveNames()).toEqual([second.fileName]);
});

describe('new packages that', () => {
  test('do not rise, or are there already, are refused together, and no submission is made', async () => {
    const app = await world().app();
    const lower = await app.upload('1.3.0.0', 'Lower.msix');
    const same = await app.upload('1.4.0.0', 'Same.msix');
    const [good, twin] = [await app.upload('9.0.0.0', 'Good.msix'), await app.upload('9.0.0.0', 'Twin.msix')];
    const document = { ...packagesOf(lower, same, good, twin), oldPackages: { remove: ['Lost.msix'] } };

    const view = await finish(app, document);

    expect(view).toMatchObject({
      state: 'failed',
      failure: { code: 'document-unfit', step: 'checkProduct' },
      left: [],
    });
    expect(faultsOf(view)).toEqual([
      '/oldPackages/remove/0 package-not-found',
      '/packages/0 package-not-rising',
      '/packages/1 package-duplicate',
      '/packages/3 package-duplicate',
    ]);
    expect(requestsOf(world().emulator, 'createSubmission')).toBe(0);
  });

  test('have a lower version go live where the higher one is taken out by its name', async () => {
    const app = await world().app();
    const lower = await app.upload('1.3.0.0');

    const view = await finish(app, { ...packagesOf(lower), oldPackages: { remove: [x64] } });

    expect(view).toMatchObject({ state: 'succeeded', failure: null });
    expect(await liveNames()).toEqual([arm64, lower.fileName]);
  });

  test('are there with the same bytes are no new ones, and the others are told at their own places', async () => {
    const app = await world().app();
    const known = await app.upload('9.0.0.0');
    await finish(app, packagesOf(known));
    const lower = await app.upload('8.0.0.0');

    const view = await finish(app, packagesOf(known, lower));

    expect(faultsOf(view)).toEqual(['/packages/1 package-not-rising']);
  });
});

test('the plan that a release keeps has the fates that it then brings about', async () => {
  const app = await world().app();
  const stopped = await halted(app, '9.0.0.0');
  const sample = await app.upload('9.1.0.0');

  const id = await app.release({ ...packagesOf(sample), oldPackages: { keep: 0 }, options: { rollout } });
  await app.finish(id);

  const { packages } = (await readPlan(app.rooms.work, id))!;
  expect(packages.map(({ fileName, fate }) => [fileName, fate])).toEqual([
    [x64, 'kept'],
    [arm64, 'kept'],
    [stopped.fileName, 'removed'],
    [sample.fileName, 'added'],
  ]);
  expect(await liveNames()).toEqual(packages.filter(({ fate }) => fate !== 'removed').map(({ fileName }) => fileName));
});
