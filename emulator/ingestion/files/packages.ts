import { empty, type Answer } from '../../core/answer';
import { param, type Call } from '../../core/call';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { findProduct } from '../access';
import { readBody } from '../body';
import { PACKAGE_TYPES } from '../document/file-types';
import { readResource, readType } from '../document/read-resource';
import { notFound } from '../errors';
import { checkIfMatch, touch } from '../etag';
import type { IngestionProduct, Row } from '../model';
import { operation } from '../operation';
import { isExpanded, pageOf } from '../page';
import { BELOW_PRODUCT } from '../paths';
import { rowAnswer } from '../render';
import { makeFileRow, renderFile, replaceFile } from './file-row';
import { startProcessing } from './processing';

/**
 * Packages (B26, B27, B-R8).
 *
 * - *Documented*: no PUT needs `If-Match`.
 * - *Observed*: POST gives the URL to write; once `Uploaded` they are processed, those of Business Central at once.
 * - *Assumed*: a package that is deleted is gone for drafts, and stays in what was submitted; one that has been uploaded
 *   only echoes.
 */
export function packageOperations(services: Services): Operation[] {
  const path = `${BELOW_PRODUCT}/packages`;
  const show = (call: Call) => answer(services, call, find(services, call).row);
  return [
    operation('listPackages', 'GET', path, (call) => list(services, call)),
    operation('createPackage', 'POST', path, (call) => create(services, call)),
    operation('getPackage', 'GET', `${path}/:packageId`, show),
    { ...operation('updatePackage', 'PUT', `${path}/:packageId`, (call) => update(services, call)), reread: show },
    operation('deletePackage', 'DELETE', `${path}/:packageId`, (call) => remove(services, call)),
  ];
}

function find(services: Services, call: Call): { product: IngestionProduct; row: Row; isFrozen: boolean } {
  const product = findProduct(services, call);
  const id = param(call, 'packageId').toLowerCase();
  const own = product.packages.find((candidate) => candidate.id === id);
  const frozen = product.submissions.flatMap((submission) =>
    submission.frozen.flatMap(({ packages }) => packages ?? []),
  );
  const row = own ?? frozen.find((candidate) => candidate.id === id);
  if (!row) throw notFound(call, 'Package');
  return { product, row, isFrozen: !own };
}

async function answer(services: Services, call: Call, row: Row, status = 200): Promise<Answer> {
  const location = `${call.origin}${call.path.replace(/\/$/, '')}/${row.id}`;
  const headers = status === 201 ? { location } : {};
  return rowAnswer(row, await renderFile(services, call, row, true), status, headers);
}

async function list(services: Services, call: Call): Promise<Answer> {
  const showsUrl = isExpanded(call, 'FileSasUri');
  const { packages } = findProduct(services, call);
  return pageOf(services, call, await Promise.all(packages.map((row) => renderFile(services, call, row, showsUrl))));
}

async function create(services: Services, call: Call): Promise<Answer> {
  const product = findProduct(services, call);
  const body = readBody(call);
  const type = readType(call, body, PACKAGE_TYPES);
  const row = makeFileRow(services, type, readResource(services, call, type, { body }));
  product.packages.push(row);
  return answer(services, call, row, 201);
}

async function update(services: Services, call: Call): Promise<Answer> {
  const { product, row, isFrozen } = find(services, call);
  if (isFrozen) throw notFound(call, 'Package');
  checkIfMatch(services, call, row, false);
  const body = readBody(call);
  readType(call, body, [row.type], row.type);
  const members = readResource(services, call, row.type, { body });
  if (row.members['state'] === 'PendingUpload') {
    await replaceFile(services, call, row, members);
    if (row.upload?.uploaded !== undefined) await startProcessing(services, product, row);
  }
  touch(services, row);
  return answer(services, call, row);
}

function remove(services: Services, call: Call): Answer {
  const { product, row, isFrozen } = find(services, call);
  if (isFrozen) throw notFound(call, 'Package');
  checkIfMatch(services, call, row, false);
  product.packages = product.packages.filter((other) => other !== row);
  return empty(204);
}
