import type { PackageView } from '../domain/release';
import { casUpdate, keep, readRow, write, type RowAddress } from './cas';
import type { Storage } from './connect';
import { hashedKey, joinPieces, parseStored, pieceColumns, type Columns } from './row';

/** A package as it went live. */
export interface PublishedPackage extends Omit<PackageView, 'identity'> {
  readonly submissionId: string;
  /** RFC 3339 UTC: when it was seen live. */
  readonly at: string;
}

/** A submission that went live. */
export interface PublishedSubmission {
  readonly submissionId: string;
  /** RFC 3339 UTC. */
  readonly at: string;
  readonly packages: readonly Omit<PackageView, 'identity'>[];
}

/**
 * What this service last published, by product and file name: table `published`, one row per product. It says which
 * bytes a package in Partner Center has, which Partner Center does not; whether it is still there must be looked up.
 */
export interface Published {
  /** Newest first; empty where nothing was published. */
  read(product: string): Promise<readonly PublishedPackage[]>;
  /**
   * Notes a submission's packages. A file name is known by what was published last under it, in whatever order the notes
   * come; repeating one changes nothing. The newest 500 are kept.
   */
  remember(product: string, submission: PublishedSubmission): Promise<void>;
}

const maxPackages = 500;

export function published(storage: Storage): Published {
  return {
    read: async (product) => {
      const row = await readRow(storage, addressOf(product));
      return row === undefined ? [] : packagesOf(row.columns);
    },
    remember: (product, submission) =>
      casUpdate(storage, addressOf(product), (columns) => {
        const before = columns === undefined ? [] : packagesOf(columns);
        const after = merged(before, submission);
        const text = JSON.stringify(after);
        return text === JSON.stringify(before)
          ? keep(undefined)
          : write({ product, ...pieceColumns('packages', text) }, undefined);
      }),
  };
}

function merged(before: readonly PublishedPackage[], submission: PublishedSubmission): readonly PublishedPackage[] {
  const { submissionId, at } = submission;
  const byName = new Map(before.map((item) => [item.fileName.toLowerCase(), item]));
  for (const { fileName, version, architecture, size, sha256 } of submission.packages) {
    const known = byName.get(fileName.toLowerCase());
    if (known !== undefined && known.at >= at) continue;
    byName.set(fileName.toLowerCase(), { fileName, version, architecture, size, sha256, submissionId, at });
  }
  return [...byName.values()].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).slice(0, maxPackages);
}

function packagesOf(columns: Columns): readonly PublishedPackage[] {
  return parseStored<readonly PublishedPackage[]>(joinPieces(columns, 'packages') ?? '[]', 'packages');
}

function addressOf(product: string): RowAddress {
  return { table: 'published', partitionKey: 'p', rowKey: hashedKey(product) };
}
