import { UnknownName } from '../../control/unknown-name';
import { withoutSignatures } from '../../core/redaction';
import type { Dispatcher } from '../../core/dispatcher';
import type { Services } from '../../core/services';
import { operationsOf } from '../lifecycle/find-operations';
import { offerKey, type Definition, type Offer, type OfferOperation, type OfferOutcome } from '../model';
import { etagOf } from '../ticks';
import { outcomeOf, type OfferOutcomeRequest } from './outcome-request';
import { OfferPortal } from './offer-portal';

/** An offer as the emulator knows it, with what the API never shows. */
export interface OfferView extends Omit<Offer, 'draft' | 'preview' | 'production' | 'changed'> {
  readonly eTag: string;
  /** What is in each slot; null: nothing yet. Addresses of own copies have no signature. */
  readonly slots: Record<'draft' | 'preview' | 'production', Definition | null>;
  /** Newest first. */
  readonly operations: OfferOperation[];
}

/** What a test or a person does about offers, besides calling the API. */
export class OfferControl {
  readonly portal: OfferPortal;

  constructor(
    private readonly services: Services,
    private readonly dispatcher: Dispatcher,
  ) {
    this.portal = new OfferPortal(services, dispatcher);
  }

  /** Decides how the next publication or go-live ends. */
  async addOutcome(request: OfferOutcomeRequest): Promise<OfferOutcome> {
    const outcome = outcomeOf(request);
    await this.dispatcher.exclusive(() => this.services.world.cloudPartner.offerOutcomes.set(outcome.id, outcome));
    return outcome;
  }

  /** The outcomes that wait. */
  outcomes(): OfferOutcome[] {
    return [...this.services.world.cloudPartner.offerOutcomes.values()];
  }

  /** Forgets them. */
  async clearOutcomes(): Promise<void> {
    await this.dispatcher.exclusive(() => this.services.world.cloudPartner.offerOutcomes.clear());
  }

  /** Every offer with what is in its slots. Secrets of lead configurations are shown. */
  async offers(): Promise<OfferView[]> {
    return this.dispatcher.exclusive(() => {
      const { offers } = this.services.world.cloudPartner;
      return [...offers.values()].map((offer) => this.view(offer));
    });
  }

  /** One offer with what is in its slots. */
  async offer(publisher: string, id: string): Promise<OfferView> {
    return this.dispatcher.exclusive(() => {
      const offer = this.services.world.cloudPartner.offers.get(offerKey(publisher, id));
      if (!offer) throw new UnknownName(`There is no offer ${publisher}/${id}`);
      return this.view(offer);
    });
  }

  private view(offer: Offer): OfferView {
    const { draft, preview, production, changed, artifacts, ...rest } = offer;
    const sources = Object.entries(artifacts).map(([copy, source]) => [copy, withoutSignatures(source)]);
    return structuredClone({
      ...rest,
      artifacts: Object.fromEntries(sources) as Offer['artifacts'],
      eTag: etagOf(changed),
      slots: { draft, preview: preview?.definition ?? null, production: production?.definition ?? null },
      operations: operationsOf(this.services.world, offer),
    });
  }
}
