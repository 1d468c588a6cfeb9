/** Looks for secrets in everything that a run of the service has left behind. */
import { TableClient, TableServiceClient } from '@azure/data-tables';
import { BlobServiceClient } from '@azure/storage-blob';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** What must be found nowhere. */
export interface Secret {
  /** What it is, for findings. */
  readonly name: string;
  readonly value: string;
}

/** Whatever looks like a token or a signature is one, known or not. */
const looks: readonly (readonly [string, RegExp])[] = [
  ['something like an access token', /eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/],
  ['something like a signature', /\b(?:sig|signature)(?:=|%3D|\\u003d)(?!\[redacted\])[\w%+/-]{16,}/i],
];

/** Collects where secrets were found. */
export class SecretScan {
  /** `<place>: <what>`, each once. */
  readonly findings = new Set<string>();
  /** How many texts were looked at, by the first word of their place. */
  readonly looked: Record<string, number> = {};
  private readonly needles: readonly { readonly name: string; readonly forms: readonly string[] }[];

  constructor(secrets: readonly Secret[]) {
    this.needles = secrets.map(({ name, value }) => ({ name, forms: formsOf(value) }));
  }

  /** Looks at one text; `place` says where it was. */
  look(place: string, text: string): void {
    const kind = place.split(' ', 1)[0] ?? '';
    this.looked[kind] = (this.looked[kind] ?? 0) + 1;
    for (const { name, forms } of this.needles) {
      if (forms.some((form) => text.includes(form))) this.findings.add(`${place}: ${name}`);
    }
    for (const [name, pattern] of looks) if (pattern.test(text)) this.findings.add(`${place}: ${name}`);
  }

  /** Every row of every table of the SQLite files below a directory, and the bytes of all its files. */
  lookAtState(directory: string, exceptions: readonly string[]): void {
    for (const file of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
      if (exceptions.includes(file)) continue;
      // Freed pages and the write-ahead log are in the bytes; what is spread over pages is in the rows.
      this.look(`file ${file}`, readFileSync(join(directory, file), 'latin1'));
      if (file.endsWith('.db')) this.lookAtRows(join(directory, file), file);
    }
  }

  /** Every entity of every table and the content of every blob, but for containers that are not ours. */
  async lookAtStorage(connectionString: string, exceptions: readonly string[]): Promise<void> {
    const options = { allowInsecureConnection: true };
    const tables = TableServiceClient.fromConnectionString(connectionString, options);
    for await (const { name = '' } of tables.listTables()) {
      const table = TableClient.fromConnectionString(connectionString, name, options);
      for await (const entity of table.listEntities()) this.look(`table ${name}`, JSON.stringify(entity));
    }
    const blobs = BlobServiceClient.fromConnectionString(connectionString);
    for await (const { name: container } of blobs.listContainers()) {
      if (exceptions.includes(container)) continue;
      const client = blobs.getContainerClient(container);
      for await (const { name } of client.listBlobsFlat()) {
        const content = await client.getBlobClient(name).downloadToBuffer();
        this.look(`blob ${container}/${name}`, content.toString('latin1'));
      }
    }
  }

  private lookAtRows(path: string, file: string): void {
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
      for (const { name } of tables) {
        for (const row of database.prepare(`SELECT * FROM "${String(name)}"`).all()) {
          this.look(`row ${file} ${String(name)}`, Object.values(row).map(textOf).join('\n'));
        }
      }
    } finally {
      database.close();
    }
  }
}

function textOf(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value);
}

/** A secret as it is, in URLs, in JSON, and in the middle of a Base64 text. */
function formsOf(value: string): string[] {
  const plain = [...new Set([value, safely(decodeURIComponent, value)])];
  const escaped = plain.flatMap((text) => [text, encodeURIComponent(text), JSON.stringify(text).slice(1, -1)]);
  return [...new Set([...escaped, ...plain.flatMap(insideBase64)])];
}

function safely(decode: (text: string) => string, text: string): string {
  try {
    return decode(text);
  } catch {
    return text;
  }
}

/** What stays the same in Base64, whatever comes before and after; at each of the three places in a group. */
function insideBase64(text: string): string[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.from('\0'.repeat(before) + text)
      .toString('base64')
      .replace(/=+$/, '');
    return encoded.slice(before === 0 ? 0 : before + 1, -1);
  });
}
