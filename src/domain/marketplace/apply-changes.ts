import { asObject, asText } from '../json-value';
import type { OfferContent } from '../offer/offer-content';
import type { Fault } from '../release';
import { contentOfDraft, patchResource } from './changes/draft';
import type { Draft } from './changes/draft';
import { refuseUnknown } from './changes/fields';
import type { Reasons } from './changes/fields';
import { patchListings } from './changes/listings';
import {
  availability,
  configurationTypes,
  packageConfiguration,
  property,
  resellerConfiguration,
  setup,
} from './changes/modules';
import { below, changesPlace, refuse } from './changes/place';
import type { AssetFile, ChangeContext, Place } from './changes/place';
import { patchPlans, placePackages } from './changes/plans';
import type { Rule } from './changes/rule';
import { untaken } from './changes/untaken';

/** A content with changes applied. */
export interface AppliedChanges {
  readonly content: OfferContent;
  /** All of them at once; with any, the content is not one to write. */
  readonly faults: readonly Fault[];
  /** The assets of the document that the content shows and the product did not have. */
  readonly files: readonly AssetFile[];
}

type Patch = (draft: Draft, patch: unknown, at: Place) => void;

const modules: Readonly<Record<string, Patch>> = {
  setup: resource('setup', setup),
  property: resource('property', property),
  availability: resource('availability', availability),
  listings: (draft, patch, at) => patchListings(draft, 'listings', patch, at),
  resellerConfiguration: patchReseller,
  packageConfiguration: patchConfiguration,
  plans: patchPlans,
};

const reasons: Reasons = untaken.product;

/**
 * Applies a merge patch (RFC 7396) on the exported document, and the document's packages, to a content. What neither
 * names stays as it is. Pure, and applying twice gives the same.
 */
export function applyChanges(
  content: OfferContent,
  changes: object | undefined,
  context: ChangeContext,
): AppliedChanges {
  const at = changesPlace(context);
  const draft: Draft = new Map(Object.entries(content));
  for (const [name, patch] of Object.entries(changes ?? {})) {
    if (patch !== undefined) patchModule(draft, name, patch, below(at, name));
  }
  placePackages(draft, at);
  return { content: contentOfDraft(draft), faults: at.found.faults, files: at.found.files };
}

function patchModule(draft: Draft, name: string, patch: unknown, at: Place): void {
  const reason = Object.hasOwn(reasons, name) ? reasons[name] : undefined;
  if (Object.hasOwn(modules, name)) modules[name]?.(draft, patch, at);
  else if (reason === undefined) refuseUnknown(name, Object.keys(modules), at);
  else refuse(at, reason.code, reason.message);
}

function resource(key: string, rule: Rule): Patch {
  return (draft, patch, at) => patchResource(draft, key, { rule, patch, at });
}

function patchReseller(draft: Draft, patch: unknown, at: Place): void {
  const key = 'resellerConfiguration';
  if (!draft.has(key) && patch !== null) {
    if (asText(asObject(patch)['resellerChannelState']) === '') {
      refuse(below(at, 'resellerChannelState'), 'missing-member', 'Nothing is set yet: add "resellerChannelState".');
    }
    draft.set(key, { tenantIds: [] });
  }
  patchResource(draft, key, { rule: resellerConfiguration, patch, at });
}

/** The technical configuration of the product itself: where there is none, its type says what is meant. */
function patchConfiguration(draft: Draft, patch: unknown, at: Place): void {
  const key = 'packageConfiguration';
  const { resourceType } = asObject(patch);
  if (!draft.has(key) && patch !== null) {
    if (!configurationTypes.some((one) => one === resourceType)) {
      refuse(
        below(at, 'resourceType'),
        'missing-member',
        `There is none yet: send ${configurationTypes.join(' or ')}.`,
      );
      return;
    }
    draft.set(key, { resourceType });
  }
  patchResource(draft, key, { rule: packageConfiguration, patch, at });
}
