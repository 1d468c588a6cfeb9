import { failed, ok } from '../../../domain/failure';
import type { Result } from '../../../domain/failure';
import { asObject } from '../../../domain/json-value';
import { resourceOf } from '../../../domain/marketplace/resource-content';
import type { Members } from '../../../domain/offer/offer-content';
import { FileState } from '../../../partner-center/ingestion';
import { notShownYet } from './failures';
import { sha256In } from './file-hashes';
import { keepFile } from './kept-files';
import type { MediaCalls } from './media-calls';
import { isStreamed, thumbnailId, urlOf } from './media-rows';
import type { MediaKind, MediaRow } from './media-rows';
import type { NextStep } from './media-steps';
import { contentTypeOf, fileOf, sendFile } from './send-file';
import type { Writing } from './write-resource';

/** A list of files of a listing at work. */
export interface MediaList {
  readonly writing: Writing;
  readonly key: string;
  readonly kind: MediaKind;
  readonly calls: MediaCalls;
  /** All that the list has, also what waits for its bytes. */
  read(): Promise<readonly MediaRow[]>;
}

export type Made = 'made' | 'unfinished';

/**
 * Makes one step. Throws what the client and the upload throw.
 *
 * @param hidden what an unfinished write of ours has left waiting for its bytes
 */
export async function makeStep(list: MediaList, hidden: readonly MediaRow[], step: NextStep): Promise<Result<Made>> {
  switch (step.step) {
    case 'add':
      return add(list, hidden, step);
    case 'change': {
      const { row, item, order } = step;
      await list.calls.update(row.wire, documentOf(list, item, row.wire, order));
      return ok('made');
    }
    case 'thumbnail':
      return sendThumbnail(list, step.row, step.item);
    case 'remove':
      await keepFile(list.writing.task, step.row);
      await list.calls.remove(step.row.id);
      return ok('made');
  }
}

type Add = Extract<NextStep, { step: 'add' }>;

async function add(list: MediaList, hidden: readonly MediaRow[], { item, order, again }: Add): Promise<Result<Made>> {
  if (again !== undefined) await keepFile(list.writing.task, again);
  if (list.kind === 'videos') return addVideo(list, item);
  const { task, rows: draft } = list.writing;
  const sha256 = sha256In(item['bytes']) ?? '';
  const file = await fileOf(task, sha256, item['fileName']);
  if (!file.ok) return file;
  const wire =
    (await waiting(list, hidden, item)) ?? (await list.calls.create(documentOf(list, item, undefined, order)));
  const id = String(wire['id']);
  // Noted before the bytes are there: whoever finds this file knows what it is for.
  await draft.readers.hashes.remember(id, sha256);
  const sent = await sendTo(list, id, file.value, { url: urlOf(wire), fileName: item['fileName'] });
  if (!sent) return ok('unfinished');
  const document = { ...documentOf(list, item, wire, order), state: FileState.uploaded };
  await list.calls.update(wire, document);
  return ok('made');
}

/** One that was made for these bytes, and whose answer or upload was lost. */
async function waiting(
  { writing }: MediaList,
  hidden: readonly MediaRow[],
  item: Members,
): Promise<Members | undefined> {
  const { hashes } = writing.rows.readers;
  for (const { id, wire } of hidden) {
    if (wire['fileName'] !== item['fileName']) continue;
    const known = await hashes.known(id);
    if (known === undefined || known === sha256In(item['bytes'])) return wire;
  }
  return undefined;
}

/** A film of another site needs no bytes; its picture follows. */
async function addVideo(list: MediaList, item: Members): Promise<Result<Made>> {
  if (!isStreamed(item)) {
    const message = `The film ${JSON.stringify(item['fileName'])} is not to be had from another site: it cannot be sent.`;
    return failed({ code: 'package-unavailable', message, retryable: false });
  }
  await list.calls.create(documentOf(list, item, undefined, 0));
  return ok('made');
}

async function sendThumbnail(list: MediaList, row: MediaRow, item: Members): Promise<Result<Made>> {
  const picture = asObject(item['thumbnail']);
  const sha256 = sha256In(picture['bytes']) ?? '';
  const file = await fileOf(list.writing.task, sha256, picture['fileName']);
  if (!file.ok) return file;
  const there = asObject(row.wire['thumbnail']);
  await list.writing.rows.readers.hashes.remember(thumbnailId(row.wire), sha256);
  const sent = await sendTo(list, row.id, file.value, { url: urlOf(there), fileName: picture['fileName'] });
  if (!sent) return ok('unfinished');
  const { bytes: _bytes, ...said } = picture;
  const thumbnail = { ...there, ...said, state: FileState.uploaded };
  await list.calls.update(row.wire, { ...documentOf(list, item, row.wire, 0), thumbnail });
  return ok('made');
}

interface Place {
  readonly url: ReturnType<typeof urlOf>;
  readonly fileName: unknown;
}

async function sendTo(
  list: MediaList,
  id: string,
  file: Parameters<typeof sendFile>[1],
  { url, fileName }: Place,
): Promise<boolean> {
  const fresh = async () => {
    const wire = await list.calls.get(id);
    return urlOf(list.kind === 'videos' ? asObject(wire['thumbnail']) : wire);
  };
  const there = url ?? (await fresh());
  if (there === undefined) throw notShownYet(`where the file ${JSON.stringify(fileName)} is to go`);
  const target = { url: there, contentType: contentTypeOf(fileName), refresh: fresh };
  return (await sendFile(list.writing.task, file, target)).done;
}

/** Only pictures have an order; a film of another site has a file name that says nothing. */
function documentOf({ key, kind }: MediaList, item: Members, wire: Members | undefined, order: number): Members {
  const document = resourceOf(key, item, wire);
  if (kind === 'images') return { ...document, order };
  return kind === 'videos' ? { ...document, fileName: wire?.['fileName'] ?? item['fileName'] ?? 'video' } : document;
}
