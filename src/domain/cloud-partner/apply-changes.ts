import { isObject } from '../json-value';
import type { Members } from '../json-value';
import type { Fault } from '../release';
import { offerKeys, offerMembers } from './keys';
import { isBlank, isBranch, isSecretMember } from './leaves';
import { mergedMember } from './merge';
import { patchedMembers } from './members';
import type { CloudPartnerOffer, OfferDefinition } from './offer';
import { below, refuse } from './place';
import type { Place } from './place';
import { patchedPlans } from './plans';

/** An offer with changes applied. */
export interface AppliedOfferChanges {
  /** To be sent once the references to secrets in it (`{"$secret": name}`) are resolved. */
  readonly definition: OfferDefinition;
  /** All of them at once, with pointers into the release document; with any, the definition is not one to send. */
  readonly faults: readonly Fault[];
}

/**
 * Applies a merge patch (RFC 7396) on the exported document to an offer that was read. What it does not name stays as it
 * came, also what no export shows and no specification knows. Secrets that came back blank are not sent back as blank:
 * they are left out unless the patch sets them. Pure, and applying twice gives the same.
 */
export function applyOfferChanges(offer: CloudPartnerOffer, changes: object | undefined): AppliedOfferChanges {
  const at: Place = { path: ['changes'], faults: [] };
  // Cast: what is left out lies below, and an object stays an object.
  const base = withoutBlankSecrets(offer.definition) as OfferDefinition;
  const definition = Object.entries(changes ?? {}).reduce<OfferDefinition>((before, [name, patch]) => {
    return patch === undefined ? before : withPart(before, { name, patch, offerTypeId: offer.offerTypeId }, at);
  }, base);
  return { definition, faults: at.faults };
}

interface Part {
  readonly name: string;
  readonly patch: unknown;
  readonly offerTypeId: string;
}

function withPart(before: OfferDefinition, { name, patch, offerTypeId }: Part, at: Place): OfferDefinition {
  const there = below(at, name);
  switch (name) {
    case 'displayText':
      if (typeof patch === 'string') return changed(before, 'displayText', patch);
      refuse(there, patch === null ? 'not-clearable' : 'wrong-type', 'It must be a text.');
      return before;
    case 'offer':
      if (!isPatch(patch, there)) return before;
      return changed(before, 'offer', patchedMembers(before.offer, patch, offerKeys, there));
    case 'plans':
      if (!isPatch(patch, there)) return before;
      return changed(before, 'plans', patchedPlans(before.plans, patch, offerTypeId, there));
    default:
      return withUnknown(before, name, patch, there);
  }
}

/** Members of a definition that nobody knows can be changed where they are there. */
function withUnknown(before: OfferDefinition, name: string, patch: unknown, at: Place): OfferDefinition {
  if (Object.hasOwn(before, name)) {
    // Cast: the member is none of the three that are known.
    return mergedMember(before, name, patch) as OfferDefinition;
  }
  if (offerMembers.some((one) => one.toLowerCase() === name.toLowerCase())) {
    refuse(at, 'read-only-member', 'The service or its target sets it: leave it out.');
  } else {
    refuse(at, 'unknown-member', 'Changes of an offer are in displayText, offer and plans.');
  }
  return before;
}

function isPatch(patch: unknown, at: Place): patch is Members {
  if (isObject(patch)) return true;
  if (patch === null) refuse(at, 'not-clearable', 'Name the members to clear instead of the whole object.');
  else refuse(at, 'wrong-type', 'It must be an object.');
  return false;
}

function changed<Name extends 'displayText' | 'offer' | 'plans'>(
  before: OfferDefinition,
  name: Name,
  after: OfferDefinition[Name],
): OfferDefinition {
  return before[name] === after ? before : { ...before, [name]: after };
}

/** The very same value where nothing is left out. */
function withoutBlankSecrets(value: unknown): unknown {
  if (Array.isArray(value)) {
    const after = value.map(withoutBlankSecrets);
    return after.every((one, index) => one === value[index]) ? value : after;
  }
  if (!isBranch(value)) return value;
  const before = Object.entries(value);
  const kept = before.filter(([name, one]) => !(isSecretMember(name) && isBlank(one)));
  const after = kept.map(([name, one]) => [name, withoutBlankSecrets(one)] as const);
  const isSame = kept.length === before.length && after.every(([, one], index) => one === before[index]?.[1]);
  return isSame ? value : Object.fromEntries(after);
}
