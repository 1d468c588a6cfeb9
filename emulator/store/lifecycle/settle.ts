import type { StatusDetail, Submission } from '../../core/model';
import type { Services } from '../../core/services';
import { ingest } from '../ingestion/ingest';
import { nextTransition, type Transition } from './phases';
import { publish } from './publish';

/** Brings every submission up to the emulator's time: all changes of status that were due, in order. */
export async function settle(services: Services): Promise<void> {
  for (const submission of services.world.submissions.values()) {
    if (submission.commit) await settleOne(services, submission);
  }
}

async function settleOne(services: Services, submission: Submission): Promise<void> {
  const now = services.clock.now();
  try {
    for (let next = nextTransition(submission); next && next.at <= now; next = nextTransition(submission)) {
      await apply(services, submission, next);
    }
  } catch (error) {
    // The upload storage does not answer: the submission stays where it is and is tried again with the next request.
    process.stderr.write(`Submission ${submission.id} cannot go on: ${String(error)}\n`);
  }
}

async function apply(services: Services, submission: Submission, next: Transition): Promise<void> {
  if (submission.status === 'CommitStarted' && next.to === 'PreProcessing') {
    submission.errors = await ingestFiles(services, submission);
    if (submission.errors.length > 0) return enter(submission, { ...next, to: 'CommitFailed' });
  }
  if (next.to.endsWith('Failed')) {
    const { errors = [], reports = [] } = submission.commit?.outcome ?? {};
    Object.assign(submission, { errors, reports });
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
}
