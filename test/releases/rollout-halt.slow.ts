/**
 * A halt goes to the front of the tenant's request budget: with 40 releases in flight, whose requests are booked minutes
 * ahead, its own are sent at once. Time stands still meanwhile.
 */
import { APPS, expectNothingUnhit } from '../support/emulator';
import { account, releaseWorld, type ReleaseApp } from '../support/release-app';
import { changeRelease, command, hour, notes, publishedOf, untilStages } from './rollout-world';

const world = releaseWorld();

beforeEach(() => world().emulator.reset());
afterEach(() => expectNothingUnhit(world().emulator));

/** The requests of the Store API so far, in order. */
function sent(): string[] {
  const entries = world().emulator.actions.journal({});
  return entries.filter(({ path }) => path.startsWith('/v1.0/')).map(({ operation }) => operation);
}

/** 40 releases that have reserved their requests, and sleep until then. */
async function inFlight(app: ReleaseApp): Promise<string[]> {
  const { budget } = await app.rooms.openStore(account);
  // What others have booked: more than anybody waits for.
  for (let booked = 0; booked < 12; booked++) await budget.reserve(4, { maxWaitMs: 0 });
  const ids: string[] = [];
  for (let n = 0; n < 40; n++) ids.push(await changeRelease(app, { percentage: 30 + n }));
  await app.host.settle();
  return ids;
}

let hours = 0;

test.each([
  ['a release whose stages run', 'release', ['haltPackageRollout']],
  ['a submission that is known', 'submission', ['haltPackageRollout']],
  ['a product', 'product', ['getApplication', 'haltPackageRollout']],
] as const)('the halt of %s waits behind nobody', async (_what, how, expected) => {
  const app = await world().app({ PUBLISHER_REQUESTS_PER_MINUTE: '20' });
  // The tests share a tenant: what the one before has booked is over.
  await app.host.advance(hour * ++hours);
  const submissionId = await publishedOf(world().emulator, APPS.rollout);
  const stages = [{ percentage: 5, for: 'PT24H' }];
  const staged = how === 'release' ? await app.release({ ...notes('staged'), options: { rollout: { stages } } }) : '';
  if (how === 'release') await untilStages(app, staged);
  const others = await inFlight(app);
  const before = sent().length;
  const began = app.host.now.getTime();

  if (how === 'release') await command(app, staged, { action: 'halt' });
  else await changeRelease(app, { action: 'halt', ...(how === 'submission' ? { submissionId } : {}) });
  await app.host.settle();

  expect(sent().slice(before, sent().indexOf('haltPackageRollout', before) + 1)).toEqual(expected);
  expect(app.host.now.getTime()).toBe(began);
  // The others have not had their turn: nothing of theirs went before it.
  const views = await Promise.all(others.map((id) => app.view(id)));
  expect(views.filter(({ state }) => state === 'running')).toHaveLength(40);
});
