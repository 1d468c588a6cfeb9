import { asObject } from '../../../domain/json-value';
import { contentOf } from '../../../domain/marketplace/resource-content';
import type { Members, OfferContent } from '../../../domain/offer/offer-content';
import type { DraftLedger } from '../../../domain/offer/draft-ledger';
import { SecretUrl } from '../../../partner-center/http';
import { FileState } from '../../../partner-center/ingestion';
import type { FileHashes } from './file-hashes';
import { idIn, unreadable } from './file-hashes';
import { all } from './session';
import type { ProductSession } from './session';

export const mediaKinds = ['images', 'videos', 'assets'] as const;
export type MediaKind = (typeof mediaKinds)[number];

/** One file of a listing, as it was read. */
export interface MediaRow {
  readonly id: string;
  /** As it came, its addresses included. */
  readonly wire: Members;
  /** As the content has it. */
  readonly item: Members;
  /** Its bytes are not there yet. */
  readonly isPending: boolean;
}

/** A listing in one language, and how its content is called. */
export interface MediaPlace {
  readonly listingId: string;
  /** `listings/en-us` */
  readonly key: string;
}

/** The files of a listing by the keys of their lists, in their order. */
export type MediaLists = ReadonlyMap<string, readonly MediaRow[]>;

export async function readMedia(session: ProductSession, place: MediaPlace, hashes: FileHashes): Promise<MediaLists> {
  const lists = await Promise.all(mediaKinds.map((kind) => readKind(session, place, kind, hashes)));
  return new Map(lists.flatMap((list) => [...list]));
}

/** As `readMedia`, of one kind. */
export async function readKind(
  session: ProductSession,
  { listingId, key }: MediaPlace,
  kind: MediaKind,
  hashes: FileHashes,
): Promise<MediaLists> {
  const wires = await listFiles(session, listingId, kind);
  const lists = new Map<string, MediaRow[]>();
  for (const wire of inOrder(wires)) {
    const name = kind === 'images' ? `${key}/images/${String(wire['type'])}` : `${key}/${kind}`;
    lists.set(name, [...(lists.get(name) ?? []), await rowOf(name, kind, wire, hashes)]);
  }
  return lists;
}

async function listFiles(session: ProductSession, listingId: string, kind: MediaKind): Promise<Members[]> {
  const { client, call, productId } = session;
  const listing = { productId, listingId };
  const options = { withFileSasUri: true };
  switch (kind) {
    case 'images':
      return all(client.listListingImages(listing, call, options));
    case 'videos':
      return all(client.listListingVideos(listing, call, options));
    case 'assets':
      return all(client.listListingAssets(listing, call, options));
  }
}

/** Only pictures have an order of their own; the others come in that of the list. */
function inOrder(wires: readonly Members[]): readonly Members[] {
  return [...wires].sort((a, b) => orderOf(a) - orderOf(b));
}

export function orderOf({ order }: Members): number {
  return typeof order === 'number' ? order : 0;
}

async function rowOf(key: string, kind: MediaKind, wire: Members, hashes: FileHashes): Promise<MediaRow> {
  const id = String(wire['id']);
  const isPending = isWaiting(wire) && !isStreamed(wire);
  const item =
    kind === 'videos' ? await videoItem(key, wire, hashes) : await fileItem(key, wire, isPending ? undefined : hashes);
  return { id, wire, item, isPending };
}

/** A file that waits for its bytes is nobody's bytes. */
async function fileItem(key: string, wire: Members, hashes: FileHashes | undefined): Promise<Members> {
  const id = String(wire['id']);
  const bytes = hashes === undefined ? unreadable(id) : await hashes.bytesOf(id, urlOf(wire));
  return withBytes(contentOf(key, wire), bytes);
}

/** A film of another site is known by its address there; of a film of its own only the name is known. */
async function videoItem(key: string, wire: Members, hashes: FileHashes): Promise<Members> {
  const { fileName, thumbnail: _picture, ...rest } = contentOf(key, wire);
  const item = isStreamed(wire) ? rest : { fileName, ...rest };
  const picture = asObject(wire['thumbnail']);
  if (wire['thumbnail'] === undefined || isWaiting(picture)) return item;
  const bytes = await hashes.bytesOf(thumbnailId(wire), urlOf(picture));
  return { ...item, thumbnail: withBytes(asObject(contentOf(key, wire)['thumbnail']), bytes) };
}

function withBytes(item: Members, bytes: string | undefined): Members {
  return bytes === undefined ? item : { ...item, bytes };
}

/** The picture of a film has no id of its own; where it lies tells it from one that took its place. */
export function thumbnailId(wire: Members): string {
  const url = urlOf(asObject(wire['thumbnail']));
  const place = url === undefined ? '' : (URL.parse(url.open())?.pathname.split('/').at(-1) ?? '');
  return `${String(wire['id'])}/thumbnail/${place}`;
}

export function urlOf({ fileSasUri }: Members): SecretUrl | undefined {
  return fileSasUri instanceof SecretUrl ? fileSasUri : undefined;
}

export function isWaiting({ state }: Members): boolean {
  return state === FileState.pendingUpload;
}

export function isStreamed({ streamingUri }: Members): boolean {
  return typeof streamingUri === 'string' && streamingUri !== '';
}

/**
 * The content of a list of files. What an unfinished write of ours has left waiting for its bytes is no part of it; what
 * waited there before is.
 */
export function mediaContent(
  key: string,
  rows: readonly MediaRow[],
  ledger: DraftLedger | undefined,
): Members | undefined {
  const items = visibleRows(key, rows, ledger).map(({ item }) => item);
  return items.length === 0 ? undefined : { items };
}

export function visibleRows(
  key: string,
  rows: readonly MediaRow[],
  ledger: DraftLedger | undefined,
): readonly MediaRow[] {
  const entry = ledger?.entries[key];
  if (entry === undefined) return rows;
  const before = new Set(itemsOf(entry.found ?? {}).map(({ bytes }) => idIn(bytes)));
  return rows.filter((row) => !row.isPending || before.has(row.id));
}

export function itemsOf(list: Members): readonly Members[] {
  return Array.isArray(list['items']) ? list['items'].map(asObject) : [];
}

/** The same of all lists. */
export function mediaContents(lists: MediaLists, ledger: DraftLedger | undefined): OfferContent {
  const contents = [...lists].map(([key, rows]) => [key, mediaContent(key, rows, ledger)] as const);
  return Object.fromEntries(contents.flatMap(([key, content]) => (content === undefined ? [] : [[key, content]])));
}
