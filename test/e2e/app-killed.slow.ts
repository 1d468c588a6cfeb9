/**
 * The app is killed where it hurts, and started again on the same state: every release ends published, once, and what is
 * live is what was asked for.
 */
import { APPS, expectNothingUnhit } from '../support/emulator';
import { build, notes, releaseOf, type Pipeline } from '../support/e2e-pipeline';
import { expectPublishedOnce, Since } from '../support/e2e-store';
import { e2eWorld } from '../support/e2e-world';

// Long enough for a second poll.
const world = e2eWorld({ emulator: { certification: '500ms' } });
const emulator = () => world().emulator;
let pipeline: Pipeline;

beforeAll(async () => {
  await world().app();
  pipeline = world().pipeline();
});
afterEach(() => {
  expectNothingUnhit(emulator());
  emulator().actions.clearFaults();
});

/** A crash, and a start on what it left. */
async function crash(): Promise<void> {
  await (await world().app()).kill();
  await world().app();
}

const isBlock = (method: string | undefined, url: string | undefined): boolean =>
  method === 'PUT' && /\/ingestion\/.*[?&]comp=block&/.test(url ?? '');

test('before its first block and in the middle of the upload: what was sent is not sent again', async () => {
  const since = await Since.now(emulator());
  const built = await build('9.1.0.0', 'Contoso.Notes', 44 * 1024 * 1024);
  const packages = await pipeline.packages(built);
  const first = world().blobs.hold('before', ({ method, url }) => isBlock(method, url));
  const { id } = await pipeline.start(releaseOf(APPS.published, packages));
  await first.met();
  await crash();
  let begun = 0;
  const later = world().blobs.hold('before', ({ method, url }) => isBlock(method, url) && ++begun > 3);
  first.cut();
  // As many as are sent at a time: those before them have been answered.
  await later.met(3);
  await crash();
  later.cut();
  const release = await pipeline.ended(id);

  await expectPublishedOnce(emulator(), since, { release, packages: [built] });
  const sent = world().blobs.passed.filter(({ method, url, status }) => isBlock(method, url) && status === 201);
  const blocks = sent.map(({ url }) => /[?&]blockid=([^&]+)/.exec(url)?.[1]);
  expect(blocks.length).toBeGreaterThan(3);
  expect(blocks).toHaveLength(new Set(blocks).size);
});

test('or is stopped in good order in the middle of the upload, as by a deployment', async () => {
  const since = await Since.now(emulator());
  const built = await build('9.1.1.0', 'Contoso.Notes', 9 * 1024 * 1024);
  const packages = await pipeline.packages(built);
  const held = world().blobs.hold('before', ({ method, url }) => isBlock(method, url));
  const { id } = await pipeline.start(releaseOf(APPS.published, packages));
  await held.met();
  const code = await (await world().app()).stop();
  held.cut();
  await world().app();
  const release = await pipeline.ended(id);

  expect(code).toBe(0);
  expect(release.steps.find(({ name }) => name === 'uploadPackages')).toMatchObject({
    state: 'succeeded',
    attempts: 1,
  });
  await expectPublishedOnce(emulator(), since, { release, packages: [built] });
});

test.each(['createSubmission', 'updateSubmission', 'commitSubmission'])(
  'when %s was applied and its answer is on its way',
  async (operation) => {
    const since = await Since.now(emulator());
    const fault = emulator().actions.addFault({ operation, when: 'after', hold: true });
    const { id } = await pipeline.start(releaseOf(APPS.published, notes(`killed at ${operation}`)));
    await emulator().actions.faultMet(fault.id);
    await crash();
    const release = await pipeline.ended(id);

    await expectPublishedOnce(emulator(), since, { release });
  },
);

test('while it polls', async () => {
  const since = await Since.now(emulator());
  const fault = emulator().actions.addFault({ operation: 'getSubmissionStatus', hold: true, skip: 1 });
  const { id } = await pipeline.start(releaseOf(APPS.published, notes('killed at a poll')));
  await emulator().actions.faultMet(fault.id);
  await crash();
  const release = await pipeline.ended(id);

  await expectPublishedOnce(emulator(), since, { release });
});

test('while one waits for approval and another one is queued behind it', async () => {
  const since = await Since.now(emulator());
  const first = await pipeline.start(
    releaseOf(APPS.published, { ...notes('approved after a crash'), options: { approvals: ['commit'] } }),
  );
  const gateId = await pipeline.atGate(first.id);
  const second = await pipeline.start(releaseOf(APPS.published, notes('queued over a crash')));
  await pipeline.until(second.id, ({ waitingFor }) => waitingFor?.kind === 'release');
  await crash();
  const approved = await pipeline.command(first.id, 'approve', { gateId });
  const ends = [await pipeline.ended(first.id), await pipeline.ended(second.id)];

  expect(approved.status).toBe(202);
  expect(ends.map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
  expect(await since.made(APPS.published)).toEqual(ends.map(({ remote }) => remote?.submissionId));
  expect(since.requests('createSubmission')).toBe(2);
  expect(since.requests('commitSubmission')).toBe(2);
});
