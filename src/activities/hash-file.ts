import { inspectSlice, PackageError, parseUploadId } from '../packages';
import type { InspectionState, PackageFacts, SourcePin } from '../packages';
import type { ActivityDeps } from './deps';
import type { FileOpener } from './open-files';
import type { ReleaseFile } from './release-content';

/** A file to hash, and how far one run may go. */
export interface HashTask {
  readonly releaseId: string;
  readonly file: ReleaseFile;
  /** Where the state of an unfinished one is kept. */
  readonly stateName: string;
  /** Milliseconds since 1970. */
  readonly deadline: number;
  /** Which bytes it is, where that is known before. */
  readonly pin?: SourcePin | undefined;
}

export type Hashed =
  | { readonly done: false; readonly read: number; readonly total: number }
  | { readonly done: true; readonly facts: PackageFacts };

/**
 * Hashes a file slice by slice, and holds it to the SHA-256 that was promised. Safe to repeat and to run twice: it goes
 * on where the stored state is, on the very bytes that were pinned first.
 *
 * @throws PackageError
 */
export async function hashFile(deps: ActivityDeps, opener: FileOpener, task: HashTask): Promise<Hashed> {
  const { releaseId, file, stateName, deadline } = task;
  const state = await deps.work.get<InspectionState>(releaseId, stateName);
  // A file in a ZIP is pinned by the ZIP; that its state is of the same bytes is seen below.
  const pin = file.entry === undefined ? (state?.pin ?? task.pin) : undefined;
  const source = await opener.open(file, { access: 'forward', pin });
  const slice = await inspectSlice(source, state, {
    deadline,
    signal: deps.stopping,
    onState: (next) => deps.work.put(releaseId, stateName, next),
  });
  if (!slice.done) return { done: false, read: slice.state.offset, total: source.size };
  await checkHash(deps, opener, { file, facts: slice.facts });
  return { done: true, facts: slice.facts };
}

/** The bytes are those that were promised. An upload that holds others is removed, so that a re-run can mend it. */
async function checkHash(
  deps: ActivityDeps,
  opener: FileOpener,
  { file, facts }: { readonly file: ReleaseFile; readonly facts: PackageFacts },
): Promise<void> {
  const upload = await uploadOf(opener, file);
  const promised = upload === undefined ? undefined : parseUploadId(upload);
  const expected = [file.sha256, promised].find((hash) => hash !== undefined && hash !== facts.sha256);
  if (expected === undefined) return;
  if (upload !== undefined && promised === expected) await deps.packages.drop(upload, facts.pin);
  throw new PackageError(
    'hash-mismatch',
    `The bytes have the SHA-256 ${facts.sha256}, not ${expected}. Upload or name the right file.`,
  );
}

/** The upload that is the file, not a ZIP around it. */
async function uploadOf(opener: FileOpener, file: ReleaseFile): Promise<string | undefined> {
  if (file.entry !== undefined) return undefined;
  const source = await opener.sourceOf(file);
  return 'upload' in source ? source.upload : undefined;
}
