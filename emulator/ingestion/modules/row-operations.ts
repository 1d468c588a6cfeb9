import type { Answer } from '../../core/answer';
import { param, type Call } from '../../core/call';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { findProduct } from '../access';
import { readBody } from '../body';
import { readResource, readType } from '../document/read-resource';
import { notFound } from '../errors';
import { checkIfMatch, touch } from '../etag';
import type { IngestionProduct, Members, Row } from '../model';
import { operation } from '../operation';
import { isExpanded, pageOf } from '../page';
import { BELOW_PRODUCT } from '../paths';
import { renderRow, rowAnswer } from '../render';
import { findInstance, findRow, refuseFrozen } from './lookup';
import { isOf, ROW_KINDS, type RowKind } from './row-kinds';

/**
 * Reading and replacing what is in the instances of modules (B8–B14, B24, B25, B30, B31, B41, B42, B47, B48).
 *
 * - *Documented*: where `If-Match` is needed; what `$expand` shows.
 * - *Observed*: a PUT replaces the whole; a new etag in header and body.
 * - *Assumed*: POST to a collection replaces the only draft there is, without `If-Match`.
 */
export function rowOperations(services: Services): Operation[] {
  return ROW_KINDS.flatMap((kind) => [...singleOperations(services, kind), ...collectionOperations(services, kind)]);
}

function singleOperations(services: Services, kind: RowKind): Operation[] {
  const base = `${BELOW_PRODUCT}/${kind.path}`;
  const show = (call: Call): Answer => answer(call, kind, find(services, call, kind).row);
  return [
    operation(`list${kind.plural}OfInstance`, 'GET', `${base}/getByInstanceID(*`, (call) =>
      ofInstance(services, call, kind),
    ),
    operation(`get${kind.name}`, 'GET', `${base}/:rowId`, show),
    {
      ...operation(`update${kind.name}`, 'PUT', `${base}/:rowId`, (call) => update(services, call, kind)),
      reread: show,
    },
  ];
}

function collectionOperations(services: Services, kind: RowKind): Operation[] {
  const { collection } = kind;
  if (!collection) return [];
  const path = `${BELOW_PRODUCT}/${kind.path}`;
  return [
    operation(`list${kind.plural}`, 'GET', path, (call) => {
      const rows = draftRows(findProduct(services, call), kind);
      return pageOf(
        services,
        call,
        rows.map((row) => render(call, kind, row)),
      );
    }),
    operation(`create${kind.name}`, 'POST', path, (call) => {
      const [row] = draftRows(findProduct(services, call), kind);
      if (!row) throw notFound(call, kind.name);
      replace(services, call, row);
      return answer(call, kind, row, collection(services));
    }),
  ];
}

function draftRows(product: IngestionProduct, kind: RowKind): Row[] {
  const own = product.drafts.filter(({ module, variant }) => module === kind.module && variant === undefined);
  return own.flatMap(({ rows }) => rows.filter(isOf(kind)));
}

function ofInstance(services: Services, call: Call, kind: RowKind): Answer {
  const { instance } = findInstance(services, call, findProduct(services, call), kind.module);
  const rows = instance.rows.filter(isOf(kind));
  return pageOf(
    services,
    call,
    rows.map((row) => render(call, kind, row)),
  );
}

function find(services: Services, call: Call, kind: RowKind) {
  const product = findProduct(services, call);
  return findRow(services, call, product, { module: kind.module, id: param(call, 'rowId'), accepts: isOf(kind) });
}

function update(services: Services, call: Call, kind: RowKind): Answer {
  const found = find(services, call, kind);
  refuseFrozen(call, found);
  checkIfMatch(services, call, found.row, kind.needsIfMatch);
  const before = found.row.members;
  replace(services, call, found.row);
  keepUnexpanded(services, kind, found.row, before);
  return answer(call, kind, found.row);
}

/** *Assumed*: a body of another type than that of the row makes no sense. */
function replace(services: Services, call: Call, row: Row): void {
  const body = readBody(call);
  readType(call, body, [row.type], row.type);
  row.members = readResource(services, call, row.type, { body, stored: row.members });
  touch(services, row);
}

/** *Assumed*: a replacement without what shows on demand only has lost it (switch `unexpandedMembers`). */
function keepUnexpanded(services: Services, { expandable = [] }: RowKind, row: Row, before: Members): void {
  if (services.world.settings.switches.unexpandedMembers === 'reset') return;
  for (const name of expandable) if (name in before && !(name in row.members)) row.members[name] = before[name];
}

function answer(call: Call, kind: RowKind, row: Row, status = 200): Answer {
  return rowAnswer(row, render(call, kind, row), status);
}

function render(call: Call, { expandable = [] }: RowKind, row: Row): Record<string, unknown> {
  const hidden = expandable.filter((name) => !isExpanded(call, name));
  return Object.fromEntries(Object.entries(renderRow(row)).filter(([name]) => !hidden.includes(name)));
}
