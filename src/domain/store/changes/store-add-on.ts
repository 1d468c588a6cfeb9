import { addOnContentTypes, addOnLifetimes, refusedContentTypes, visibilities } from '../words';
import { byKey, lowerCase } from './by-key';
import { icon } from './icon';
import { refuseIncomplete } from './incomplete-listing';
import { refuse } from './place';
import type { Place } from './place';
import { addOnPricing } from './pricing';
import { asObject, asText } from '../../json-value';
import { object, text, texts, word } from './shape';
import type { Shape } from './shape';

const listing = object({ title: text, description: text, icon });

function freshListing(patch: unknown, at: Place): unknown {
  refuseIncomplete(asText(asObject(patch)['title']) === '' ? ['title'] : [], at);
  return { description: '', title: '' };
}

const documented = word([...addOnContentTypes, ...refusedContentTypes]);

/** Words that the page names and the service refuses may stay where an old add-on has them. */
const contentType: Shape = {
  exported: documented.exported,
  patched: (stored, patch, at) => {
    if (patch !== stored && refusedContentTypes.some((one) => one === patch)) {
      refuse(at, 'invalid-value', `The service refuses this one: send ${addOnContentTypes.join(', ')}.`);
    }
    return documented.patched(stored, patch, at);
  },
};

/** An add-on submission as `changes` sees it. */
export const storeAddOn = object({
  contentType,
  keywords: texts,
  lifetime: word(addOnLifetimes),
  listings: byKey({ written: lowerCase, item: listing, fresh: freshListing }),
  pricing: addOnPricing,
  tag: text,
  visibility: word(visibilities),
});
