import { failed, ok } from '../../../domain/failure';
import type { Result } from '../../../domain/failure';
import type { Members, OfferContent } from '../../../domain/offer/offer-content';
import { changedMeanwhile } from '../offer-api';
import { partsOf } from './draft-rows';
import { found } from './failures';
import { keepFile } from './kept-files';
import { readMedia } from './media-rows';
import { contentOfRow, readListingRows } from './read-content';
import { judge } from './write-resource';
import type { WriteEnd, Writing } from './write-resource';

/**
 * Takes a listing or a plan out, with all that lies below it: the ledger notes each resource that goes along, and the
 * files are kept, so that all of it can be put back.
 *
 * @param current the draft as it was read for this slice
 */
export async function deleteResource(writing: Writing, key: string, current: OfferContent): Promise<Result<WriteEnd>> {
  const { rows, task } = writing;
  const row = await rows.read(key);
  if (row === undefined) return ok('was-so');
  const parts: OfferContent = { [key]: await contentOfRow(rows.readers, key, row), ...below(current, key) };
  for (const [one, there] of Object.entries(parts)) {
    if ((await judge(writing, { key: one, there, wanted: null })) === 'changed') return failed(changedMeanwhile(one));
  }
  await keepFiles(writing, key);
  for (const [one, there] of Object.entries(parts)) await task.ledger.intend(one, there, null);
  const sent = await send(writing, key, row);
  if (!sent.ok) return sent;
  for (const one of Object.keys(parts)) await task.ledger.readBack(one, undefined);
  return sent;
}

function below(content: OfferContent, key: string): OfferContent {
  return Object.fromEntries(Object.entries(content).filter(([one]) => one.startsWith(`${key}/`)));
}

async function keepFiles({ rows, task }: Writing, key: string): Promise<void> {
  const { plan } = partsOf(key);
  const prefix = plan === undefined ? '' : `plans/${plan}/`;
  const listings = await readListingRows(rows.readers.session, await rows.modulesOf(plan));
  for (const [language, listing] of listings) {
    const place = { listingId: String(listing['id']), key: `${prefix}listings/${language}` };
    if (!`${place.key}/`.startsWith(`${key}/`)) continue;
    const lists = await readMedia(rows.readers.session, place, rows.readers.hashes);
    for (const file of [...lists.values()].flat()) await keepFile(task, file);
  }
}

async function send({ rows }: Writing, key: string, row: Members): Promise<Result<WriteEnd>> {
  const { client, call, productId } = rows.readers.session;
  const id = String(row['id']);
  switch (partsOf(key).kind) {
    case 'listing':
    case 'planListing':
      await found(client.deleteListing({ productId, listingId: id }, call));
      return ok('sent');
    case 'plan':
      await found(client.deleteVariant({ productId, variantId: id }, call));
      rows.forget();
      return ok('sent');
    default: {
      const message = `"${key}" of the draft cannot be taken out: Partner Center always has one.`;
      return failed({ code: 'submission-refused', message, retryable: false });
    }
  }
}
