import { failed, ok } from '../../../domain/failure';
import type { Failure, Result } from '../../../domain/failure';
import { asText } from '../../../domain/json-value';
import type { Members } from '../../../domain/offer/offer-content';
import { FileState } from '../../../partner-center/ingestion';
import type { Package, PackageType } from '../../../partner-center/ingestion';
import type { TaskFile } from '../offer-api';
import { found, notShownYet } from './failures';
import { idIn, sha256In } from './file-hashes';
import { discardPackage } from './leftovers';
import { messageOf } from './progress';
import { contentTypeOf, fileOf, sendFile } from './send-file';
import { pause } from './session';
import type { Writing } from './write-resource';

/** A package that a configuration is to name. */
interface WantedPackage {
  readonly type: string;
  readonly fileName: string;
  readonly sha256: string;
}

/** How far it came, in bytes that are there. */
export interface PackageSent {
  readonly done: boolean;
  readonly sent: number;
}

/**
 * Sends a package, and waits until it is processed or the slice is over. One of the same bytes and name that the product
 * has already is taken; one that a lost answer has left waiting is gone on with. Whose bytes a package has is noted before
 * they are sent.
 */
export async function sendPackage(writing: Writing, item: Members): Promise<Result<PackageSent>> {
  const { type, fileName, bytes } = item;
  const id = idIn(bytes);
  if (id !== undefined && (await isThere(writing, id))) return ok({ done: true, sent: 0 });
  const wanted = { type: asText(type), fileName: asText(fileName), sha256: sha256In(bytes) ?? '' };
  const there = await findPackage(writing, wanted);
  if (there !== undefined && there.state !== FileState.pendingUpload) return settle(writing, there, wanted);
  const file = await fileOf(writing.task, sha256In(bytes), fileName);
  if (!file.ok) return file;
  const made = there ?? (await create(writing, wanted));
  await writing.rows.readers.hashes.remember(made.id, wanted.sha256);
  const sent = await sendBytes(writing, made, file.value);
  if (!sent.done) return ok(sent);
  return settle(writing, await tellUploaded(writing, made, wanted), wanted);
}

/** One that this service has not sent is known by its id alone; none is ever taken away from a product. */
async function isThere({ rows }: Writing, packageId: string): Promise<boolean> {
  const { client, call, productId } = rows.readers.session;
  return (await found(client.getPackage({ productId, packageId }, call))) !== undefined;
}

/** The best there is: processed, then on its way, then waiting for its bytes. */
async function findPackage({ rows }: Writing, wanted: WantedPackage): Promise<Package | undefined> {
  const { packages, hashes } = rows.readers;
  packages.forget();
  const named = (await packages.list()).filter(({ fileName }) => fileName === wanted.fileName);
  const known = await Promise.all(named.map(async (one) => ({ one, sha256: await hashes.known(one.id) })));
  const same = known.filter(({ sha256 }) => sha256 === wanted.sha256).map(({ one }) => one);
  const nameless = known.filter(({ one, sha256 }) => sha256 === undefined && isWaiting(one, wanted));
  const order = [FileState.processed, FileState.inProcessing, FileState.uploaded, FileState.processFailed];
  const best = order.map((state) => same.find((one) => one.state === state)).find((one) => one !== undefined);
  return best ?? same.find((one) => isWaiting(one, wanted)) ?? nameless.at(-1)?.one;
}

function isWaiting({ state, resourceType }: Package, { type }: WantedPackage): boolean {
  return state === FileState.pendingUpload && resourceType === type;
}

async function create({ rows }: Writing, { type, fileName }: WantedPackage): Promise<Package> {
  const { client, call, productId } = rows.readers.session;
  // The kind of a package that a configuration names is one that the API has.
  return (await client.createPackage(productId, { resourceType: type as PackageType, fileName }, call)).value;
}

async function sendBytes({ rows, task }: Writing, { id, fileName, fileSasUri }: Package, file: TaskFile) {
  const { client, call, productId } = rows.readers.session;
  const refresh = async () => (await client.getPackage({ productId, packageId: id }, call)).value.fileSasUri;
  const url = fileSasUri ?? (await refresh());
  if (url === undefined) throw notShownYet(`where the package ${fileName ?? id} is to go`);
  return sendFile(task, file, { url, contentType: contentTypeOf(fileName), refresh });
}

/** Safe to repeat: a package that is past it only echoes. */
async function tellUploaded({ rows }: Writing, made: Package, { type }: WantedPackage): Promise<Package> {
  const { client, call, productId } = rows.readers.session;
  const document = { ...made, resourceType: type as PackageType, state: FileState.uploaded };
  return (await client.updatePackage({ productId, packageId: made.id }, document, call)).value;
}

async function settle(writing: Writing, there: Package, wanted: WantedPackage): Promise<Result<PackageSent>> {
  const { session, packages } = writing.rows.readers;
  const sent = (await writing.task.files.find(wanted.sha256))?.size ?? 0;
  for (let now = there; ;) {
    if (now.state === FileState.processed) {
      packages.forget();
      return ok({ done: true, sent });
    }
    if (now.state === FileState.processFailed) {
      // It stays so: the next try sends it anew.
      await discardPackage(session, now.id);
      return failed(notProcessed(now));
    }
    if (writing.task.isOver()) return ok({ done: false, sent });
    await pause(session);
    now = (await session.client.getPackage({ productId: session.productId, packageId: now.id }, session.call)).value;
  }
}

function notProcessed({ fileName = '', validationItems = [] }: Package): Failure {
  const items = validationItems.map(messageOf);
  const why = items.map(({ code, details }) => details || code).join(' ');
  return {
    code: 'package-processing-failed',
    message: `Partner Center could not process the package ${fileName}: ${why || 'it gave no reason.'}`.slice(0, 2000),
    retryable: false,
    errors: items.slice(0, 50).map(({ code, details }) => ({ pointer: '', code, message: details })),
  };
}
