import { asList, asObject, asText } from '../../json-value';
import type { Members } from '../../json-value';
import { isLanguageCode } from '../../language-code';
import { imageTypes, logoTypes } from '../words';
import { namesBelow, patchResource, put, remove } from './draft';
import type { Draft } from './draft';
import { refuseUnknown } from './fields';
import { assetCaptions, imageCaptions, patchedFiles, videoCaptions } from './files';
import { listingTexts } from './modules';
import { below, refuse } from './place';
import type { Place } from './place';

/**
 * Listings by language, of the product or of a plan: `null` takes one out with its files, and one that is not there is
 * made from an entry that has all it needs.
 *
 * @param key of all of them: `listings`, `plans/basic/listings`
 */
export function patchListings(draft: Draft, key: string, patch: unknown, at: Place): void {
  if (patch === null) {
    refuse(at, 'not-clearable', 'Name the languages to take out.');
    return;
  }
  const entries = Object.entries(asObject(patch)).filter(([, one]) => one !== undefined);
  for (const [name, one] of entries) {
    const language = name.toLowerCase();
    if (one === null) remove(draft, `${key}/${language}`);
    else patchListing(draft, `${key}/${language}`, asObject(one), below(at, name));
  }
  const isEmptied = entries.some(([, one]) => one === null) && namesBelow(draft, key).length === 0;
  if (isEmptied) refuse(at, 'listing-missing', 'No language would remain: keep one, or add one with a title.');
}

function patchListing(draft: Draft, key: string, patch: Members, at: Place): void {
  const { images, videos, assets, ...texts } = patch;
  if (!draft.has(key) && !isStarted(draft, key, texts, at)) return;
  patchResource(draft, key, { rule: listingTexts, patch: texts, at });
  if (images !== undefined) patchImages(draft, `${key}/images`, images, below(at, 'images'));
  if (videos !== undefined)
    patchFiles(draft, `${key}/videos`, videos, { captions: videoCaptions, at: below(at, 'videos') });
  if (assets !== undefined)
    patchFiles(draft, `${key}/assets`, assets, { captions: assetCaptions, at: below(at, 'assets') });
}

/** Begins a listing in another language; `false` = this is none that could be begun. */
function isStarted(draft: Draft, key: string, texts: Members, at: Place): boolean {
  const language = key.slice(key.lastIndexOf('/') + 1);
  if (!isLanguageCode(language)) {
    refuse(at, 'unknown-language', 'A language is written as "en-us".');
    return false;
  }
  const missing = ['title', 'description'].filter((name) => asText(texts[name]).trim() === '');
  if (missing.length > 0) {
    const needs = missing.map((name) => `"${name}"`).join(' and ');
    refuse(at, 'listing-not-found', `There is no listing in "${language}"; a new one needs ${needs}.`);
  }
  draft.set(key, { listingUris: [], listingContacts: {} });
  return true;
}

interface FilesPatch {
  readonly captions: Parameters<typeof patchedFiles>[2];
  /** Of the list. */
  readonly at: Place;
}

function patchFiles(draft: Draft, key: string, patch: unknown, { captions, at }: FilesPatch): void {
  const before = draft.get(key);
  const after = patchedFiles(before, patch, captions, { ...at, key });
  if (after !== before) put(draft, key, after);
}

function patchImages(draft: Draft, key: string, patch: unknown, at: Place): void {
  const there = namesBelow(draft, key);
  const changes = patch === null ? Object.fromEntries(there.map((type) => [type, null])) : asObject(patch);
  for (const [type, items] of Object.entries(changes)) {
    if (items === undefined) continue;
    if (!there.includes(type) && !imageTypes.some((one) => one === type)) {
      refuseUnknown(type, imageTypes, below(at, type));
      continue;
    }
    const before = draft.get(`${key}/${type}`);
    patchFiles(draft, `${key}/${type}`, items, { captions: imageCaptions, at: below(at, type) });
    if (draft.get(`${key}/${type}`) !== before) refuseUnfit(draft, { key, type, there }, below(at, type));
  }
}

interface ImageList {
  readonly key: string;
  readonly type: string;
  /** Types that there were before. */
  readonly there: readonly string[];
}

/** A logo is one picture, and one that every page of the marketplace shows cannot go. */
function refuseUnfit(draft: Draft, { key, type, there }: ImageList, at: Place): void {
  const items = asList(draft.get(`${key}/${type}`)?.['items']);
  const isLogo = logoTypes.some((one) => one === type);
  if (isLogo && items.length > 1) refuse(at, 'too-long', `A listing has one ${type}: name one picture.`);
  const isNeeded = type === 'AzureLogoLarge' && !key.startsWith('plans/') && there.includes(type);
  if (isNeeded && items.length === 0 && draft.has(key.slice(0, -'/images'.length))) {
    refuse(at, 'not-clearable', 'A listing needs its large logo: name another picture instead.');
  }
}
