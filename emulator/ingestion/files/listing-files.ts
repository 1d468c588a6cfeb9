import { empty, type Answer } from '../../core/answer';
import { param, type Call } from '../../core/call';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { readBody } from '../body';
import { readResource, readType } from '../document/read-resource';
import { notFound } from '../errors';
import { checkIfMatch, touch } from '../etag';
import type { Row } from '../model';
import { findListing } from '../modules/listings';
import { refuseFrozen, type FoundRow } from '../modules/lookup';
import { operation } from '../operation';
import { isExpanded, pageOf } from '../page';
import { BELOW_LISTING } from '../paths';
import { rowAnswer } from '../render';
import { FILE_KINDS, type FileKind } from './file-kinds';
import { makeFileRow, renderFile, replaceFile } from './file-row';
import { imageProblem } from './image';

/**
 * Images, assets and videos of listings (B18–B23, B.7).
 *
 * - *Documented*: where `If-Match` is needed.
 * - *Observed*: `PendingUpload` with a URL to write, `Uploaded` with one to read; lists show it only on demand (B-R9).
 * - *Assumed*: a single resource always shows it.
 */
export function listingFileOperations(services: Services): Operation[] {
  return FILE_KINDS.flatMap((kind) => {
    const path = `${BELOW_LISTING}/${kind.collection}`;
    const show = (call: Call) => answer(services, call, find(services, call, kind).file);
    return [
      operation(`list${kind.plural}`, 'GET', path, (call) => list(services, call, kind)),
      operation(`create${kind.name}`, 'POST', path, (call) => create(services, call, kind)),
      operation(`get${kind.name}`, 'GET', `${path}/:fileId`, show),
      {
        ...operation(`update${kind.name}`, 'PUT', `${path}/:fileId`, (call) => update(services, call, kind)),
        reread: show,
      },
      operation(`delete${kind.name}`, 'DELETE', `${path}/:fileId`, (call) => remove(services, call, kind)),
    ];
  });
}

function filesOf({ row }: FoundRow, { collection }: FileKind): Row[] {
  return (row[collection] ??= []);
}

function find(services: Services, call: Call, kind: FileKind): FoundRow & { file: Row } {
  const found = findListing(services, call);
  const id = param(call, 'fileId').toLowerCase();
  const file = filesOf(found, kind).find((candidate) => candidate.id === id);
  if (!file) throw notFound(call, kind.name);
  return { ...found, file };
}

async function answer(services: Services, call: Call, file: Row, status = 200): Promise<Answer> {
  const location = `${call.origin}${call.path.replace(/\/$/, '')}/${file.id}`;
  const headers = status === 201 ? { location } : {};
  return rowAnswer(file, await renderFile(services, call, file, true), status, headers);
}

async function list(services: Services, call: Call, kind: FileKind): Promise<Answer> {
  const showsUrl = isExpanded(call, 'FileSasUri');
  const files = filesOf(findListing(services, call), kind);
  return pageOf(services, call, await Promise.all(files.map((file) => renderFile(services, call, file, showsUrl))));
}

async function create(services: Services, call: Call, kind: FileKind): Promise<Answer> {
  const found = findListing(services, call);
  refuseFrozen(call, found);
  const file = makeFileRow(services, kind.type, read(services, call, kind.type));
  filesOf(found, kind).push(file);
  return answer(services, call, file, 201);
}

function read(services: Services, call: Call, type: string) {
  const body = readBody(call);
  readType(call, body, [type], type);
  return readResource(services, call, type, { body });
}

async function update(services: Services, call: Call, kind: FileKind): Promise<Answer> {
  const found = find(services, call, kind);
  const { file } = found;
  refuseFrozen(call, found);
  checkIfMatch(services, call, file, kind.needsIfMatch);
  const wasThere = file.upload?.uploaded !== undefined;
  await replaceFile(services, call, file, read(services, call, kind.type));
  if (kind.collection === 'images' && file.upload && !wasThere) await judge(services, file);
  touch(services, file);
  return answer(services, call, file);
}

/** What is wrong with an image is told when the submission is validated (*assumed*). */
async function judge(services: Services, file: Row): Promise<void> {
  if (file.upload?.uploaded === undefined) return;
  const { largeLogo } = services.world.settings.switches;
  const problem = await imageProblem(services, file.upload.blob, String(file.members['type']), largeLogo === 'both');
  if (problem !== undefined) file.upload.problem = problem;
}

function remove(services: Services, call: Call, kind: FileKind): Answer {
  const found = find(services, call, kind);
  refuseFrozen(call, found);
  checkIfMatch(services, call, found.file, false);
  found.row[kind.collection] = filesOf(found, kind).filter((other) => other !== found.file);
  return empty(204);
}
