import type { ReleaseEvent } from '../../src/domain/release-event';
import type { ActivityKey } from './fake-activities';
import { createWorld, final, retryable } from './world';
import type { World } from './world';

let world: World;
afterEach(() => world.close());

const draft = ['draft'];
const publication = ['publication'];

describe('a final failure', () => {
  test.each<[ActivityKey, string, string[]]>([
    ['checkToken', 'acquireToken', []],
    ['inspectPackage', 'checkPackages', []],
    ['acquireClaim', 'checkProduct', []],
    ['lookAtStoreProduct', 'checkProduct', []],
    ['createStoreSubmission', 'createSubmission', []],
    ['updateStoreSubmission', 'updateSubmission', draft],
    ['verifyStoreSubmission', 'updateSubmission', draft],
    ['uploadStorePackages', 'uploadPackages', draft],
    ['commitStoreSubmission', 'commit', draft],
    ['pollStoreSubmission', 'commit', publication],
    ['rememberPublished', 'publish', publication],
  ])('of %s ends the release at %s, tells what is left, and frees the product', async (key, step, left) => {
    world = await createWorld();
    world.twist(key, final('partner-center-unavailable', { correlationId: 'corr', message: 'It broke.' }));

    const view = await world.publish();

    expect(view).toMatchObject({ state: 'failed', waitingFor: null, left });
    expect(view.failure).toMatchObject({ code: 'partner-center-unavailable', step, detail: 'It broke.' });
    expect(view.failure).toMatchObject({ correlationId: 'corr', retryable: false });
    expect(view.steps.at(-1)).toMatchObject({ name: step, state: 'failed' });
    expect(world.queue).toEqual([]);
    expect(world.events.at(-1)).toMatchObject({ type: 'failed', left });
  });

  test.each([
    ['CommitFailed', 'commit-failed', 'commit'],
    ['PreProcessingFailed', 'preprocessing-failed', 'certify'],
    ['CertificationFailed', 'certification-failed', 'certify'],
    ['ReleaseFailed', 'release-failed', 'publish'],
    ['PublishFailed', 'publish-failed', 'publish'],
  ])('of Partner Center, %s, ends the release as %s at %s; the draft stays', async (status, code, step) => {
    world = await createWorld();
    world.product.statuses = ['CommitStarted', status];
    world.product.errors = [{ code: 'PackageValidationFailed', details: 'The package is broken.' }];

    const view = await world.publish();

    expect(view).toMatchObject({ state: 'failed', step, left: draft, failure: { code, step } });
    expect(view.failure?.detail).toContain('The package is broken.');
  });

  test('a commit whose outcome nobody knows leaves a publication', async () => {
    world = await createWorld();
    world.twist('commitStoreSubmission', final('partner-center-unavailable', { unclear: true }));

    const view = await world.publish();

    expect(view).toMatchObject({ state: 'failed', left: publication, failure: { step: 'commit' } });
  });

  test('a submission that is gone leaves nothing', async () => {
    world = await createWorld();
    world.twist('updateStoreSubmission', final('submission-lost'));

    const view = await world.publish();

    expect(view).toMatchObject({ state: 'failed', left: [] });
  });

  test('a claim that cannot be freed does not hide how the release ended', async () => {
    world = await createWorld();
    world.twist('checkToken', final('credential-refused'));
    world.twist('releaseClaim', final('storage-unavailable'));

    const view = await world.publish();

    expect(view.failure?.code).toBe('credential-refused');
  });
});

describe('a retryable failure', () => {
  test.each<[ActivityKey, string]>([
    ['checkToken', 'acquireToken'],
    ['inspectPackage', 'checkPackages'],
    ['createStoreSubmission', 'createSubmission'],
    ['commitStoreSubmission', 'commit'],
  ])('of %s is tried again after growing waits, and told', async (key, step) => {
    world = await createWorld();
    world.twist(key, ...Array.from({ length: 4 }, () => retryable('partner-center-unavailable')));

    const view = await world.publish();

    const times = world.callsOf(key).map((call) => call.at);
    expect(times.slice(1).map((at, index) => at - times[index]!)).toEqual([2_000, 4_000, 8_000, 16_000]);
    expect(world.events.filter((event) => event.type === 'attempt-failed')).toHaveLength(4);
    expect(view.state).toBe('succeeded');
    expect(view.steps.find(({ name }) => name === step)?.attempts).toBe(5);
  });

  test('is not tried before the time that Partner Center named, even when somebody rings', async () => {
    world = await createWorld();
    world.twist('createStoreSubmission', retryable('rate-limited', { retryAfterMs: 300_000 }));
    world.start();
    await world.host.runUntil(() => world.eventTypes.includes('attempt-failed'));
    await world.host.advance(10_000);

    world.ring(world.record.bell);
    await world.finish();

    const [first, second] = world.callsOf('createStoreSubmission');
    expect(second!.at - first!.at).toBe(300_000);
  });

  test('is given up after a day', async () => {
    world = await createWorld();
    world.twist('checkToken', ...Array.from({ length: 500 }, () => retryable('partner-center-unavailable')));

    const view = await world.publish();

    const times = world.callsOf('checkToken').map((call) => call.at);
    expect(view.failure).toMatchObject({ code: 'partner-center-unavailable', retryable: true });
    expect(times.at(-1)! - times[0]!).toBeGreaterThan(23 * 3_600_000);
    expect(times.length).toBeLessThan(200);
  });

  test('with reserved slots sleeps until then and comes back with the ticket; it is no attempt', async () => {
    world = await createWorld();
    const limited = retryable('rate-limited', { ticket: 'ticket-1', retryAfterMs: 120_000 });
    world.twist('createStoreSubmission', limited);

    const view = await world.publish();

    const [first, second] = world.callsOf('createStoreSubmission');
    expect(second!.at - first!.at).toBe(120_000);
    expect(second!.input['ticket']).toBe('ticket-1');
    const told = world.callsOf('checkpoint').flatMap(({ input }) => input['events'] as ReleaseEvent[]);
    const shown = told.find((event) => event.type === 'next-check');
    expect(shown?.at).toBe(new Date(second!.at).toISOString());
    expect(world.eventTypes).not.toContain('attempt-failed');
    expect(view.steps.find(({ name }) => name === 'createSubmission')?.attempts).toBe(1);
  });
});

describe('an activity that is interrupted', () => {
  test.each<ActivityKey>(['beginRun', 'checkpoint', 'createStoreSubmission', 'commitStoreSubmission', 'releaseClaim'])(
    '%s after its work is done again, with one effect',
    async (key) => {
      world = await createWorld();
      world.twist(key, 'work-then-throw');

      const view = await world.publish();

      expect(view.state).toBe('succeeded');
      expect(world.product.done).toEqual(['create', 'update', 'upload', 'commit', 'remember 3000']);
    },
  );

  test('again and again ends the release after a few attempts', async () => {
    world = await createWorld();
    world.twist('checkToken', ...Array.from({ length: 20 }, () => 'throw' as const));

    const view = await world.publish();

    expect(view.failure).toMatchObject({ code: 'activity-interrupted', step: 'acquireToken' });
    expect(world.callsOf('checkToken')).toHaveLength(6);
  });
});

describe('packages', () => {
  test('all faults of all packages are told together, and nothing is made', async () => {
    world = await createWorld({ packages: 3 });
    const fault = (index: number) => ({
      pointer: `/packages/${index}`,
      code: 'hash-mismatch',
      message: `No ${index}.`,
    });
    world.twist(
      'inspectPackage',
      final('package-invalid', { message: 'No 0.', errors: [fault(0)] }),
      'work',
      final('package-unavailable', { message: 'No 2.', errors: [fault(2)] }),
    );

    const view = await world.publish();

    expect(view.failure).toMatchObject({
      code: 'package-invalid',
      detail: 'No 0. No 2.',
      errors: [fault(0), fault(2)],
    });
    expect(world.product.done).toEqual([]);
  });

  test('that cannot be read are told as such', async () => {
    world = await createWorld({ packages: 1 });
    const errors = [{ pointer: '/packages/0', code: 'source-gone', message: 'Gone.' }];
    world.twist('inspectPackage', final('package-unavailable', { errors }));

    const view = await world.publish();

    expect(view.failure).toMatchObject({ code: 'package-unavailable', errors });
  });
});

describe('reading back', () => {
  test('an update that was not stored is sent again, three times at most', async () => {
    world = await createWorld();
    world.twist('verifyStoreSubmission', final('not-stored'), final('not-stored'), final('not-stored'));

    const view = await world.publish();

    expect(view.failure).toMatchObject({ code: 'not-stored', step: 'updateSubmission' });
    expect(world.product.count('update')).toBe(3);
    expect(world.product.count('commit')).toBe(0);
  });

  test('what Partner Center took for another submission fails the release after the commit', async () => {
    world = await createWorld();
    world.twist('verifyStoreSubmission', 'work', final('published-differs'));

    const view = await world.publish();

    expect(view).toMatchObject({ state: 'failed', left: publication });
    expect(view.failure).toMatchObject({ code: 'published-differs', step: 'commit' });
  });
});

describe('the record', () => {
  test('is tried through an outage before the run goes on', async () => {
    world = await createWorld();
    world.twist('checkpoint', ...Array.from({ length: 8 }, () => retryable('storage-unavailable')));

    const view = await world.publish();

    expect(view.state).toBe('succeeded');
    expect(world.records.timeline(world.releaseId).map((row) => row.seq)).toEqual([
      ...new Set(world.callsOf('checkpoint').map(({ input }) => input['seq'])),
    ]);
  });

  test('names the failure of a watch that died, although the watch wrote further', async () => {
    world = await createWorld();
    world.product.statuses = ['Certification'];
    world.start();
    await world.host.runUntil(() => world.callsOf('pollStoreSubmission').length === 5);

    world.host.terminate(world.watchInstance, 'by hand');
    const view = await world.finish();

    expect(view).toMatchObject({ state: 'failed', left: publication });
    expect(view.failure?.code).toBe('run-ended-unexpectedly');
    expect(world.queue).toEqual([]);
  });

  test('that cannot be reached to begin is tried again; a run that is not ours touches nothing', async () => {
    world = await createWorld();
    world.twist('beginRun', retryable('storage-unavailable'), 'throw');
    world.before.set('beginRun', () => {
      if (world.callsOf('beginRun').length === 3) world.records.change(world.releaseId, { runToken: 'another' });
    });

    const view = await world.publish();

    expect(view).toMatchObject({ state: 'queued', step: null });
    expect(world.calls.map(({ key }) => key)).toEqual(['beginRun', 'beginRun', 'beginRun']);
  });
});
