import type { PlacedFile } from '../domain/store/placed-files';
import { casUpdate, keep, readRow, write, type RowAddress } from './cas';
import type { Storage } from './connect';
import { hashedKey, joinPieces, parseStored, pieceColumns, type Columns } from './row';

/** Pictures and trailers of a submission that was read back. */
export interface PlacedSubmission {
  /** RFC 3339 UTC. */
  readonly at: string;
  readonly files: readonly PlacedFile[];
}

/**
 * Which bytes the pictures and trailers have that this service put into a product, by place: table `published`, one row
 * per product. Partner Center tells no hashes; whether a picture is still there must be looked up.
 */
export interface Placed {
  /** Newest first; empty where nothing was put. */
  read(product: string): Promise<readonly PlacedFile[]>;
  /**
   * Notes what was put. The same bytes in the same place are known by what was noted last, in whatever order the notes
   * come; repeating one changes nothing. The newest 2,000 are kept.
   */
  remember(product: string, submission: PlacedSubmission): Promise<void>;
}

type Noted = PlacedFile & { readonly at: string };

const mostFiles = 2000;

export function placed(storage: Storage): Placed {
  return {
    read: async (product) => {
      const row = await readRow(storage, addressOf(product));
      return row === undefined ? [] : notedIn(row.columns);
    },
    remember: (product, submission) =>
      casUpdate(storage, addressOf(product), (columns) => {
        const before = columns === undefined ? [] : notedIn(columns);
        const text = JSON.stringify(merged(before, submission));
        if (text === JSON.stringify(before)) return keep(undefined);
        return write({ product, ...pieceColumns('files', text) }, undefined);
      }),
  };
}

function merged(before: readonly Noted[], { at, files }: PlacedSubmission): readonly Noted[] {
  const byBytes = new Map(before.map((item) => [keyOf(item), item]));
  for (const { place, sha256, id } of files) {
    const known = byBytes.get(keyOf({ place, sha256 }));
    if (known !== undefined && known.at >= at) continue;
    byBytes.set(keyOf({ place, sha256 }), { place, sha256, id, at });
  }
  return [...byBytes.values()].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).slice(0, mostFiles);
}

function keyOf({ place, sha256 }: Pick<PlacedFile, 'place' | 'sha256'>): string {
  return `${place}|${sha256}`;
}

function notedIn(columns: Columns): readonly Noted[] {
  return parseStored<readonly Noted[]>(joinPieces(columns, 'files') ?? '[]', 'files');
}

function addressOf(product: string): RowAddress {
  return { table: 'published', partitionKey: 'files', rowKey: hashedKey(product) };
}
