import { sameContent } from '../offer/compare-offers';
import type { DraftLedger, LedgerEntry } from '../offer/draft-ledger';
import type { Members } from '../offer/offer-content';
import { partsOfNew } from './new-resources';
import { parentOf } from './resource-key';

/**
 * Whether a resource came into being with a plan, or a listing, that this service made, and has not been written since: it
 * is nobody's work, whatever the API has put there.
 */
export function cameWithPlan(ledger: DraftLedger, key: string): boolean {
  const own = ledger.entries[key];
  for (let above = parentOf(key); above !== undefined; above = parentOf(above)) {
    const entry = ledger.entries[above];
    if (entry === undefined || entry.found !== null || entry.wrote === null) continue;
    // Noted with the plan, as it is known to come, and not written since.
    if (own === undefined || isUnwritten(own, partsOfNew(above, entry.wrote)[key])) return true;
  }
  return false;
}

function isUnwritten({ wrote, readBack }: LedgerEntry, part: Members | undefined): boolean {
  return part !== undefined && readBack === undefined && sameContent(wrote, part);
}
