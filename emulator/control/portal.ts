import type { Dispatcher } from '../core/dispatcher';
import type { Application, Submission } from '../core/model';
import type { PortalAction } from '../core/portal-action';
import type { Services } from '../core/services';
import { startCertification } from '../store/commit-submission';
import { draftOf } from '../store/create-submission';
import { UnknownName } from './unknown-name';

const CANCELLABLE = new Set(['CommitStarted', 'PreProcessing', 'Certification', 'Release', 'PendingPublication']);

/** What a person does in the portal, where the API's rules do not hold. */
export class Portal {
  constructor(
    private readonly services: Services,
    private readonly dispatcher: Dispatcher,
  ) {}

  /**
   * - `draft`: makes a submission in the portal; the API can only read it.
   * - `touch`: changes the pending API draft in the portal, after which the API can only read it.
   * - `delete`: deletes the pending submission, whoever made it.
   * - `submit`: sends the pending draft to certification.
   * - `cancel`: cancels the pending submission while it is on its way.
   * - `publish`: presses "publish now" on a submission that waits in Release.
   *
   * @returns the submission as it is afterwards, or undefined when it was deleted
   */
  async act(action: PortalAction, applicationId: string): Promise<Submission | undefined> {
    return this.dispatcher.exclusive(() => {
      const application = this.services.world.applications.get(applicationId.toUpperCase());
      if (!application) throw new UnknownName(`There is no application ${applicationId}`);
      const result = action === 'draft' ? this.makeDraft(application) : this.change(action, application);
      return result && structuredClone(result);
    });
  }

  private makeDraft(application: Application): Submission {
    const { world } = this.services;
    if (application.pending !== undefined) throw new UnknownName(`${application.id} has a pending submission already`);
    const { upload: _none, ...draft } = draftOf(
      this.services,
      application,
      world.submissions.get(application.published ?? ''),
    );
    const submission = { ...draft, portal: true };
    world.submissions.set(submission.id, submission);
    application.pending = submission.id;
    return submission;
  }

  private change(action: Exclude<PortalAction, 'draft'>, application: Application): Submission | undefined {
    const { world, clock } = this.services;
    const submission = world.submissions.get(application.pending ?? '');
    if (!submission) throw new UnknownName(`${application.id} has no pending submission`);
    switch (action) {
      case 'touch':
        submission.portal = true;
        break;
      case 'delete':
        world.submissions.delete(submission.id);
        delete application.pending;
        return undefined;
      case 'submit':
        if (submission.status !== 'PendingCommit') throw new UnknownName(`${submission.id} is in ${submission.status}`);
        startCertification(this.services, submission);
        break;
      case 'cancel':
        if (!CANCELLABLE.has(submission.status)) throw new UnknownName(`${submission.id} is in ${submission.status}`);
        submission.status = 'Canceled';
        submission.since = clock.now();
        break;
      case 'publish':
        submission.pressed = clock.now();
        break;
    }
    return submission;
  }
}
