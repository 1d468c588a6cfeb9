/** The storage is killed under a running release, and started again on what it had written: nothing acknowledged is lost. */
import { APPS, expectNothingUnhit } from '../support/emulator';
import { build, notes, releaseOf, type Pipeline, type ProblemBody } from '../support/e2e-pipeline';
import { expectPublishedOnce, Since } from '../support/e2e-store';
import { e2eWorld } from '../support/e2e-world';

const world = e2eWorld();
const emulator = () => world().emulator;
let pipeline: Pipeline;

beforeAll(async () => {
  await world().app();
  pipeline = world().pipeline();
});
afterEach(() => expectNothingUnhit(emulator()));

test('right after an upload and a release were acknowledged', async () => {
  const since = await Since.now(emulator());
  const built = await build('9.2.0.0');
  const packages = [{ fileName: built.fileName, source: { upload: await pipeline.upload(built) } }];
  const { id } = await pipeline.start(releaseOf(APPS.published, { packages }));
  await world().killStorage();
  await world().restartStorage();
  const again = await pipeline.send<{ state: string }>('POST', '/uploads', {
    body: { sha256: built.sha256, size: built.bytes.length },
  });
  const release = await pipeline.ended(id);

  expect(again.body.state).toBe('ready');
  await expectPublishedOnce(emulator(), since, { release, packages: [built] });
});

test.each(['createSubmission', 'commitSubmission'])(
  'before the answer of %s can be recorded: it is not sent again',
  async (operation) => {
    const since = await Since.now(emulator());
    const fault = emulator().actions.addFault({ operation, when: 'after', hold: true });
    const { id } = await pipeline.start(releaseOf(APPS.published, notes(`unrecorded ${operation}`)));
    await emulator().actions.faultMet(fault.id);
    await world().killStorage();
    emulator().actions.release(fault.id);
    await world().restartStorage();
    const release = await pipeline.ended(id);

    await expectPublishedOnce(emulator(), since, { release });
  },
);

test('while a release waits for approval: a decision is refused until it can be kept', async () => {
  const since = await Since.now(emulator());
  const document = { ...notes('approved late'), options: { approvals: ['commit'] } };
  const { id } = await pipeline.start(releaseOf(APPS.published, document));
  const gateId = await pipeline.atGate(id);
  await world().killStorage();
  const [refused, health] = await Promise.all([
    pipeline.command<ProblemBody>(id, 'approve', { gateId }),
    pipeline.send('GET', '/health'),
  ]);
  await world().restartStorage();
  const waiting = await pipeline.get(id);
  const accepted = await pipeline.command(id, 'approve', { gateId });
  const release = await pipeline.ended(id);

  expect([refused.status, refused.body.code]).toEqual([503, 'storage-unavailable']);
  expect(health.status).toBe(503);
  expect(waiting.state).toBe('waiting');
  expect(accepted.status).toBe(202);
  await expectPublishedOnce(emulator(), since, { release });
});
