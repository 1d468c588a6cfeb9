import fc from 'fast-check';
import { describeFailure } from '../../src/domain/describe-failure';
import type { Failure } from '../../src/domain/failure';
import { failureCatalogue } from '../../src/domain/failure-catalogue';
import { nextAttempt, patient } from '../../src/domain/retry-policy';
import { hiddenPrice, shipsHaltedPackages } from '../../src/domain/store/blockers';
import { nextPollMs, stalledSince } from '../../src/domain/store/poll-plan';
import { existing, submission } from './samples';

const minute = 60_000;
const hour = 60 * minute;

describe('the next poll', () => {
  const situation = {
    status: 'Certification',
    inStatusMs: 0,
    activeReleases: 1,
    requestsPerMinute: 20,
    floorMs: 30_000,
  };

  test.each([
    ['CommitStarted', 0, 30_000],
    ['CommitStarted', 6 * minute, minute],
    ['CommitStarted', 3 * hour, 2 * minute],
    ['Certification', 0, minute],
    ['Certification', 12 * hour, 10 * minute],
    ['Publishing', 12 * hour, 5 * minute],
    ['SomethingNew', 12 * hour, 10 * minute],
  ])('in %s for %i ms comes after %i ms', (status, inStatusMs, wait) => {
    expect(nextPollMs({ ...situation, status, inStatusMs })).toBe(wait);
  });

  test('leaves half of the budget to others, however many releases poll', () => {
    expect(nextPollMs({ ...situation, activeReleases: 60 })).toBe(6 * minute);
    expect(nextPollMs({ ...situation, activeReleases: 60, requestsPerMinute: 1 })).toBe(hour);
  });

  const any = fc.record({
    status: fc.constantFrom('CommitStarted', 'PreProcessing', 'Certification', 'Release', 'Publishing', 'New'),
    inStatusMs: fc.nat(10 * 24 * hour),
    activeReleases: fc.integer({ min: 1, max: 2_000 }),
    requestsPerMinute: fc.integer({ min: 1, max: 100 }),
    floorMs: fc.integer({ min: 1, max: hour }),
  });

  test('is never below the floor, nor below the release’s share of the budget', () => {
    fc.assert(
      fc.property(any, (now) => {
        const share = (now.activeReleases * minute) / Math.max(now.requestsPerMinute / 2, 1);

        expect(nextPollMs(now)).toBeGreaterThanOrEqual(Math.max(now.floorMs, share));
      }),
    );
  });

  test('comes no sooner the longer the status lasts and the more releases there are', () => {
    fc.assert(
      fc.property(any, fc.nat(hour), fc.nat(100), (now, later, more) => {
        const wait = nextPollMs(now);

        expect(nextPollMs({ ...now, inStatusMs: now.inStatusMs + later })).toBeGreaterThanOrEqual(wait);
        expect(nextPollMs({ ...now, activeReleases: now.activeReleases + more })).toBeGreaterThanOrEqual(wait);
      }),
    );
  });

  test.each([
    ['CommitStarted', 2 * hour],
    ['Certification', 120 * hour],
    ['SomethingNew', 24 * hour],
  ])('%s is stalled after %i ms, not before', (status, after) => {
    const seen = { status, since: new Date(0).toISOString() };

    expect([stalledSince(seen, new Date(after)), stalledSince(seen, new Date(after + 1))]).toEqual([null, seen.since]);
  });

  const moment = fc.nat(10_000 * hour).map((ms) => new Date(ms).toISOString());

  test('what waits for a person is never stalled', () => {
    fc.assert(
      fc.property(moment, fc.nat(10_000 * hour), (since, now) => {
        const seen = { status: 'Release', since, hold: { for: 'publisher' } } as const;

        expect(stalledSince(seen, new Date(now))).toBeNull();
      }),
    );
  });

  test('what waits for its date is as what came into its status then, or when it did where that was later', () => {
    fc.assert(
      fc.property(moment, moment, fc.nat(10_000 * hour), (since, until, now) => {
        const from = since > until ? since : until;
        const held = { status: 'Release', since, hold: { for: 'date', until } } as const;

        expect(stalledSince(held, new Date(now))).toBe(stalledSince({ status: 'Release', since: from }, new Date(now)));
      }),
    );
  });
});

describe('the next attempt', () => {
  const failure: Failure = { code: 'partner-center-unavailable', message: '', retryable: true };

  test.each([
    [1, 2_000],
    [2, 4_000],
    [9, 512_000],
    [10, 600_000],
    [5_000, 600_000],
  ])('after %i failures comes after %i ms', (attempt, wait) => {
    expect(nextAttempt(patient, failure, attempt, 0)).toBe(wait);
  });

  test('never comes after what trying again cannot mend', () => {
    expect(nextAttempt(patient, { ...failure, retryable: false }, 1, 0)).toBeUndefined();
  });

  test('waits as long as Partner Center says, also beyond the longest wait', () => {
    expect(nextAttempt(patient, { ...failure, retryAfterMs: hour }, 1, 0)).toBe(hour);
    expect(nextAttempt(patient, { ...failure, retryAfterMs: 1 }, 1, 0)).toBe(2_000);
  });

  test('is given up when it would begin after a day', () => {
    expect(nextAttempt(patient, failure, 1, 24 * hour - 2_000)).toBe(2_000);
    expect(nextAttempt(patient, failure, 1, 24 * hour - 1_999)).toBeUndefined();
  });

  test('is given up after six interruptions', () => {
    const interrupted: Failure = { ...failure, code: 'activity-interrupted' };

    expect(nextAttempt(patient, interrupted, 5, 0)).toBe(32_000);
    expect(nextAttempt(patient, interrupted, 6, 0)).toBeUndefined();
  });
});

describe('a failure as people see it', () => {
  test('has what happened, what to do, and where to read on', () => {
    const errors = [{ pointer: '/packages/0', code: 'package-identity', message: 'no' }];

    const view = describeFailure({ code: 'document-unfit', message: 'It.', retryable: false, errors }, 'checkProduct');

    const { title, remedy } = failureCatalogue['document-unfit'];
    expect(view).toEqual({
      ...{ code: 'document-unfit', title, remedy, detail: 'It.', retryable: false, step: 'checkProduct' },
      ...{ errors, correlationId: null, docs: 'docs/failures.md#document-unfit' },
    });
  });

  test('keeps the correlation id', () => {
    const failure: Failure = { code: 'rate-limited', message: '', retryable: true, correlationId: 'c' };

    expect(describeFailure(failure, null)).toMatchObject({ correlationId: 'c', step: null, errors: [] });
  });
});

describe('a product is blocked', () => {
  test.each([
    ['Base', true],
    ['Free', false],
    ['Tier2', false],
    [null, false],
  ])('when the API hides its price: %s → %s', (priceId, expected) => {
    expect(hiddenPrice(submission({ pricing: { priceId } }))).toBe(expected);
  });

  const halted = existing('halted.msix');
  const good = existing('good.msix');
  const rollout = (packageRolloutStatus: string) => ({
    packageDeliveryOptions: { packageRollout: { packageRolloutStatus } },
  });
  const live = submission({ applicationPackages: [good, halted], ...rollout('PackageRolloutStopped') });
  const fallback = submission({ applicationPackages: [good] });

  test.each([
    ['the halted package stays', [good, halted], true],
    ['it is to be deleted', [good, { ...halted, fileStatus: 'PendingDelete' }], false],
    ['only good ones stay', [good], false],
    ['a new one has its name', [good, { fileName: 'halted.msix', fileStatus: 'PendingUpload' }], false],
  ])('when a halted rollout would ship to everyone: %s → %#', (_what, applicationPackages, expected) => {
    expect(shipsHaltedPackages(live, fallback, submission({ applicationPackages }))).toBe(expected);
  });

  test('by every package where nobody knows what the others run', () => {
    expect(shipsHaltedPackages(live, null, submission({ applicationPackages: [good] }))).toBe(true);
  });

  test('only after a halt', () => {
    const running = submission({ applicationPackages: [good, halted], ...rollout('PackageRolloutComplete') });

    expect(shipsHaltedPackages(running, fallback, running)).toBe(false);
  });
});
