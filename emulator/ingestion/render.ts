import { json, type Answer } from '../core/answer';
import type { IngestionProduct, Row } from './model';

/** A row as on the wire: its type first, its etag and its id last (*observed*). */
export function renderRow(row: Row): Record<string, unknown> {
  return {
    resourceType: row.type,
    ...row.members,
    ...(row.etag !== undefined && { '@odata.etag': row.etag }),
    id: row.id,
  };
}

/** An answer with one row, whose etag is in the header too (*observed*). */
export function rowAnswer(row: Row, body: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return json(status, body, { ...(row.etag !== undefined && { etag: row.etag }), ...headers });
}

/** A product as on the wire; *observed*. */
export function renderProduct(product: IngestionProduct): Record<string, unknown> {
  const { id, type, name, externalIDs, isModularPublishing } = product;
  return {
    resourceType: type,
    name,
    externalIDs,
    ...(isModularPublishing !== undefined && { isModularPublishing }),
    id,
  };
}
