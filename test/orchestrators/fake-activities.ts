import type { RemoteCall, RunPlan, RunRef, SubmissionCall } from '../../src/contracts/activities';
import type { ActivityRef } from '../../src/contracts/durable';
import type { everyActivity } from '../../src/contracts/every-activity';
import { applyEvent } from '../../src/domain/apply-event';
import { failed, ok } from '../../src/domain/failure';
import type { Result } from '../../src/domain/failure';
import { productOf } from '../../src/domain/store/product';
import type { Bell } from '../../src/storage/release-record';
import type { FakeOffer } from './fake-offer';
import { offerActivityFakes } from './fake-offer-activities';
import type { FakeProduct } from './fake-product';
import type { MemoryRecords } from './memory-records';

type Refs = typeof everyActivity;
/** Those of releases. */
export type ActivityKey = Exclude<keyof Refs, 'readPlanBytes' | 'judgePlan' | 'endPlan'>;
type InputOf<K extends ActivityKey> = Refs[K] extends ActivityRef<infer I, unknown> ? I : never;
type OutputOf<K extends ActivityKey> = Refs[K] extends ActivityRef<never, infer O> ? O : never;
export type FakeActivities = {
  readonly [K in ActivityKey]: (input: InputOf<K>) => Promise<Result<OutputOf<K>>>;
};

/** What the activities work on. */
export interface FakeWorld {
  readonly records: MemoryRecords;
  readonly product: FakeProduct;
  readonly offer: FakeOffer;
  /** Whether nothing has the name of the target yet. */
  readonly isMissing: boolean;
  readonly plan: RunPlan;
  /** Releases that hold or wait for the product, the holder first. */
  readonly queue: string[];
  readonly ring: (bell: Bell | null) => void;
}

const fenced = failed({ code: 'run-ended-unexpectedly', message: 'Another run has this release.', retryable: false });

/** Every activity of the contract on a fake product: each looks before it acts, and may run twice. */
export function fakeActivities(world: FakeWorld): FakeActivities {
  return {
    ...recordActivities(world),
    ...claimActivities(world),
    ...storeActivities(world),
    ...offerActivityFakes(world),
  };
}

function isMine({ records }: FakeWorld, { releaseId, run, token }: RunRef): boolean {
  const { runToken, view } = records.get(releaseId);
  return runToken === token && view.run === run;
}

function recordActivities(world: FakeWorld) {
  const { records, plan } = world;
  return {
    beginRun: async (input: InputOf<'beginRun'>) => {
      const before = records.view(input.releaseId).left;
      const claimed = await records.runs.claimRun(input.releaseId, input.run, input.token);
      return ok(claimed === 'mine' ? { mine: true as const, plan, left: before } : { mine: false as const });
    },
    checkpoint: async (input: InputOf<'checkpoint'>) => {
      const { releaseId, run, seq, at, events, bell, gate, rollout } = input;
      if (!isMine(world, input)) return ok({ fenced: true as const });
      records.insertTimeline(releaseId, { run, seq, at, events });
      const result = await records.runs.checkpoint(input, {
        seq,
        apply: (view) => events.reduce((before, event) => applyEvent(before, event, at), view),
        bell,
        gate,
        rollout,
      });
      return ok(
        result.fenced
          ? { fenced: true as const }
          : { fenced: false as const, commands: result.commands, seq: result.record.seq },
      );
    },
    closeGate: async (input: InputOf<'closeGate'>) => {
      const closed = await records.commands.closeGateExpired(input.releaseId, input.gateId, input.at);
      return closed.kind === 'closed' ? ok({ decision: closed.decision }) : fenced;
    },
  };
}

function claimActivities(world: FakeWorld) {
  const { records, queue, ring } = world;
  return {
    findStoreProduct: async ({ target }: InputOf<'findStoreProduct'>) => ok({ product: productOf(target) }),
    makeStoreProduct: async () => ok({ product: null }),
    supersede: async () => ok({}),
    acquireClaim: async (input: InputOf<'acquireClaim'>) => {
      if (!isMine(world, input)) return fenced;
      const { releaseId } = input;
      if (!queue.includes(releaseId)) queue.push(releaseId);
      const position = queue.indexOf(releaseId);
      if (position === 0) return ok({ granted: true as const });
      return ok({ granted: false as const, ahead: queue[position - 1]!, position });
    },
    releaseClaim: async (input: RunRef) => {
      if (!isMine(world, input)) return fenced;
      const { releaseId } = input;
      const position = queue.indexOf(releaseId);
      if (position >= 0) queue.splice(position, 1);
      const next = position === 0 ? queue[0] : undefined;
      if (next?.startsWith('rel_')) ring(records.get(next).bell);
      return ok({});
    },
  };
}

function storeActivities(world: FakeWorld) {
  const { product } = world;
  return {
    checkToken: async () => ok({ expiresAt: '2026-01-01T01:00:00.000Z' }),
    inspectPackage: async ({ index }: InputOf<'inspectPackage'>) =>
      ok({ done: true as const, package: packageView(index) }),
    followReferences: async () => ok({ packages: world.plan.packages, assets: 0, faults: [] }),
    checkAssets: async () => ok({ next: null, total: 0, faults: [] }),
    uploadStorePackages: async ({ fromBlock }: InputOf<'uploadStorePackages'>) => {
      const total = product.uploadSlices;
      if (fromBlock + 1 < total) return ok({ done: false as const, nextBlock: fromBlock + 1, sent: fromBlock, total });
      if (product.count('upload') === 0) product.done.push('upload');
      return ok({ done: true as const, total });
    },
    verifyStoreSubmission: async () => ok({ remote: product.remote() }),
    pollStoreSubmission: async () => ok(pollOf(product)),
    readRollout: async ({ submissionId }: InputOf<'readRollout'>) =>
      ok({ submissionId: submissionId ?? '', seen: product.rollout }),
    changeRollout: async ({ submissionId, request, from }: InputOf<'changeRollout'>) =>
      ok({ submissionId: submissionId ?? '', ...product.changeRollout(request, from) }),
    rememberPublished: async ({ submissionId }: SubmissionCall) => {
      if (product.count(`remember ${submissionId}`) === 0) product.done.push(`remember ${submissionId}`);
      return ok({});
    },
    ...submissionActivities(world),
  };
}

function submissionActivities(world: FakeWorld) {
  const { records, product } = world;
  return {
    lookAtStoreProduct: async (input: RemoteCall) => ok(product.see(records.get(input.releaseId).submissionId)),
    clearStoreSubmission: async (input: SubmissionCall) => {
      if (!isMine(world, input)) return fenced;
      if (product.pending?.submissionId === input.submissionId) product.delete();
      return ok({});
    },
    createStoreSubmission: async (input: InputOf<'createStoreSubmission'>) => {
      if (!isMine(world, input)) return fenced;
      const record = records.get(input.releaseId);
      const there = product.pending?.submissionId ?? null;
      const isKnown = there !== null && (there === record.submissionId || there === input.adopt);
      const submissionId = isKnown ? there : product.create();
      await records.runs.setSubmission(input, submissionId);
      return ok({ submissionId, how: isKnown ? ('found' as const) : ('created' as const) });
    },
    updateStoreSubmission: async (input: SubmissionCall) => {
      if (!isMine(world, input)) return fenced;
      product.done.push('update');
      return ok({ sent: true });
    },
    commitStoreSubmission: async (input: SubmissionCall) => {
      const phase = await records.runs.setPhaseCommitting(input);
      if (phase === 'fenced') return fenced;
      if (phase === 'canceled') return ok({ committed: false as const, why: 'canceled' as const });
      product.commit();
      await records.runs.setPhaseCommitted(input);
      return ok({ committed: true as const });
    },
    withdrawStoreSubmission: async (input: RemoteCall) => {
      if (!isMine(world, input)) return fenced;
      const { submissionId } = records.get(input.releaseId);
      const { pending } = product;
      if (pending === null || pending.submissionId !== submissionId) return ok({ left: [] });
      if (pending.status !== 'PendingCommit') return ok({ left: ['publication' as const] });
      product.delete();
      return ok({ left: [] });
    },
  };
}

function pollOf(product: FakeProduct): OutputOf<'pollStoreSubmission'> {
  const { publishMode, publishAt, activeReleases } = product;
  const remote = product.poll();
  return { remote, publishMode, publishAt, activeReleases, correlationId: 'correlation' };
}

function packageView(index: number) {
  const fileName = `Contoso_${index}.msix`;
  return { fileName, identity: 'Contoso', version: '1.0.0.0', architecture: 'x64', size: 1, sha256: 'a'.repeat(64) };
}
