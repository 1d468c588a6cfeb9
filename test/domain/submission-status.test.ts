import fc from 'fast-check';
import { failureCatalogue } from '../../src/domain/failure-catalogue';
import type { FailureCode } from '../../src/domain/failure-catalogue';
import type { OnForeignDraft, StoreUntil } from '../../src/domain/release-document';
import { judgePending } from '../../src/domain/store/pending-verdict';
import type { SubmissionOrigin } from '../../src/domain/store/submission-origin';
import { isDraftAgain, isInFlight, judgeStatus, stepOfStatus } from '../../src/domain/store/submission-status';
import { remote } from './samples';

const progress = ['CommitStarted', 'PreProcessing', 'Certification', 'Release', 'PendingPublication', 'Publishing'];
const failed = ['CommitFailed', 'PreProcessingFailed', 'CertificationFailed', 'ReleaseFailed', 'PublishFailed'];
const everyStatus = ['None', 'PendingCommit', ...progress, 'Published', 'Canceled', ...failed, 'SomethingNew'];

describe('a status after the commit', () => {
  test.each<[string, StoreUntil, string]>([
    ['CommitStarted', 'committed', 'going-on'],
    ['PreProcessing', 'committed', 'reached'],
    ['Published', 'committed', 'reached'],
    ['PreProcessing', 'certified', 'going-on'],
    ['Certification', 'certified', 'going-on'],
    ['Release', 'certified', 'reached'],
    ['PendingPublication', 'certified', 'reached'],
    ['Publishing', 'published', 'going-on'],
    ['Published', 'published', 'reached'],
    ['Canceled', 'published', 'canceled-in-portal'],
    ['PendingCommit', 'published', 'failed'],
    ['SomethingNew', 'published', 'going-on'],
    ['None', 'committed', 'going-on'],
  ])('%s, for a release until %s, is %s', (status, until, kind) => {
    expect(judgeStatus(remote(status), 'Immediate', until).kind).toBe(kind);
  });

  test.each([
    ['Manual', 'published', 'publisher'],
    ['Immediate', 'published', 'going-on'],
    ['SpecificDate', 'published', 'going-on'],
    ['Manual', 'certified', 'reached'],
  ] as const)('Release with publish mode %s, until %s, is %s', (mode, until, kind) => {
    expect(judgeStatus(remote('Release'), mode, until).kind).toBe(kind);
  });

  test.each(failed)('%s fails the release under a code of its own, and leaves a draft', (status) => {
    const verdict = judgeStatus(remote(status), 'Immediate', 'published');

    expect(verdict).toMatchObject({ kind: 'failed', failure: { retryable: false, errors: [] } });
    const code = verdict.kind === 'failed' ? verdict.failure.code : undefined;
    expect(code).toBe(status.replace('Failed', '-failed').toLowerCase());
    expect(isDraftAgain(code!)).toBe(true);
  });

  test('what failed says what Partner Center said', () => {
    const errors = [
      { code: 'InvalidParameterValue', details: 'The title is missing.' },
      { code: 'Other', details: '' },
    ];

    const verdict = judgeStatus(remote('CommitFailed', { errors }), 'Immediate', 'published');

    expect(verdict).toMatchObject({
      failure: {
        message: 'The submission ended as CommitFailed: The title is missing. Other',
        errors: [{ code: 'InvalidParameterValue', message: 'The title is missing.' }, { code: 'Other' }],
      },
    });
  });

  test.each([
    [[{ code: 'InvalidMicrosoftAgeRating', details: '' }], 'age-rating-missing'],
    [
      [
        { code: 'InvalidMicrosoftAgeRating', details: '' },
        { code: 'Other', details: '' },
      ],
      'commit-failed',
    ],
  ])('%j is %s', (errors, code) => {
    expect(judgeStatus(remote('CommitFailed', { errors }), 'Immediate', 'published')).toMatchObject({
      failure: { code },
    });
  });

  test('an error that only the portal can show is told as such', () => {
    const errors = [{ code: 'InvalidState', details: 'Invalid state.' }];

    const verdict = judgeStatus(remote('CommitFailed', { errors }), 'Immediate', 'published');

    expect(verdict).toMatchObject({
      failure: { message: expect.stringContaining('in Partner Center only') as string },
    });
  });

  test.each([
    ['CommitStarted', 'commit'],
    ['PendingCommit', 'commit'],
    ['CommitFailed', 'commit'],
    ['PreProcessing', 'certify'],
    ['Certification', 'certify'],
    ['CertificationFailed', 'certify'],
    ['Release', 'publish'],
    ['Published', 'publish'],
    ['PublishFailed', 'publish'],
    ['SomethingNew', undefined],
    ['Canceled', undefined],
  ])('%s belongs to the step %s', (status, step) => {
    expect(stepOfStatus(status)).toBe(step);
  });

  test('only what is in progress is in flight; what nobody knows is taken for progress', () => {
    expect(everyStatus.filter(isInFlight)).toEqual([...progress, 'SomethingNew']);
  });

  test('codes of a failed submission leave a draft, all others do not', () => {
    const codes = Object.keys(failureCatalogue) as FailureCode[];

    expect(codes.filter(isDraftAgain).sort()).toEqual(
      ['age-rating-missing', 'certification-failed', 'commit-failed', 'commit-reverted']
        .concat(['preprocessing-failed', 'publish-failed', 'release-failed'])
        .sort(),
    );
  });
});

describe('a pending submission', () => {
  const policies: OnForeignDraft[] = ['refuse', 'replace', 'adopt'];
  const origins: SubmissionOrigin[] = ['own', 'leftover', 'foreign', 'portal'];
  const idle = ['None', 'PendingCommit', 'Canceled', ...failed];

  function judge(origin: SubmissionOrigin, status: string, policy: OnForeignDraft) {
    return judgePending({ submissionId: '2000', status, friendlyName: 'Submission 2', origin }, policy);
  }

  const table: [SubmissionOrigin, OnForeignDraft, draft: string, failed: string][] = [
    ['own', 'refuse', 'use found', 'clear own'],
    ['own', 'replace', 'use found', 'clear own'],
    ['own', 'adopt', 'use found', 'clear own'],
    ['leftover', 'refuse', 'clear own', 'clear own'],
    ['leftover', 'replace', 'clear own', 'clear own'],
    ['leftover', 'adopt', 'clear own', 'clear own'],
    ['foreign', 'refuse', 'stop foreign-draft', 'stop foreign-draft'],
    ['foreign', 'replace', 'clear replaced', 'clear replaced'],
    ['foreign', 'adopt', 'use adopted', 'stop foreign-draft'],
    ['portal', 'refuse', 'stop draft-edited-in-portal', 'stop draft-edited-in-portal'],
    ['portal', 'replace', 'stop draft-edited-in-portal', 'stop draft-edited-in-portal'],
    ['portal', 'adopt', 'stop draft-edited-in-portal', 'stop draft-edited-in-portal'],
  ];

  function say(verdict: ReturnType<typeof judgePending>): string {
    switch (verdict.kind) {
      case 'use':
        return `use ${verdict.how}`;
      case 'clear':
        return `clear ${verdict.why}`;
      case 'stop':
        return `stop ${verdict.failure.code}`;
      default:
        return verdict.kind;
    }
  }

  test.each(table)('of origin %s under %s: a draft → %s, a failed one → %s', (origin, policy, draft, ofFailed) => {
    expect(say(judge(origin, 'PendingCommit', policy))).toBe(draft);
    for (const status of failed) expect(say(judge(origin, status, policy))).toBe(ofFailed);
  });

  test.each([...progress, 'SomethingNew'])(
    'in %s is watched where it is ours and waited for where it is not',
    (status) => {
      for (const policy of policies) {
        expect(origins.map((origin) => say(judge(origin, status, policy)))).toEqual(['watch', 'wait', 'wait', 'wait']);
      }
    },
  );

  test('that was just published is waited for', () => {
    expect(origins.map((origin) => say(judge(origin, 'Published', 'replace')))).toEqual([
      'wait',
      'wait',
      'wait',
      'wait',
    ]);
  });

  test('that is not ours is destroyed only under "replace", and never while it is in progress', () => {
    const any = fc.record({
      origin: fc.constantFrom<SubmissionOrigin>('foreign', 'portal'),
      status: fc.oneof(fc.constantFrom(...everyStatus), fc.string()),
      policy: fc.constantFrom(...policies),
    });
    fc.assert(
      fc.property(any, ({ origin, status, policy }) => {
        if (judge(origin, status, policy).kind !== 'clear') return;

        expect(origin).toBe('foreign');
        expect(policy).toBe('replace');
        expect(idle).toContain(status);
      }),
      { numRuns: 500 },
    );
  });

  test('in the way is named, with its id and status', () => {
    const verdict = judge('foreign', 'CommitFailed', 'refuse');

    const message = verdict.kind === 'stop' ? verdict.failure.message : '';
    expect(message).toBe(
      'The pending submission "Submission 2" (2000, CommitFailed) failed, holds the slot, and is not ours.',
    );
  });
});
