import { UnknownName } from '../../control/unknown-name';
import { Refusal } from '../../core/answer';
import type { Dispatcher } from '../../core/dispatcher';
import { mergePatch } from '../../core/merge-patch';
import type { Services } from '../../core/services';
import { startCancel, startGoLive, startPublish, type Started } from '../lifecycle/start';
import { offerKey, type Definition, type Members, type Offer } from '../model';
import { changeDraft } from '../operations/put-offer';
import type { OfferPortalRequest } from '../portal-request';

const CHANGED = { offer: { 'microsoft-azure-marketplace.summary': 'Changed in the portal.' } };

/** What a person does to offers in the portal. */
export class OfferPortal {
  constructor(
    private readonly services: Services,
    private readonly dispatcher: Dispatcher,
  ) {}

  /**
   * - `edit`: changes the draft: its summary, or what the patches say.
   * - `publish`, `goLive`, `cancel`: as the API does, without addresses to notify.
   * - `migrate`: Partner Center takes the offer over.
   *
   * @throws UnknownName when there is no such offer, or it is not in a state for it.
   */
  async act(request: OfferPortalRequest): Promise<void> {
    await this.dispatcher.exclusive(() => {
      const { publisher = '', offer: id = '' } = request;
      const offer = this.services.world.cloudPartner.offers.get(offerKey(publisher, id));
      if (!offer) throw new UnknownName(`There is no offer ${publisher}/${id}`);
      try {
        this.change(offer, request);
      } catch (error) {
        if (error instanceof Refusal) throw new UnknownName(JSON.stringify(error.answer.json));
        throw error;
      }
    });
  }

  private change(offer: Offer, request: OfferPortalRequest): void {
    switch (request.action) {
      case 'edit':
        return changeDraft(this.services, offer, edited(offer.draft, request));
      case 'publish':
        return mustStart(startPublish(this.services, offer, ''));
      case 'goLive':
        return mustStart(startGoLive(this.services, offer, ''));
      case 'cancel':
        return void startCancel(this.services, offer, false);
      case 'migrate':
        offer.migrated = true;
    }
  }
}

function mustStart(started: Started): void {
  if ('refusal' in started) throw new Refusal(started.refusal);
}

function edited(draft: Definition, { definition, plans }: OfferPortalRequest): Definition {
  const patch = definition ?? (plans ? {} : CHANGED);
  // A patch keeps an object an object; what a person does in the portal has the portal's form.
  const changed = mergePatch(draft, patch) as Definition;
  return { ...changed, plans: changed.plans.map((plan) => editedPlan(plan, plans)) };
}

function editedPlan(plan: Members, patches: OfferPortalRequest['plans']): Members {
  // As above.
  return mergePatch(plan, patches?.[String(plan['planId'])] ?? {}) as Members;
}
