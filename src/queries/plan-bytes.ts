import { gatherContent } from '../activities/gather-content';
import { createFileOpener } from '../activities/open-files';
import { faultOf, filesOf, planContent, PlanTooSlow, readFile } from '../activities/plan-files';
import type { FileReading, Finding, PlanContent } from '../activities/plan-files';
import { hasReferences, plainContent } from '../activities/release-content';
import type { ReleaseFile } from '../activities/release-content';
import type { ReleaseDocument } from '../domain/release-document';
import { inspectSlice, PackageError } from '../packages';
import type { QueryDeps } from './session';

/** How long reading may take. */
interface Time {
  readonly signal: AbortSignal;
  /** Milliseconds since 1970, for reading bytes whose hash nobody has promised. */
  readonly deadline: number;
}

/**
 * Follows what the document refers to, and reads its files as far as a plan needs them.
 *
 * @throws PlanTooSlow
 */
export async function readBytes(deps: QueryDeps, document: ReleaseDocument, time: Time): Promise<PlanContent> {
  // It is no release yet: its document is here, not in storage.
  const readWhole: QueryDeps['documents']['readWhole'] = async <T>(id: string) =>
    id === noRelease ? (document as T) : deps.documents.readWhole<T>(id);
  const mine = { ...deps, documents: { ...deps.documents, readWhole }, stopping: time.signal };
  const gathered = hasReferences(document)
    ? await gatherContent(mine, noRelease, document)
    : { faults: [], content: plainContent(noRelease, document) };
  const { content } = gathered;
  if (content === null) {
    return { document: plainContent(noRelease, document).document, packages: [], hashes: {}, faults: gathered.faults };
  }
  const opener = createFileOpener(mine, content.zips);
  const reading: FileReading = { content, opener, hashOf: (file) => hashInTime(reading, file, time) };
  const findings: Finding[] = [];
  for (const file of filesOf(content)) findings.push(await findingOf(reading, file));
  return planContent(content, findings);
}

const noRelease = 'none';

async function findingOf(reading: FileReading, file: ReleaseFile): Promise<Finding> {
  try {
    return await readFile(reading, file);
  } catch (error) {
    if (error instanceof PackageError) return faultOf(file, error);
    throw error;
  }
}

async function hashInTime({ opener }: FileReading, file: ReleaseFile, time: Time): Promise<string> {
  const slice = await inspectSlice(await opener.open(file, { access: 'forward' }), undefined, time);
  if (!slice.done) throw new PlanTooSlow('The bytes could not be read in time.');
  return slice.facts.sha256;
}
