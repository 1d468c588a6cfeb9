import type { Dispatcher } from '../core/dispatcher';
import type { Product, Submission } from '../core/model';
import type { PortalAction } from '../core/portal-action';
import type { Services } from '../core/services';
import { startCertification } from '../store/commit-submission';
import { addDraft, draftOf } from '../store/draft';
import { KINDS } from '../store/products/kinds';
import { productById } from '../store/products/lookup';
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
   * @param productId of an application, a flight or an add-on
   * @returns the submission as it is afterwards, or undefined when it was deleted
   */
  async act(action: PortalAction, productId: string): Promise<Submission | undefined> {
    return this.dispatcher.exclusive(() => {
      const found = productById(this.services.world, productId);
      if (!found) throw new UnknownName(`There is no product ${productId}`);
      const result = action === 'draft' ? this.makeDraft(found) : this.change(action, found.product);
      return result && structuredClone(result);
    });
  }

  private makeDraft(found: NonNullable<ReturnType<typeof productById>>): Submission {
    const { product } = found;
    if (product.pending !== undefined) throw new UnknownName(`${product.id} has a pending submission already`);
    const { upload: _none, ...draft } = draftOf(this.services, KINDS[found.kind], found);
    const submission = { ...draft, portal: true };
    addDraft(this.services, product, submission);
    return submission;
  }

  private change(action: Exclude<PortalAction, 'draft'>, product: Product): Submission | undefined {
    const { world, clock } = this.services;
    const submission = world.submissions.get(product.pending ?? '');
    if (!submission) throw new UnknownName(`${product.id} has no pending submission`);
    switch (action) {
      case 'touch':
        submission.portal = true;
        break;
      case 'delete':
        world.submissions.delete(submission.id);
        delete product.pending;
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
