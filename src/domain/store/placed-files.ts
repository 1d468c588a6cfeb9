import { identityOf, sameZipPath } from './changes/assets';
import type { AssetFile } from './changes/place';
import { asObject, asText, isObject } from '../json-value';
import type { Members } from '../json-value';
import type { StoreSubmission } from './submission';

/** A file that is in a submission, under the id that an export shows. */
export interface PlacedFile {
  readonly place: string;
  readonly sha256: string;
  readonly id: string;
}

/**
 * What became of the files that were sent, once the submission was processed: to be remembered, so that the same bytes
 * are not sent again. A file is found by its name; where the service has named the files of a place anew, by their
 * order, if as many came as were sent. What cannot be told for sure is left out: it is sent again.
 *
 * @param sent the submission as it was sent, which shows what was in a place before; absent: names alone count
 */
export function placedFiles(
  files: readonly AssetFile[],
  submission: StoreSubmission,
  sent?: StoreSubmission,
): PlacedFile[] {
  const there = filesIn(submission);
  const byName = files.map((file) => ({
    file,
    found: there.find((entry) => sameZipPath(nameOf(entry), file.zipPath)),
  }));
  const places = [...new Set(byName.filter(({ found }) => found === undefined).map(({ file }) => file.place))];
  const renamed = new Map(places.flatMap((place) => inOrder(files, place, { submission, sent })));
  return byName.flatMap(({ file, found = renamed.get(file) }) => {
    if (found === undefined) return [];
    return [{ place: file.place, sha256: file.sha256, id: identityOf(found['id'], nameOf(found)) }];
  });
}

interface BeforeAndAfter {
  readonly submission: StoreSubmission;
  readonly sent: StoreSubmission | undefined;
}

/** The files of a place and what came there, one to one. */
function inOrder(
  files: readonly AssetFile[],
  place: string,
  { submission, sent }: BeforeAndAfter,
): [AssetFile, Members][] {
  if (sent === undefined) return [];
  const mine = files.filter((file) => file.place === place);
  const before = new Set(filesIn(entriesAt(sent, place)).map(({ id }) => asText(id)));
  const came = filesIn(entriesAt(submission, place)).filter(({ id }) => asText(id) !== '' && !before.has(asText(id)));
  if (came.length !== mine.length) return [];
  return mine.flatMap((file, index): [AssetFile, Members][] => {
    const entry = came[index];
    return entry === undefined ? [] : [[file, entry]];
  });
}

/** The files that stand in a place: `trailers`, `trailers/en-us`, `en-us/icon`, `en-us/Screenshot`, `en-us/Windows81/Screenshot`. */
function entriesAt({ listings, trailers }: StoreSubmission, place: string): readonly Members[] {
  const [first = '', ...rest] = place.split('/');
  const all = Array.isArray(trailers) ? trailers.filter(isObject) : [];
  if (first === 'trailers') {
    const [language] = rest;
    if (language === undefined) return all.map(({ trailerAssets: _assets, ...trailer }) => trailer);
    return all.flatMap(({ trailerAssets }) => asImages(asObject(memberOf(trailerAssets, language))['imageList']));
  }
  const listing = asObject(memberOf(listings, first));
  const type = rest.at(-1);
  if (type === 'icon') return asImages([listing['icon']]);
  const content = rest.length > 1 ? memberOf(listing['platformOverrides'], rest[0] ?? '') : listing['baseListing'];
  return asImages(asObject(content)['images']).filter(({ imageType }) => imageType === type);
}

function asImages(value: unknown): readonly Members[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function memberOf(members: unknown, name: string): unknown {
  const entry = Object.entries(asObject(members)).find(([key]) => key.toLowerCase() === name.toLowerCase());
  return entry?.[1];
}

/**
 * Names of pictures and trailers that a draft announced before and that are not among the files to send. An archive
 * replaces the one before it whole, so they would be missing from ours.
 */
export function announcedElsewhere(planned: StoreSubmission, files: readonly AssetFile[]): string[] {
  const { applicationPackages: _packages, flightPackages: _flight, ...content } = planned;
  const names = pendingIn(content).map(nameOf);
  return names.filter((name) => !files.some(({ zipPath }) => sameZipPath(zipPath, name)));
}

function nameOf(entry: Members): string {
  return asText(entry['videoFileName'] ?? entry['fileName']);
}

function filesIn(value: unknown): Members[] {
  const gone = ['PendingUpload', 'PendingDelete'];
  return entriesIn(value).filter((entry) => !gone.includes(asText(entry['fileStatus'])));
}

/** Trailers and their thumbnails have no status: what has no id is new. */
function pendingIn(value: unknown): Members[] {
  return entriesIn(value).filter(({ fileStatus, id }) =>
    fileStatus === undefined ? asText(id) === '' : fileStatus === 'PendingUpload',
  );
}

/** Whatever has the name of a file. */
function entriesIn(value: unknown): Members[] {
  if (Array.isArray(value)) return value.flatMap(entriesIn);
  if (!isObject(value)) return [];
  return [...(nameOf(value) === '' ? [] : [value]), ...Object.values(value).flatMap(entriesIn)];
}
