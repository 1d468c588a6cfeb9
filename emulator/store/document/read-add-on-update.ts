import type { Switches } from '../../core/settings';
import { invalidValue } from '../errors';
import { AddOnContent, LenientAddOnContent, type Icon } from './add-on-content';
import { ACCEPTED_CONTENT_TYPES, CONTENT_TYPES } from './enums';
import { limitExceeded } from './literals';
import { mergePricing } from './merge-pricing';
import { checkLanguages, isEmptyMap, parseMembers, readMembers, type Update, type UpdateContext } from './read-members';

const SCHEMAS = { strict: AddOnContent, lenient: LenientAddOnContent };

/**
 * Reads the body of a PUT (or of a create with a body) against the stored draft of an add-on.
 *
 * - *Observed*: the literals of listings and titles; `NotSet` is refused (R24).
 * - *Assumed*: members left out, as for applications; an icon that is left out stays.
 */
export function readAddOnUpdate(
  body: Record<string, unknown>,
  { stored, switches }: UpdateContext<AddOnContent>,
): Update<AddOnContent> {
  const sent = readMembers(body, switches);
  if (isEmptyMap(sent['listings'])) throw limitExceeded('size', 'Listings', 1, 'more');
  const { listings: _listings, pricing: _pricing, ...kept } = stored.content;
  const content = parseMembers(SCHEMAS, sent, { kept, switches });
  if (switches.validation === 'strict') checkContentType(content.contentType, switches);
  checkLanguages(content.listings);
  for (const [language, listing] of Object.entries(content.listings)) {
    const icon = mergeIcon(listing.icon, stored.content.listings[language]?.icon);
    delete listing.icon;
    if (icon) listing.icon = icon;
  }
  const hiddenPrice = mergePricing(content, stored, { sent: 'pricing' in sent, switches });
  return { content, hiddenPrice };
}

/** *Documented*: more values than an update was *observed* to accept (switch `addOnContentTypes`). */
function checkContentType(contentType: string, { addOnContentTypes }: Switches): void {
  const accepted =
    addOnContentTypes === 'observed' ? ACCEPTED_CONTENT_TYPES : CONTENT_TYPES.filter((type) => type !== 'NotSet');
  if (accepted.includes(contentType)) return;
  throw invalidValue(`The value of ContentType is not one of ${accepted.join(', ')}`, 'contentType');
}

/**
 * An icon has no id: one that is not new is that of the listing, whatever its name (*assumed*). A new one takes the place
 * of the old one.
 */
function mergeIcon(sent: Icon | undefined, old: Icon | undefined): Icon | undefined {
  if (!sent) return old;
  if (sent.fileStatus === 'PendingUpload') {
    if (sent.fileName === '') throw invalidValue('The value of FileName is not valid', 'fileName');
    return sent;
  }
  if (!old || old.fileStatus === 'PendingUpload') {
    throw invalidValue(`The icon ${sent.fileName} does not exist`, 'icon');
  }
  return { ...old, fileStatus: sent.fileStatus === 'PendingDelete' ? 'PendingDelete' : 'Uploaded' };
}
