import { isMedia, parentOf, readKey } from '../../../domain/marketplace/resource-key';
import { FileState } from '../../../partner-center/ingestion';
import { ofMarketplace } from './failures';
import { mediaCalls } from './media-calls';
import type { MediaCalls } from './media-calls';
import { readKind, visibleRows } from './media-rows';
import type { MediaRow } from './media-rows';
import type { ProductSession } from './session';
import type { Writing } from './write-resource';

/**
 * Takes away what broken-off uploads of ours have left waiting for its bytes. In a list of files it would fail the
 * publication; a package would stay for ever. To be called when nothing that is wanted waits for its bytes: an upload that
 * is to go on goes on with what waits. Safe to repeat: what is gone is no error.
 */
export async function clearLeftovers(writing: Writing): Promise<void> {
  await clearFiles(writing);
  await clearPackages(writing);
}

/** A list that the ledger has an entry of is one that this service has begun to write. */
async function clearFiles({ rows, task }: Writing): Promise<void> {
  const { session, hashes } = rows.readers;
  const ledger = await task.ledger.read();
  for (const key of Object.keys(ledger.entries)) {
    const kind = readKey(key)?.kind;
    if (kind === undefined || !isMedia(kind)) continue;
    const listingKey = parentOf(key) ?? '';
    const listing = await rows.read(listingKey);
    if (listing === undefined) continue;
    const place = { listingId: String(listing['id']), key: listingKey };
    const files = (await readKind(session, place, kind, hashes)).get(key) ?? [];
    await removeWaiting(mediaCalls(session, place.listingId, kind), files, visibleRows(key, files, ledger));
  }
}

/** Takes away the files of a list that wait for their bytes and are no part of its content. */
export async function removeWaiting(
  calls: MediaCalls,
  files: readonly MediaRow[],
  visible: readonly MediaRow[],
): Promise<void> {
  for (const file of files) if (file.isPending && !visible.includes(file)) await calls.remove(file.id);
}

/** Ours are those whose bytes were noted before they were sent: a person's package that waits has none. */
async function clearPackages({ rows }: Writing): Promise<void> {
  const { session, packages, hashes } = rows.readers;
  // Without one there is nothing to ask for.
  if (!(await hashes.hasAny())) return;
  packages.forget();
  for (const { id, state } of await packages.list()) {
    if (state === FileState.pendingUpload && (await hashes.known(id)) !== undefined) await discardPackage(session, id);
  }
  packages.forget();
}

/** Where a package cannot be taken away it does no harm. */
export async function discardPackage({ client, call, productId }: ProductSession, packageId: string): Promise<void> {
  try {
    await client.deletePackage({ productId, packageId }, call);
  } catch (error) {
    if (ofMarketplace(error) === undefined) throw error;
  }
}
