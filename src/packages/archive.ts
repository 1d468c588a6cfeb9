import type { Entry } from 'yauzl';
import { forwardSource } from './forward-source';
import { inflatedSource } from './inflated-source';
import { PackageError } from './package-error';
import type { PackageSource, SourcePin } from './source';
import { openZip, type ZipReader } from './zip-reader';

/** A file in a ZIP that was sent along. */
export interface ArchiveFile {
  /** Relative, with `/`, as the ZIP writes it. */
  readonly name: string;
  /** Bytes, uncompressed. */
  readonly size: number;
}

/** How an entry is read: `forward` from the beginning to the end, `anywhere` for those who look into a package. */
export type Access = 'forward' | 'anywhere';

/** A ZIP that was sent along, its directory read and found sound. */
export interface Archive {
  readonly files: readonly ArchiveFile[];
  /** Of the ZIP itself. */
  readonly pin: SourcePin;
  /** A file of the ZIP by its name, without case; `undefined` where there is none. */
  open(name: string, access: Access): Promise<PackageSource | undefined>;
}

const mostFiles = 10_000;
const longestName = 1024;
/** Bytes, uncompressed, of a compressed package that is looked into. */
const deflatedLimit = 2 * 1024 ** 3;

/**
 * Opens a ZIP by reading its directory alone; files are read in place as they are asked for, compressed ones as a
 * stream that ends where the directory says. Folders are passed over.
 *
 * Throws `archive-unusable` for a file that is no sound ZIP, names that lead out of it or are there twice without case,
 * encrypted files, more than 10,000 files, and what the source throws. Reads only, so it is safe to repeat.
 */
export async function openArchive(source: PackageSource, what: string, signal?: AbortSignal): Promise<Archive> {
  const found = new Map<string, Entry>();
  const onEntry = (entry: Entry): void => collect(found, entry, what);
  const zip = await sound(() => openZip(source, { what, keep: /(?!)/, onEntry, signal }));
  return {
    files: [...found.values()].map((entry) => ({ name: entry.fileName, size: entry.uncompressedSize })),
    pin: source.pin,
    open: async (name, access) => {
      const entry = found.get(name.toLowerCase());
      if (entry === undefined) return undefined;
      return sound(() => openEntry(zip, entry, { what: `${entry.fileName} in ${what}`, access, pin: source.pin }));
    },
  };
}

function collect(found: Map<string, Entry>, entry: Entry, what: string): void {
  const name = entry.fileName;
  if (name.endsWith('/')) return;
  if (name.length > longestName) throw unusable(what, `a name in it has more than ${longestName} characters.`);
  if (entry.isEncrypted()) throw unusable(what, `"${name.slice(0, 100)}" is encrypted. Make it without a password.`);
  if (found.has(name.toLowerCase()))
    throw unusable(what, `"${name.slice(0, 100)}" is in it twice; case does not count.`);
  if (found.size === mostFiles) throw unusable(what, `it has more than ${mostFiles} files.`);
  found.set(name.toLowerCase(), entry);
}

interface Asked {
  readonly what: string;
  readonly access: Access;
  readonly pin: SourcePin;
}

async function openEntry(zip: ZipReader, entry: Entry, { what, access, pin }: Asked): Promise<PackageSource> {
  if (entry.compressionMethod === 0) return zip.stored(entry);
  const size = entry.uncompressedSize;
  const open = (): AsyncGenerator<Uint8Array> => zip.stream(entry);
  if (access === 'forward') return forwardSource({ open, pin: { ...pin, size }, what });
  if (size > deflatedLimit) {
    const message = `${what} is compressed and larger than 2 GiB: a package in a ZIP must be stored, or sent by itself.`;
    throw new PackageError('package-unsupported', message, { detail: { size } });
  }
  return inflatedSource(open, size, what);
}

/** The same faults in the words of a ZIP that is unpacked, not of a package. */
async function sound<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PackageError) || error.code !== 'package-unreadable') throw error;
    throw new PackageError('archive-unusable', error.message, { detail: error.detail });
  }
}

function unusable(what: string, why: string): PackageError {
  return new PackageError('archive-unusable', `${what} cannot be unpacked: ${why}`);
}
