import { empty, type Answer } from '../../core/answer';
import { param, type Call } from '../../core/call';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { findProduct } from '../access';
import { readBody } from '../body';
import { readResource, readType } from '../document/read-resource';
import { notFound } from '../errors';
import { checkIfMatch, touch } from '../etag';
import type { Instance, Row } from '../model';
import { findInstance, findRow, refuseFrozen } from '../modules/lookup';
import { operation } from '../operation';
import { isExpanded, pageOf } from '../page';
import { BELOW_PRODUCT } from '../paths';
import { rowAnswer } from '../render';
import { makeFileRow, renderFile, replaceFile } from './file-row';

const TYPE = 'CosellAsset';

/**
 * Files for co-selling (B44–B46). *Documented*: the methods; *assumed*: they are uploaded as images are, belong to the
 * draft of the module `Cosell`, and POST answers 200.
 */
export function cosellAssetOperations(services: Services): Operation[] {
  const path = `${BELOW_PRODUCT}/cosellAssets`;
  const show = (call: Call) => answer(services, call, find(services, call).row);
  return [
    operation('listCosellAssetsOfInstance', 'GET', `${path}/getByInstanceID(*`, (call) => {
      const { instance } = findInstance(services, call, findProduct(services, call), 'Cosell');
      return list(services, call, instance);
    }),
    operation('listCosellAssets', 'GET', path, (call) => list(services, call, draftOf(services, call))),
    operation('createCosellAsset', 'POST', path, (call) => create(services, call)),
    operation('getCosellAsset', 'GET', `${path}/:assetId`, show),
    { ...operation('updateCosellAsset', 'PUT', `${path}/:assetId`, (call) => update(services, call)), reread: show },
    operation('deleteCosellAsset', 'DELETE', `${path}/:assetId`, (call) => remove(services, call)),
  ];
}

function draftOf(services: Services, call: Call): Instance {
  const draft = findProduct(services, call).drafts.find(({ module }) => module === 'Cosell');
  if (!draft) throw notFound(call, 'Cosell');
  return draft;
}

function isAsset({ type }: Row): boolean {
  return type === TYPE;
}

function find(services: Services, call: Call) {
  const product = findProduct(services, call);
  return findRow(services, call, product, { module: 'Cosell', id: param(call, 'assetId'), accepts: isAsset });
}

async function answer(services: Services, call: Call, row: Row): Promise<Answer> {
  return rowAnswer(row, await renderFile(services, call, row, true));
}

async function list(services: Services, call: Call, { rows }: Instance): Promise<Answer> {
  const showsUrl = isExpanded(call, 'FileSasUri');
  const shown = rows.filter(isAsset).map((row) => renderFile(services, call, row, showsUrl));
  return pageOf(services, call, await Promise.all(shown));
}

async function create(services: Services, call: Call): Promise<Answer> {
  const draft = draftOf(services, call);
  const body = readBody(call);
  readType(call, body, [TYPE], TYPE);
  const row = makeFileRow(services, TYPE, readResource(services, call, TYPE, { body }));
  draft.rows.push(row);
  return answer(services, call, row);
}

async function update(services: Services, call: Call): Promise<Answer> {
  const found = find(services, call);
  refuseFrozen(call, found);
  checkIfMatch(services, call, found.row, false);
  const body = readBody(call);
  readType(call, body, [TYPE], TYPE);
  await replaceFile(services, call, found.row, readResource(services, call, TYPE, { body }));
  touch(services, found.row);
  return answer(services, call, found.row);
}

function remove(services: Services, call: Call): Answer {
  const found = find(services, call);
  refuseFrozen(call, found);
  found.instance.rows = found.instance.rows.filter((other) => other !== found.row);
  return empty(204);
}
