import fc from 'fast-check';
import { applyEvent } from '../../src/domain/apply-event';
import { describeFailure } from '../../src/domain/describe-failure';
import { hasEnded, storeSteps } from '../../src/domain/release';
import type { ReleaseView } from '../../src/domain/release';
import type { ReleaseEvent } from '../../src/domain/release-event';
import { requeued } from '../../src/domain/requeue';
import { at, newView, remote } from './samples';

const failure = describeFailure({ code: 'commit-failed', message: 'no', retryable: false }, 'commit');
const cancellation = { code: 'requested', by: 'ada', reason: null } as const;
const approval = { kind: 'approval', gate: 'commit', gateId: 'g', since: at(1), expiresAt: at(2) } as const;

/** Every kind of event. */
const events: readonly ReleaseEvent[] = [
  { type: 'run-started' },
  ...storeSteps.map((step) => ({ type: 'step-started', step }) as const),
  { type: 'step-skipped', step: 'uploadPackages', why: 'nothing to upload' },
  { type: 'attempt-failed', step: 'commit', code: 'rate-limited', message: '', correlationId: null, retryAt: at(9) },
  { type: 'progress', step: 'uploadPackages', done: 1, total: 2 },
  { type: 'waiting', waitingFor: { kind: 'release', release: 'rel_0', since: at(1) } },
  { type: 'waiting', waitingFor: { kind: 'publication', since: at(1) } },
  { type: 'waiting', waitingFor: approval },
  { type: 'waiting', waitingFor: { kind: 'publisher', since: at(1) } },
  { type: 'resumed' },
  { type: 'packages-checked', packages: [] },
  { type: 'leftover-cleared', submissionId: '1', why: 'own' },
  { type: 'submission-made', submissionId: '2', how: 'created' },
  { type: 'remote-seen', remote: remote('Certification'), polls: 3 },
  { type: 'next-check', at: at(5), stalledSince: null },
  { type: 'decided', decision: { gate: 'commit', decision: 'approved', by: null, at: at(3), comment: null } },
  { type: 'succeeded', left: [] },
  { type: 'failed', failure, left: ['draft'] },
  { type: 'canceled', cancellation, left: [] },
];

function fold(timeline: readonly ReleaseEvent[], from = newView()): ReleaseView {
  return timeline.reduce((view, event, index) => applyEvent(view, event, at(index + 1)), from);
}

test('a timeline folds to the release that people see', () => {
  const view = fold([
    { type: 'run-started' },
    { type: 'step-started', step: 'acquireToken' },
    { type: 'step-skipped', step: 'checkPackages', why: 'none' },
    { type: 'step-started', step: 'commit' },
    { type: 'attempt-failed', step: 'commit', code: 'rate-limited', message: '', correlationId: null, retryAt: at(9) },
    { type: 'remote-seen', remote: remote('CommitStarted'), polls: 0 },
    { type: 'succeeded', left: [] },
  ]);

  expect(view).toMatchObject({ state: 'succeeded', step: 'commit', rev: 8, updatedAt: at(7), endedAt: at(7) });
  expect(view).toMatchObject({ remote: { status: 'CommitStarted' }, nextCheckAt: null });
  expect(view.steps).toEqual([
    { name: 'acquireToken', state: 'succeeded', startedAt: at(2), endedAt: at(3), attempts: 1 },
    { name: 'checkPackages', state: 'skipped', startedAt: at(3), endedAt: at(3), attempts: 0 },
    { name: 'commit', state: 'succeeded', startedAt: at(4), endedAt: at(7), attempts: 2 },
  ]);
});

test.each([
  ['release', 'queued'],
  ['publication', 'queued'],
  ['approval', 'waiting'],
  ['publisher', 'waiting'],
])('who waits for a %s is %s, and so is the step; what resumes runs', (kind, state) => {
  const waiting = events.find((event) => event.type === 'waiting' && event.waitingFor.kind === kind)!;

  const view = fold([{ type: 'step-started', step: 'commit' }, waiting]);
  const resumed = applyEvent(view, { type: 'resumed' }, at(9));

  expect(view).toMatchObject({ state, waitingFor: { kind }, steps: [{ state: 'waiting', endedAt: null }] });
  expect(resumed).toMatchObject({ state: 'running', waitingFor: null, steps: [{ state: 'running', endedAt: null }] });
});

test.each(events.filter(({ type }) => type === 'waiting' || type === 'step-started' || type === 'remote-seen'))(
  'what was stalled is so no more: %j',
  (event) => {
    const stalled = fold([
      { type: 'step-started', step: 'publish' },
      { type: 'next-check', at: at(5), stalledSince: at(1) },
    ]);

    const view = applyEvent(stalled, event, at(9));

    expect([stalled.stalledSince, view.stalledSince]).toEqual([at(1), null]);
  },
);

test.each([
  ['succeeded', { left: [], failure: null, cancellation: null }],
  ['failed', { left: ['draft'], failure, cancellation: null }],
  ['canceled', { left: [], failure: null, cancellation }],
])('what has %s waits for nothing and has an end', (type, expected) => {
  const ending = events.find((event) => event.type === type)!;

  const view = fold([
    { type: 'step-started', step: 'commit' },
    events.find((event) => event.type === 'waiting')!,
    ending,
  ]);

  expect(view).toMatchObject({ state: type, endedAt: at(3), waitingFor: null, nextCheckAt: null, ...expected });
  expect(view.steps).toMatchObject([{ state: type, endedAt: at(3) }]);
});

test('a new run of a failed release keeps its steps and forgets its failure when it starts', () => {
  const failedView = fold([
    { type: 'step-started', step: 'commit' },
    { type: 'failed', failure, left: ['draft'] },
  ]);

  const waiting = requeued(failedView, at(10));
  const running = fold([{ type: 'run-started' }, { type: 'step-started', step: 'commit' }], waiting);

  expect(waiting).toMatchObject({ state: 'queued', run: 2, failure, endedAt: null });
  expect(running).toMatchObject({ state: 'running', failure: null, left: [], endedAt: null });
  expect(running.steps).toMatchObject([{ name: 'commit', state: 'running', startedAt: at(1), attempts: 2 }]);
});

describe('after any timeline', () => {
  const timeline = fc.array(fc.constantFrom(...events), { maxLength: 40 });

  test('the revision has grown by one with each event, and the time is that of the last', () => {
    fc.assert(
      fc.property(timeline, (list) => {
        const view = fold(list);

        expect(view.rev).toBe(1 + list.length);
        expect(view.updatedAt).toBe(at(list.length));
      }),
    );
  });

  test('the fold changes nothing that it was given, and gives the same again', () => {
    fc.assert(
      fc.property(timeline, (list) => {
        const before = JSON.stringify(newView());
        const view = newView();

        expect(fold(list, view)).toEqual(fold(list, view));
        expect(JSON.stringify(view)).toBe(before);
      }),
    );
  });

  test('a release that has just ended has an end, no open step, and waits for nothing', () => {
    const ending = fc.constantFrom(...events.slice(-3));
    fc.assert(
      fc.property(timeline, ending, (list, last) => {
        const view = fold([...list, last]);

        expect(hasEnded(view.state)).toBe(true);
        expect(view.endedAt).toBe(at(list.length + 1));
        expect(view.steps.filter((step) => step.endedAt === null)).toEqual([]);
        expect(view.waitingFor).toBeNull();
      }),
    );
  });

  test('each step is there once, and at most one is open', () => {
    fc.assert(
      fc.property(timeline, (list) => {
        const { steps } = fold(list);

        expect(new Set(steps.map(({ name }) => name)).size).toBe(steps.length);
        expect(steps.filter(({ endedAt }) => endedAt === null).length).toBeLessThanOrEqual(1);
      }),
    );
  });
});
