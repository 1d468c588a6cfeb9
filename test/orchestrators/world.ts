import * as df from 'durable-functions';
import { orchestrators } from '../../src/contracts/activities';
import type { RunPlan, RunRef } from '../../src/contracts/activities';
import { everyActivity } from '../../src/contracts/every-activity';
import { offerOrchestrators } from '../../src/contracts/offer-activities';
import { isOfferTarget } from '../../src/domain/offer/offer';
import { publishToMarketplace } from '../../src/orchestrators/publish-to-marketplace';
import { watchOfferPublication } from '../../src/orchestrators/watch-offer';
import { instanceIdOf, rolloutInstanceIdOf, watchInstanceIdOf } from '../../src/contracts/names';
import { failed } from '../../src/domain/failure';
import type { Failure } from '../../src/domain/failure';
import type { ReleaseView } from '../../src/domain/release';
import type { ReleaseEvent } from '../../src/domain/release-event';
import type { RolloutChange } from '../../src/domain/store/rollout-change';
import { publishToStore } from '../../src/orchestrators/publish-to-store';
import { rollOutStages } from '../../src/orchestrators/roll-out-stages';
import { watchStoreSubmission } from '../../src/orchestrators/watch-store-submission';
import type { Bell, ReleaseRecord } from '../../src/storage/release-record';
import { createDurableHost } from '../support/durable-host';
import type { DurableHost } from '../support/durable-host';
import { fakeActivities } from './fake-activities';
import type { ActivityKey, FakeActivities } from './fake-activities';
import { FakeOffer } from './fake-offer';
import { FakeProduct } from './fake-product';
import { MemoryRecords } from './memory-records';

const standardPlan: RunPlan = {
  account: 'contoso',
  target: { kind: 'store-app', applicationId: '9NBLGGH4R315' },
  packages: 1,
  until: 'published',
  onBusy: 'queue',
  onForeignDraft: 'refuse',
  onRunningRollout: 'refuse',
  startAt: null,
  approvals: [],
  approvalTimeoutMs: 3 * 24 * 60 * 60 * 1000,
  pollFloorMs: 30_000,
  requestsPerMinute: 20,
};

/** What an activity does instead of its work, or right after it. */
type Twist = Failure | 'throw' | 'work' | 'work-then-throw';

export interface ActivityCall {
  readonly key: ActivityKey;
  readonly input: Readonly<Record<string, unknown>>;
  /** Virtual time. */
  readonly at: number;
}

/** One release on the durable host, with fake activities under the real names. Close it after the test. */
export class World {
  readonly releaseId: string;
  readonly records = new MemoryRecords();
  readonly product = new FakeProduct();
  readonly offer = new FakeOffer();
  isMissing = false;
  readonly queue: string[] = [];
  /** Every call of an activity, in order. */
  readonly calls: ActivityCall[] = [];
  /** Runs before the named activity does. */
  readonly before = new Map<ActivityKey, () => void>();
  #commands = 0;
  readonly #twists = new Map<ActivityKey, Twist[]>();
  readonly #activities: FakeActivities;

  constructor(
    readonly host: DurableHost,
    readonly plan: RunPlan,
  ) {
    this.releaseId = `rel_${worlds.size + 1}`;
    this.records.add(this.releaseId, host.now.toISOString());
    this.#activities = fakeActivities(this);
    worlds.set(this.releaseId, this);
  }

  get record(): ReleaseRecord {
    return this.records.get(this.releaseId);
  }

  get view(): ReleaseView {
    return this.record.view;
  }

  get instance(): string {
    return instanceIdOf(this.releaseId, this.view.run);
  }

  get watchInstance(): string {
    return watchInstanceIdOf(this.releaseId, this.view.run);
  }

  get rolloutInstance(): string {
    return rolloutInstanceIdOf(this.releaseId, this.view.run);
  }

  /** What people read later, in order. */
  get events(): ReleaseEvent[] {
    return this.records.timeline(this.releaseId).flatMap((row) => row.events);
  }

  get eventTypes(): string[] {
    return this.events.map((event) => event.type);
  }

  /** The next calls of an activity do this, one after the other; then it works. */
  twist(key: ActivityKey, ...twists: Twist[]): void {
    this.#twists.set(key, twists);
  }

  callsOf(key: ActivityKey): ActivityCall[] {
    return this.calls.filter((call) => call.key === key);
  }

  start(): void {
    this.host.start(
      isOfferTarget(this.plan.target)
        ? offerOrchestrators.publishToMarketplace.name
        : orchestrators.publishToStore.name,
      { releaseId: this.releaseId, run: this.view.run },
      this.instance,
    );
  }

  /** Starts the release and runs it to its end. */
  async publish(): Promise<ReleaseView> {
    this.start();
    return this.finish();
  }

  async finish(): Promise<ReleaseView> {
    await this.host.run(this.instance);
    return this.view;
  }

  /** Somebody cancels; the ring may get lost. */
  cancel(options: { abandon?: boolean; ring?: boolean } = {}): string {
    const at = this.host.now.toISOString();
    const { abandon = false, ring = true } = options;
    const wish = { at, by: 'ada', reason: 'wrong build', abandon, code: 'requested' } as const;
    const before = this.record;
    void this.records.commands.requestCancel(this.releaseId, wish);
    if (ring) this.ring(this.record.bell);
    return this.record === before ? 'refused' : 'accepted';
  }

  /** Somebody commands the rollout; the ring may get lost. */
  async rollOut(change: RolloutChange, options: { ring?: boolean } = {}): Promise<string> {
    const at = this.host.now.toISOString();
    const id = `command-${++this.#commands}`;
    const { outcome, bell } = await this.records.commands.requestRollout(this.releaseId, { id, at, by: 'ada', change });
    if (options.ring !== false) this.ring(bell);
    return outcome;
  }

  /** Somebody decides at the gate that the view shows. */
  decide(decision: 'approved' | 'rejected', options: { gateId?: string; ring?: boolean } = {}): void {
    const { waitingFor } = this.view;
    const gateId = options.gateId ?? (waitingFor?.kind === 'approval' ? waitingFor.gateId : '');
    const at = this.host.now.toISOString();
    void this.records.commands.decideGate(this.releaseId, { gateId, decision, by: 'grace', comment: 'seen', at });
    if (options.ring !== false) this.ring(this.record.bell);
  }

  readonly ring = (bell: Bell | null): void => {
    if (bell !== null) this.host.raise(bell.instance, bell.name, {});
  };

  async perform(key: ActivityKey, input: never): Promise<unknown> {
    this.calls.push({ key, input, at: this.host.clock.now() });
    this.before.get(key)?.();
    const twist = this.#twists.get(key)?.shift() ?? 'work';
    if (twist === 'throw') throw new Error(`${key} died`);
    if (typeof twist === 'object') return failed(twist);
    const result = await (this.#activities[key] as (input: never) => Promise<unknown>)(input);
    if (twist === 'work-then-throw') throw new Error(`${key} died after its work`);
    return result;
  }

  close(): void {
    this.host.close();
    worlds.delete(this.releaseId);
  }
}

const worlds = new Map<string, World>();

let isRegistered = false;

/** Registers the app's orchestrators once, and fakes under the names of its activities. */
export function registerFakes(): void {
  if (isRegistered) return;
  isRegistered = true;
  df.app.orchestration(orchestrators.publishToStore.name, publishToStore);
  df.app.orchestration(orchestrators.watchStoreSubmission.name, watchStoreSubmission);
  df.app.orchestration(orchestrators.rollOut.name, rollOutStages);
  df.app.orchestration(offerOrchestrators.publishToMarketplace.name, publishToMarketplace);
  df.app.orchestration(offerOrchestrators.watchOffer.name, watchOfferPublication);
  for (const [key, ref] of Object.entries(everyActivity)) {
    df.app.activity(ref.name, {
      // Object.entries forgets that the keys are those of `everyActivity`, and the engine the types of its inputs.
      handler: (input: RunRef) => worlds.get(input.releaseId)?.perform(key as ActivityKey, input as never),
    });
  }
}

/** A world of its own for a test, on a host with everything that the test file has registered. */
export async function createWorld(plan: Partial<RunPlan> = {}): Promise<World> {
  registerFakes();
  return new World(await createDurableHost(), { ...standardPlan, ...plan });
}

export function retryable(code: Failure['code'], more: Partial<Failure> = {}): Failure {
  return { code, message: `${code} happened`, retryable: true, ...more };
}

export function final(code: Failure['code'], more: Partial<Failure> = {}): Failure {
  return { code, message: `${code} happened`, retryable: false, ...more };
}
