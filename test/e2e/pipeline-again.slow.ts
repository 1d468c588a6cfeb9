/**
 * A pipeline dies and is started again, with the same document: with an `Idempotency-Key` and without, wherever it was,
 * there is one stored upload, one release, one submission and one commit.
 */
import { BlobServiceClient } from '@azure/storage-blob';
import type { Release } from '../../src/contracts/release';
import { APPS, expectNothingUnhit } from '../support/emulator';
import { build, notes, Pipeline, releaseOf, type BuiltPackage, type ProblemBody } from '../support/e2e-pipeline';
import { startE2eProxy, type E2eProxy } from '../support/e2e-proxy';
import { expectPublishedOnce, Since } from '../support/e2e-store';
import { e2eWorld } from '../support/e2e-world';

// Two processes share the records here, and not the engine, as they would in Azure: each one's sweep takes the runs of the
// other for lost. It does not come here.
const world = e2eWorld({ settings: { PUBLISHER_SWEEP_SCHEDULE: '0 0 0 1 1 *' } });
const emulator = () => world().emulator;
let front: E2eProxy;
let pipeline: Pipeline;

beforeAll(async () => {
  const app = await world().app();
  front = await startE2eProxy(app.url);
  pipeline = new Pipeline(() => ({ url: front.url, hostKey: app.hostKey }));
});
afterAll(() => front.close());
afterEach(() => expectNothingUnhit(emulator()));

/** One build of a product; its pipeline always sends the same. */
interface Build {
  readonly applicationId: string;
  readonly built: BuiltPackage;
  readonly label: string;
  readonly key: string | undefined;
}

/** What a pipeline does until it dies. */
type Attempt = (build: Build) => Promise<void>;

let version = 0;

/** Two builds of two products, told apart by how they repeat themselves. */
async function twoBuilds(): Promise<{ keyed: Build; keyless: Build }> {
  version++;
  const of = async (applicationId: string, identity: string, key?: string): Promise<Build> => ({
    applicationId,
    built: await build(`9.3.${version}.0`, identity, 2_500_000),
    label: `build-${version}`,
    key,
  });
  return {
    keyed: await of(APPS.published, 'Contoso.Notes', `build-${version}`),
    keyless: await of(APPS.simple, 'Contoso.Sketch'),
  };
}

function startOf({ applicationId, built, label, key }: Build, by: Pipeline = pipeline): Promise<Release> {
  const packages = [{ fileName: built.fileName, source: { upload: `upl_${built.sha256}` } }];
  return by.start(releaseOf(applicationId, { packages, labels: { build: label } }), key);
}

/** The whole pipeline, undisturbed. */
async function whole(one: Build): Promise<Release> {
  await pipeline.upload(one.built);
  const { id } = await startOf(one);
  return pipeline.ended(id);
}

async function releasesOf({ applicationId, label }: Build): Promise<readonly Release[]> {
  const path = `/releases?product=${applicationId}&label=${encodeURIComponent(`build=${label}`)}`;
  return (await pipeline.send<{ value: Release[] }>('GET', path)).body.value;
}

async function storedUploads({ built }: Build): Promise<number> {
  const service = BlobServiceClient.fromConnectionString(world().connectionString);
  let count = 0;
  for await (const { name } of service.getContainerClient('uploads').listBlobsFlat()) {
    if (name === built.sha256) count++;
  }
  return count;
}

const nothing: Attempt = async ({ built: { sha256, bytes } }) => {
  await pipeline.send('POST', '/uploads', { body: { sha256, size: bytes.length } });
};

const halfAnUpload: Attempt = async ({ built }) => {
  let blocks = 0;
  const isLater = (url = ''): boolean => url.includes(built.sha256) && url.includes('comp=block&') && ++blocks > 2;
  const held = world().blobs.hold('before', ({ url }) => isLater(url));
  const death = new AbortController();
  const upload = pipeline.upload(built, death.signal);
  await held.met();
  death.abort();
  await expect(upload).rejects.toThrow();
  held.cut();
};

const anUpload: Attempt = async ({ built }) => void (await pipeline.upload(built));

const aLostAnswer: Attempt = async (one) => {
  await pipeline.upload(one.built);
  const held = front.hold(
    'after',
    ({ url, headers }) => url === '/api/releases' && headers['idempotency-key'] === one.key,
  );
  const answer = startOf(one);
  await held.met();
  held.cut();
  await expect(answer).rejects.toThrow();
};

const aRunningRelease: Attempt = async (one) => {
  await pipeline.upload(one.built);
  const { id } = await startOf(one);
  await pipeline.until(id, ({ state }) => state === 'running');
};

test.each<[string, Attempt]>([
  ['before the upload', nothing],
  ['in the middle of the upload', halfAnUpload],
  ['after the upload', anUpload],
  ['after it asked for the release and never got the answer', aLostAnswer],
  ['while the release runs', aRunningRelease],
])('killed %s', async (_name, dies) => {
  const since = await Since.now(emulator());
  const { keyed, keyless } = await twoBuilds();
  await Promise.all([dies(keyed), dies(keyless)]);
  const [withKey, without] = await Promise.all([whole(keyed), whole(keyless)]);

  for (const [one, release] of [
    [keyed, withKey],
    [keyless, without],
  ] as const) {
    expect((await releasesOf(one)).map(({ id }) => id)).toEqual([release.id]);
    expect(await storedUploads(one)).toBe(1);
    await expectPublishedOnce(emulator(), since, { release, packages: [one.built] });
  }
});

test('after the end: with a key it finds its release; without one, another release finds everything live', async () => {
  const since = await Since.now(emulator());
  const { keyed, keyless } = await twoBuilds();
  const [withKey, without] = await Promise.all([whole(keyed), whole(keyless)]);
  const [keyedAgain, keylessAgain] = await Promise.all([whole(keyed), whole(keyless)]);

  expect(keyedAgain.id).toBe(withKey.id);
  expect(keylessAgain.id).not.toBe(without.id);
  expect(keylessAgain).toMatchObject({ state: 'succeeded', remote: { submissionId: without.remote?.submissionId } });
  expect([(await releasesOf(keyed)).length, (await releasesOf(keyless)).length]).toEqual([1, 2]);
  for (const [one, release] of [
    [keyed, keyedAgain],
    [keyless, keylessAgain],
  ] as const) {
    expect(await storedUploads(one)).toBe(1);
    await expectPublishedOnce(emulator(), since, { release, packages: [one.built] });
  }
});

test('sent to two processes at once, several times: one release, one submission', async () => {
  const since = await Since.now(emulator());
  const { keyed, keyless } = await twoBuilds();
  await world().app('second');
  const pipelines = [pipeline, world().pipeline('second')];
  await Promise.all([keyed, keyless].map(({ built }) => pipeline.upload(built)));
  const sent = await Promise.all(
    [keyed, keyless].map(async (one) => {
      const starts = [0, 1, 2, 3, 4, 5].map((turn) => startOf(one, pipelines[turn % 2]));
      return (await Promise.all(starts)).map(({ id }) => id);
    }),
  );

  for (const [index, one] of [keyed, keyless].entries()) {
    const [id = '', ...others] = new Set(sent[index]);
    expect(others).toEqual([]);
    await expectPublishedOnce(emulator(), since, { release: await pipeline.ended(id), packages: [one.built] });
  }
});

test('a key that was used for another document is refused', async () => {
  const of = (text: string) => releaseOf(APPS.published, notes(text));
  const { id } = await pipeline.start(of('one'), 'a key');

  const other = await pipeline.send<ProblemBody>('POST', '/releases', {
    body: of('another'),
    headers: { 'idempotency-key': 'a key' },
  });

  expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused']);
  expect((await pipeline.ended(id)).state).toBe('succeeded');
});
