import type { FoundOffer, NamedOfferCall } from '../../contracts/offer-activities';
import { failed, ok } from '../../domain/failure';
import type { Result } from '../../domain/failure';
import type { Offer } from '../../domain/offer/offer';
import { productKey } from '../../domain/product';
import type { Activity, ActivityDeps } from '../deps';
import { recordOf } from '../fence';
import { asMakeIntent } from '../intent';
import type { MakeIntent } from '../intent';
import type { OfferDirectory } from './offer-api';
import { callOfActivity, guardedOffer, openDirectory, remoteReading } from './open-offer';

/**
 * Makes the offer that the document names. Safe to repeat, killed anywhere or running twice: it looks for the name first,
 * the intent is written before the POST by whoever sends it, and after a lost answer the POST is sent again only after
 * the list has had time to show what it made. An offer id is given once: a second POST would be refused.
 */
export function createMakeOffer(deps: ActivityDeps): Activity<NamedOfferCall, FoundOffer> {
  return (input) =>
    guardedOffer<FoundOffer>(input.target.kind, async () => {
      const mine = await recordOf(deps, input);
      if (!mine.ok) return mine;
      const directory = await openDirectory(deps, input.target.kind, input.account, callOfActivity(deps, input, 1));
      const found = await directory.find(input.target);
      // Read after the list: another copy of this activity may have sent since.
      const now = await recordOf(deps, input);
      if (!now.ok) return now;
      const before = asMakeIntent(now.value.intent);
      if (found !== null) return before === undefined ? ok({ product: found }) : own(deps, input, found);
      const waitMs = before === undefined ? 0 : Date.parse(before.at) + deps.settings.settleMs - deps.now().getTime();
      if (waitMs > 0) return unsettled(waitMs);
      const intent: MakeIntent = { kind: 'make', at: deps.now().toISOString() };
      const stored = await deps.releases.setIntent(input, intent, now.value.intent);
      if (stored.kind !== 'set') return unsettled(deps.settings.settleMs);
      const made = await post(deps, input, directory, before);
      return made.ok ? own(deps, input, made.value) : made;
    });
}

async function post(
  deps: ActivityDeps,
  input: NamedOfferCall,
  directory: OfferDirectory,
  before: MakeIntent | undefined,
): Promise<Result<Offer>> {
  try {
    return ok(await directory.make(input.target));
  } catch (error) {
    const failure = remoteReading(input.target.kind)(error);
    if (failure === undefined) throw error;
    // This POST has made nothing; one that was sent before it may have.
    if (failure.unclear !== true) await deps.releases.replaceIntent(input, before ?? null);
    return failed(failure);
  }
}

/** The draft that a new offer comes with is the release's as much as the offer is. */
async function own(deps: ActivityDeps, input: NamedOfferCall, product: Offer): Promise<Result<FoundOffer>> {
  await deps.offers.changeLedger(productKey(product), (ledger) => ({ ...ledger, madeBy: input.releaseId }));
  await deps.releases.replaceIntent(input, null);
  return ok({ product });
}

function unsettled(waitMs: number): Result<never> {
  return failed({
    code: 'partner-center-unavailable',
    message: 'A create was sent and its answer lost; the list does not show what it made yet.',
    retryable: true,
    unclear: true,
    retryAfterMs: waitMs,
  });
}
