import type { StatusDetail, Submission } from '../../core/model';
import type { Services } from '../../core/services';
import { ingest } from '../ingestion/ingest';
import { productOf } from '../products/lookup';
import { findings } from './findings';
import { nextTransition, type Transition } from './phases';
import { publish } from './publish';

/** Brings every submission up to the emulator's time: all changes of status that were due, in order. */
export async function settle(services: Services): Promise<void> {
  const { progress, canceledSlot } = services.world.settings.switches;
  for (const submission of services.world.submissions.values()) {
    if (submission.status === 'Canceled' && canceledSlot === 'released') releaseSlot(services, submission);
    if (submission.commit && progress === 'clock') await settleOne(services, submission);
  }
}

/** One step of a submission whose status was read, where readings drive it on (switch `progress`). */
export async function advanceOnPoll(services: Services, submission: Submission): Promise<void> {
  const next = services.world.settings.switches.progress === 'poll' ? nextTransition(submission) : undefined;
  // What waits in Release for its date still does.
  if (!next || (submission.status === 'Release' && next.at > services.clock.now())) return;
  await goingOn(submission, () => apply(services, submission, next));
}

function releaseSlot(services: Services, submission: Submission): void {
  const product = productOf(services.world, submission);
  if (product?.pending === submission.id) delete product.pending;
}

function settleOne(services: Services, submission: Submission): Promise<void> {
  const now = services.clock.now();
  return goingOn(submission, async () => {
    for (let next = nextTransition(submission); next && next.at <= now; next = nextTransition(submission)) {
      await apply(services, submission, next);
    }
  });
}

/** When the upload storage does not answer, the submission stays where it is and is tried again with the next request. */
async function goingOn(submission: Submission, step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    process.stderr.write(`Submission ${submission.id} cannot go on: ${String(error)}\n`);
  }
}

async function apply(services: Services, submission: Submission, next: Transition): Promise<void> {
  if (submission.status === 'CommitStarted' && next.to === 'PreProcessing') {
    const errors = await ingestFiles(services, submission);
    if (errors.length > 0) {
      enter(submission, { ...next, to: 'CommitFailed' });
      submission.errors = errors;
      return;
    }
  }
  enter(submission, next);
  // *Observed*: a fall back to PendingCommit leaves a draft that can be committed again.
  if (next.to === 'PendingCommit') delete submission.commit;
  if (next.to === 'Published') publish(services.world, submission);
}

async function ingestFiles(services: Services, submission: Submission): Promise<StatusDetail[]> {
  const application = services.world.applications.get(submission.application);
  return application ? ingest(services, application, submission) : [];
}

function enter(submission: Submission, next: Transition): void {
  submission.status = next.to;
  submission.since = next.at;
  Object.assign(submission, findings(submission));
}
