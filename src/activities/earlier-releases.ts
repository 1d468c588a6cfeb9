import type { FaultCode } from '../domain/fault-catalogue';
import type { Fault } from '../domain/release';
import type { PackageFacts } from '../packages';
import { assetFactsName, packageFactsName } from './file-facts';
import type { ActivityDeps } from './deps';
import { readContent } from './release-content';
import type { ReleaseFile, ReleaseZip } from './release-content';

type Deps = Pick<ActivityDeps, 'documents' | 'releases' | 'work'>;

interface Asked {
  readonly part: 'packages' | 'assets' | 'zips';
  /** The name there; `null` = all. */
  readonly wanted: string | null;
  /** Of the place that names the release. */
  readonly pointer: string;
}

export interface EarlierFiles {
  /** With the SHA-256 that their bytes had then. */
  readonly files: (ReleaseFile & Partial<Pick<ReleaseZip, 'pin'>>)[];
  readonly faults: readonly Fault[];
}

/**
 * The files of an earlier release of this service, whosever it was, by the hashes that it found: only bytes that were
 * checked then can be taken from it. Whether they are still there shows when they are opened.
 */
export async function earlierFiles(deps: Deps, id: string, { part, wanted, pointer }: Asked): Promise<EarlierFiles> {
  const refuse = (message: string): EarlierFiles => ({
    files: [],
    faults: [{ pointer, code: 'release-not-usable' satisfies FaultCode, message }],
  });
  if ((await deps.releases.read(id)) === undefined) return refuse(`There is no release ${id}.`);
  const content = await readContent(deps, id);
  if (content === undefined) return refuse(`The release ${id} has not begun, so its bytes are not known yet.`);
  const all: EarlierFiles['files'] = [...content[part]];
  const found = all.map((file, index) => ({ file, index })).filter(({ file }) => isWanted(file.name, wanted));
  if (found.length === 0) {
    const what = wanted === null ? 'no packages' : `nothing by the name "${wanted}" among its files`;
    return refuse(`The release ${id} has ${what}.`);
  }
  const hashed = await Promise.all(found.map(({ file, index }) => withHash(deps, id, { part, file, index })));
  const unknown = hashed.find(({ sha256 }) => sha256 === undefined);
  if (unknown === undefined || part === 'zips') return { files: hashed, faults: [] };
  return refuse(`The release ${id} has not checked "${unknown.name}", so its bytes are not known.`);
}

function isWanted(name: string, wanted: string | null): boolean {
  return wanted === null || name.toLowerCase() === wanted.toLowerCase();
}

/** A ZIP is known by its pin. */
async function withHash(
  deps: Deps,
  id: string,
  {
    part,
    file,
    index,
  }: { readonly part: Asked['part']; readonly file: EarlierFiles['files'][number]; readonly index: number },
): Promise<EarlierFiles['files'][number]> {
  if (part === 'zips') return file;
  const name = part === 'packages' ? packageFactsName(index) : assetFactsName(index);
  const facts = await deps.work.get<PackageFacts>(id, name);
  return { ...file, sha256: facts?.sha256 };
}
