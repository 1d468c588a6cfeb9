import { invalidValue } from '../errors';
import type { Package } from './delivery';

/**
 * Joins what was sent about packages with what is stored about them. *Observed*: every stored package must be repeated,
 * by id or else by file name, with `Uploaded`, `None` or `PendingDelete`; a package that is left out or marked
 * `PendingUpload` again is reported as missing. *Assumed*: a package that was only announced may be dropped, and a new
 * entry with any status but `PendingUpload` is refused.
 */
export function mergePackages(next: readonly Package[], stored: readonly Package[]): Package[] {
  const kept = stored.filter((entry) => entry.id !== undefined && entry.id !== '');
  const matches = new Map<Package, Package>();
  const offending: string[] = [];
  for (const old of kept) {
    const sent = find(next, old, matches);
    if (sent && sent.fileStatus !== 'PendingUpload') matches.set(sent, old);
    else offending.push(old.id ?? '');
    // What repeats a stored package as PendingUpload is reported above, not as a new entry.
    if (sent?.fileStatus === 'PendingUpload') matches.set(sent, old);
  }
  if (offending.length > 0) {
    throw invalidValue(
      `Please keep all file entries for existing packages. If you wish to remove a package, mark it as PendingDelete. The following packages are missing in your update: ${offending.join(', ')}`,
      'packages',
    );
  }
  return next.map((sent) => merge(sent, matches.get(sent)));
}

function find(sent: readonly Package[], old: Package, taken: ReadonlyMap<Package, Package>): Package | undefined {
  const free = sent.filter((entry) => !taken.has(entry));
  return (
    free.find((entry) => entry.id === old.id) ??
    free.find((entry) => (entry.id === undefined || entry.id === '') && entry.fileName === old.fileName)
  );
}

function merge(sent: Package, old: Package | undefined): Package {
  if (!old) return fresh(sent);
  return {
    ...old,
    fileStatus: sent.fileStatus === 'PendingDelete' ? 'PendingDelete' : 'Uploaded',
    minimumDirectXVersion: sent.minimumDirectXVersion,
    minimumSystemRam: sent.minimumSystemRam,
  };
}

function fresh(sent: Package): Package {
  if (sent.fileName === '') throw invalidValue('The value of FileName is not valid', 'fileName');
  if (sent.fileStatus !== 'PendingUpload') {
    throw invalidValue(`The package ${sent.fileName} is new: its fileStatus must be PendingUpload`, 'packages');
  }
  const { fileName, fileStatus, minimumDirectXVersion, minimumSystemRam } = sent;
  return { fileName, fileStatus, minimumDirectXVersion, minimumSystemRam };
}
