/**
 * Two processes share the request budget of a tenant, in real time. Takes more than a minute, since that is what the
 * limit is about: `npm run test:slow`.
 */
import { APPS } from '../support/emulator';
import { notes, releaseOf } from '../support/e2e-pipeline';
import { e2eWorld } from '../support/e2e-world';

const limit = 20;
const world = e2eWorld({
  settings: { PUBLISHER_REQUESTS_PER_MINUTE: String(limit) },
  emulator: { switches: { rateLimit: limit } },
});

/** What the limit is about: the Store API, which no other request of this test asks below this path. */
const calls = () =>
  world()
    .emulator.actions.journal()
    .filter(({ path }) => path.includes('/v1.0/my/'));

test('releases and reads of two processes: at most 20 calls in any minute, and never a 429', async () => {
  await Promise.all([world().app('one'), world().app('two')]);
  const [one, two] = [world().pipeline('one'), world().pipeline('two')];
  const products = [APPS.published, APPS.paidTier, APPS.simple, APPS.pendingDraft];
  const releases = await Promise.all(
    [one, two].flatMap((pipeline) =>
      products.map(async (applicationId, index) => {
        const options = { onForeignDraft: 'replace' };
        const text = `${pipeline === one ? 'one' : 'two'} ${index}`;
        return { pipeline, id: (await pipeline.start(releaseOf(applicationId, { ...notes(text), options }))).id };
      }),
    ),
  );
  // More than a minute allows: those beyond the first 20 come in the next one. A read may wait for the one after it.
  await Promise.any(
    releases.map(async ({ pipeline, id }) => {
      while (calls().length < limit + 5) {
        await pipeline.send('GET', '/accounts/contoso/check');
        await pipeline.send('GET', `/releases/${id}?wait=2`);
      }
    }),
  );
  const seen = [...calls()];

  const times = seen.map(({ time }) => time).sort((a, b) => a - b);
  const distances = times.slice(limit).map((time, index) => time - (times[index] ?? 0));
  expect(Math.min(...distances)).toBeGreaterThanOrEqual(60_000);
  expect(seen.filter(({ status }) => status === 429)).toEqual([]);
}, 150_000);
