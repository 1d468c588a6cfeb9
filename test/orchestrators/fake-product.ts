import type { ProductLook } from '../../src/contracts/activities';
import type { RemoteMessage, RemoteView } from '../../src/domain/release';
import type { RolloutRequest, SeenRollout } from '../../src/domain/store/rollout';
import type { SubmissionOrigin } from '../../src/domain/store/submission-origin';

interface Pending {
  readonly submissionId: string;
  status: string;
  readonly friendlyName: string;
  readonly origin: SubmissionOrigin;
}

type Judgement = Pick<
  ProductLook,
  'committed' | 'faults' | 'blocker' | 'nothingToDo' | 'hasFiles' | 'rolloutRunning' | 'publishedId'
>;

/** One app in Partner Center as the activities see it: one pending slot, a script of statuses, and what was done. */
export class FakeProduct {
  pending: Pending | null = null;
  look: Judgement = {
    publishedId: '1000',
    committed: null,
    faults: [],
    blocker: null,
    nothingToDo: false,
    hasFiles: true,
    rolloutRunning: false,
  };
  /** What one poll after the other answers; the last one stays. */
  statuses: string[] = ['CommitStarted', 'PreProcessing', 'Certification', 'Publishing', 'Published'];
  publishMode = 'Immediate';
  /** With `SpecificDate`. */
  publishAt: string | undefined;
  errors: readonly RemoteMessage[] = [];
  activeReleases = 1;
  uploadSlices = 1;
  /** Every change of the product, in order. */
  readonly done: string[] = [];
  rollout: SeenRollout = { isRollout: true, percentage: 5, status: 'PackageRolloutInProgress' };
  #made = 0;
  #polls = 0;

  hold(origin: SubmissionOrigin, status = 'PendingCommit', submissionId = '2000'): void {
    this.pending = { submissionId, status, friendlyName: `Submission of ${origin}`, origin };
  }

  see(ownSubmission: string | null): ProductLook {
    const { pending } = this;
    const origin = pending !== null && pending.submissionId === ownSubmission ? 'own' : pending?.origin;
    return {
      ...this.look,
      pending: pending === null || !origin ? null : { ...pending, origin },
      remote: this.remote(),
    };
  }

  create(): string {
    this.done.push('create');
    const submissionId = String(3000 + this.#made++);
    this.pending = { submissionId, status: 'PendingCommit', friendlyName: 'Submission 2', origin: 'own' };
    return submissionId;
  }

  delete(): void {
    this.done.push('delete');
    this.pending = null;
  }

  commit(): void {
    if (this.pending?.status !== 'PendingCommit') return;
    this.done.push('commit');
    this.pending.status = 'CommitStarted';
  }

  changeRollout(request: RolloutRequest, from: number | null): { seen: SeenRollout; sent: boolean } {
    const { percentage, status } = this.rollout;
    const isOther = from !== null && from !== percentage;
    if (status !== 'PackageRolloutInProgress' || isOther) return { seen: this.rollout, sent: false };
    this.done.push(request.kind === 'percentage' ? `${request.percentage} %` : request.kind);
    const ends = { halt: ['PackageRolloutStopped', 0], finalize: ['PackageRolloutComplete', 100] } as const;
    const [next, share] = request.kind === 'percentage' ? [status, request.percentage] : ends[request.kind];
    this.rollout = { isRollout: true, percentage: share, status: next };
    return { seen: this.rollout, sent: true };
  }

  poll(): RemoteView {
    const status = this.statuses[Math.min(this.#polls++, this.statuses.length - 1)]!;
    if (this.pending !== null) this.pending.status = status;
    const remote = this.remote();
    if (status === 'Published') this.pending = null;
    return remote;
  }

  remote(): RemoteView {
    const { submissionId, status } = this.pending ?? { submissionId: this.look.publishedId ?? '', status: 'Published' };
    return { submissionId, status, errors: this.errors, warnings: [], reports: [], links: [] };
  }

  count(what: string): number {
    return this.done.filter((entry) => entry === what).length;
  }
}
