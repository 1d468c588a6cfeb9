import { createHash } from 'node:crypto';
import type { GetTableEntityResponse } from '@azure/data-tables';
import { StorageError } from './storage-error';

/** The columns of a row besides its keys. A column that is left out is removed by the next write. */
export type Columns = Readonly<Record<string, string | number | boolean>>;

const serviceColumns: ReadonlySet<string> = new Set(['etag', 'partitionKey', 'rowKey', 'timestamp', 'odata.metadata']);

/** A row as the SDK gives it, without keys, ETag and empty columns. */
export function columnsOf(entity: GetTableEntityResponse<Record<string, unknown>> | Record<string, unknown>): Columns {
  const columns: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(entity)) {
    if (serviceColumns.has(name)) continue;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') columns[name] = value;
  }
  return columns;
}

/** A text column; `undefined` where it is absent or empty. */
export function textOf(columns: Columns, name: string): string | undefined {
  const value = columns[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A text column that every row has; throws `storage-corrupt` otherwise. */
export function requiredText(columns: Columns, name: string): string {
  const value = textOf(columns, name);
  if (value === undefined) throw new StorageError('storage-corrupt', `column ${name} is missing`);
  return value;
}

/** A whole number; `fallback` where it is absent. */
export function numberOf(columns: Columns, name: string, fallback: number): number {
  const value = columns[name];
  return typeof value === 'number' ? value : fallback;
}

/** Characters in a column: 64 KiB of UTF-16 are allowed, and 30,000 leave room for every way of counting. */
export const maxColumnLength = 30_000;

/** JSON for one column; throws `record-too-large` when it does not fit. */
export function jsonColumn(name: string, value: unknown): Columns {
  if (value === null || value === undefined) return {};
  const text = JSON.stringify(value);
  if (text.length > maxColumnLength) throw new StorageError('record-too-large', `column ${name} is too long`);
  return { [name]: text };
}

/** What {@link jsonColumn} wrote; the caller names the type, since nobody else writes these columns. */
export function jsonOf<T>(columns: Columns, name: string): T | undefined {
  const text = textOf(columns, name);
  return text === undefined ? undefined : parseStored<T>(text, name);
}

/** Parses what this folder wrote; throws `storage-corrupt` for anything but JSON. */
export function parseStored<T>(text: string, what: string): T {
  try {
    // Written by this folder from a value of this type.
    return JSON.parse(text) as T;
  } catch {
    throw new StorageError('storage-corrupt', `${what} is not JSON`);
  }
}

/** Cuts a text into pieces that fit a column each, never between the two halves of a character. */
export function toPieces(text: string): readonly string[] {
  const pieces: string[] = [];
  let start = 0;
  while (start < text.length) {
    let end = Math.min(start + maxColumnLength, text.length);
    if (end < text.length && /[\uD800-\uDBFF]/.test(text.charAt(end - 1))) end -= 1;
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}

/** Columns `<prefix>0..n` and their number as `<prefix>Pieces`. */
export function pieceColumns(prefix: string, text: string): Columns {
  const pieces = toPieces(text);
  const columns = Object.fromEntries(pieces.map((piece, index) => [`${prefix}${index}`, piece]));
  return { ...columns, [`${prefix}Pieces`]: pieces.length };
}

/** The text that {@link pieceColumns} cut; `undefined` where there is none. */
export function joinPieces(columns: Columns, prefix: string): string | undefined {
  const count = numberOf(columns, `${prefix}Pieces`, -1);
  if (count < 0) return undefined;
  return Array.from({ length: count }, (_, index) => requiredText(columns, `${prefix}${index}`)).join('');
}

/** A key made of text from outside: table keys take neither `/`, `\`, `#`, `?` nor more than 1 KiB. */
export function hashedKey(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
