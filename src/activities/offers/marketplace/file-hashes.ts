import { downloadBlob, PackageError } from '../../../packages';
import type { DownloadedBlob } from '../../../packages';
import type { SecretUrl } from '../../../partner-center/http';
import type { ProductSession } from './session';

/** Bytes of a picture or document that are read at most to know it. */
const mostBytes = 128 * 1024 ** 2;

/** Which bytes the files of a product have: known by their ids, and read once where they are not. */
export interface FileHashes {
  /** `sha256:…`; `id:…` where the bytes cannot be read; `undefined` where the service shows no address for them. */
  bytesOf(id: string, url: SecretUrl | undefined): Promise<string | undefined>;
  /** Whether any is remembered. */
  hasAny(): Promise<boolean>;
  /** The SHA-256 that is remembered for an id. */
  known(id: string): Promise<string | undefined>;
  remember(id: string, sha256: string): Promise<void>;
}

export function fileHashes(session: ProductSession): FileHashes {
  const { offers, key } = session;
  let stored: Promise<Map<string, string>> | undefined;
  const hashes = (): Promise<Map<string, string>> =>
    (stored ??= offers.readHashes(key).then((all) => new Map(Object.entries(all))));
  const known = async (id: string): Promise<string | undefined> => (await hashes()).get(id);
  let writing: Promise<unknown> = Promise.resolve();
  const remember = async (id: string, sha256: string): Promise<void> => {
    (await hashes()).set(id, sha256);
    // One after the other: they all change the same record.
    const mine = writing.then(() => offers.rememberHashes(key, { [id]: sha256 }));
    writing = mine.catch(() => undefined);
    await mine;
  };
  return {
    hasAny: async () => (await hashes()).size > 0,
    known,
    remember,
    bytesOf: async (id, url) => {
      const before = await known(id);
      if (before !== undefined) return `sha256:${before}`;
      if (url === undefined) return undefined;
      const read = await download(url, { keep: false, signal: session.call.signal });
      if (read === undefined) return unreadable(id);
      await remember(id, read.sha256);
      return `sha256:${read.sha256}`;
    },
  };
}

/** What stands for bytes that nobody can read. */
export function unreadable(id: string): string {
  return `id:${id}`;
}

/** The SHA-256 in `sha256:…`. */
export function sha256In(bytes: unknown): string | undefined {
  return typeof bytes === 'string' && bytes.startsWith('sha256:') ? bytes.slice('sha256:'.length) : undefined;
}

/** The foreign id in `id:…`. */
export function idIn(bytes: unknown): string | undefined {
  return typeof bytes === 'string' && bytes.startsWith('id:') ? bytes.slice('id:'.length) : undefined;
}

/** Reads a file through its address; `undefined` where it cannot be read. Throws where it may be read later. */
export async function download(
  url: SecretUrl,
  { keep, signal }: { readonly keep: boolean; readonly signal: AbortSignal | undefined },
): Promise<DownloadedBlob | undefined> {
  try {
    return await downloadBlob(url.open(), { maxSize: mostBytes, keep, signal });
  } catch (error) {
    if (error instanceof PackageError && !error.retryable) return undefined;
    throw error;
  }
}
