import type { Members } from '../json-value';

/** The content of a Cloud Partner offer, as the API has it: flat keys with a dotted prefix, plans as a list. */
export interface OfferDefinition {
  readonly [member: string]: unknown;
  readonly displayText?: string | null | undefined;
  readonly offer: Members;
  readonly plans: readonly Members[];
}

/** What of an offer the rules look at. */
export interface CloudPartnerOffer {
  /** `microsoft-azure-virtualmachines`, `microsoft-azure-corevm`, or another: an opaque text. */
  readonly offerTypeId: string;
  readonly definition: OfferDefinition;
}

/** An offer as `changes` speaks of it: the same keys, plans by their id. */
export interface OfferDocument {
  readonly [member: string]: unknown;
  readonly displayText?: string;
  readonly offer: Members;
  readonly plans: Readonly<Record<string, Members>>;
}
