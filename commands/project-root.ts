import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder with host.json: this program's own, compiled or not. */
export function projectRoot(from: string = __dirname): string {
  if (existsSync(join(from, 'host.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('host.json is in none of the folders above this program.');
  return projectRoot(parent);
}
