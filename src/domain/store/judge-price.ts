import type { FaultCode } from '../fault-catalogue';
import type { Fault } from '../release';
import type { OnPrice } from '../release-document';
import { exportOf } from './apply-changes';
import { hiddenPrice } from './blockers';
import { asObject } from '../json-value';
import { diffOf } from './diff-submissions';
import type { StoreKind } from './mapping';
import type { StoreSubmission } from './submission';

export interface PriceVerdict {
  readonly faults: readonly Fault[];
  /** The API cannot show the price of what is live, so damage could not be seen. */
  readonly blocker: 'price-hidden' | null;
}

/**
 * Whether a release may do to the price what it does. A first submission sets it freely.
 *
 * @param published what is live; `null` = never published
 * @param planned what would be sent
 */
export function judgePrice(
  kind: StoreKind,
  option: OnPrice,
  published: StoreSubmission | null,
  planned: StoreSubmission,
): PriceVerdict {
  if (published === null) return { faults: [], blocker: null };
  const changed = diffOf(kind, published, planned).filter(({ path }) => path.startsWith('/pricing'));
  const isSet = option === 'change' && asObject(exportOf(kind, planned)['pricing'])['priceId'] !== 'Base';
  const isHidden = hiddenPrice(published) && option !== 'keep-unseen' && !isSet;
  const faults = option === 'change' ? [] : changed.map(({ path }) => priceKept(path));
  return { faults, blocker: isHidden ? 'price-hidden' : null };
}

function priceKept(path: string): Fault {
  const code: FaultCode = 'price-kept';
  const message = 'What is live has another one, and the price is to be kept: say options.price "change" to set it.';
  return { pointer: `/changes${path}`, code, message };
}
