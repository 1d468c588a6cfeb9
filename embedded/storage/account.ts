import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, numberMember, parseJson, stringMember } from '../engine/json';
import { writeWhole } from '../store/whole-file';

/** The storage account of a directory. */
export interface StorageAccount {
  readonly name: string;
  /** Base64. */
  readonly key: string;
  /** Ports of the last run: addresses that were handed out stay good over a restart. */
  readonly ports: { readonly blob: number; readonly table: number } | undefined;
}

const fileName = 'account.json';

/**
 * Reads a directory's account, or makes one with a key of its own: Azurite's well-known key would let in whoever can
 * reach the port.
 *
 * @throws Error when the file holds something else.
 */
export function loadAccount(directory: string): StorageAccount {
  const path = join(directory, fileName);
  if (!existsSync(path)) return { name: 'embedded', key: randomBytes(64).toString('base64'), ports: undefined };
  const stored = parseJson(readFileSync(path, 'utf8'));
  const name = isObject(stored) ? stringMember(stored, 'name') : undefined;
  const key = isObject(stored) ? stringMember(stored, 'key') : undefined;
  if (!isObject(stored) || name === undefined || key === undefined) throw new Error(`${path} holds no account.`);
  const ports = isObject(stored['ports']) ? stored['ports'] : {};
  const blob = numberMember(ports, 'blob');
  const table = numberMember(ports, 'table');
  return { name, key, ports: blob === undefined || table === undefined ? undefined : { blob, table } };
}

/** Writes an account down, mode 0600, whole or not at all. */
export function saveAccount(directory: string, account: StorageAccount): void {
  writeWhole(join(directory, fileName), JSON.stringify(account, null, 2));
}
