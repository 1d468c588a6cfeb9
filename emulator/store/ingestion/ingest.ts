import type { Application, StatusDetail, Submission } from '../../core/model';
import type { Services } from '../../core/services';
import type { Package } from '../document/delivery';
import { isStorageFailure } from '../../storage/upload-storage';
import { Archive } from './archive';
import { imageProblem, IMAGE_HEAD, TRAILER_THUMBNAIL, videoProblem } from './image-rules';
import { readPackage, type PackageFacts } from './manifest';
import { entryName, pendingFiles, pendingNames, type PendingFiles } from './pending-files';
import { contentProblems, duplicatePackages, packageProblem } from './submission-rules';
import { takeOver } from './take-over';

/** Entries up to this size are read in full. */
const CHECKED_SIZE = 2 ** 30;

/**
 * What the store does after a commit: reads the uploaded archive, checks everything that is pending and, when all is
 * well, takes it over. Wording of `details` is *assumed*; the codes are *documented*.
 *
 * @returns the errors of CommitFailed; none = the content was taken over
 */
export async function ingest(
  services: Services,
  application: Application,
  submission: Submission,
): Promise<StatusDetail[]> {
  // *Observed*: the missing age rating is the only error then. *Documented*: flights and add-ons need none.
  if (submission.kind === 'application' && !application.ageRatingDone) {
    return [{ code: 'InvalidMicrosoftAgeRating', details: 'The age rating questionnaire has not been completed.' }];
  }
  const files = pendingFiles(submission.content);
  const read = new Map<Package, PackageFacts>();
  const errors =
    pendingNames(files).length > 0 ? await readUpload(services, application, submission, { files, read }) : [];
  errors.push(
    ...(errors.length === 0
      ? [...duplicatePackages(submission.content, read), ...contentProblems(submission.content, read)]
      : []),
  );
  if (errors.length === 0) takeOver(services, submission, read);
  return errors;
}

async function readUpload(
  services: Services,
  application: Application,
  submission: Submission,
  work: { files: PendingFiles; read: Map<Package, PackageFacts> },
): Promise<StatusDetail[]> {
  const names = pendingNames(work.files);
  const blob = submission.upload && (await services.storage.open(submission.upload.blob));
  if (!blob) return [missing(names)];
  const archive = await openArchive(() => Archive.open(blob));
  if (!archive || isPackage(archive)) {
    return [
      { code: 'InvalidArchive', details: 'The uploaded file is not a ZIP archive of the files of the submission.' },
    ];
  }
  try {
    const absent = names.filter((name) => !archive.has(name));
    if (absent.length > 0) return [missing(absent)];
    const damaged = await damagedEntries(archive, names);
    if (damaged.length > 0) return damaged;
    return [...(await readPackages(archive, application, work)), ...(await checkAssets(archive, work.files))];
  } finally {
    await archive.close();
  }
}

/** Entries whose bytes are not those that were packed; very large ones are taken on trust. */
async function damagedEntries(archive: Archive, names: readonly string[]): Promise<StatusDetail[]> {
  const errors: StatusDetail[] = [];
  for (const name of new Set(names)) {
    if (archive.size(name) > CHECKED_SIZE || (await archive.isIntact(name))) continue;
    errors.push({ code: 'InvalidArchive', details: `The entry ${name} of the archive is damaged.` });
  }
  return errors;
}

async function openArchive(open: () => Promise<Archive>): Promise<Archive | undefined> {
  try {
    return await open();
  } catch (error) {
    if (isStorageFailure(error)) throw error;
    return undefined;
  }
}

/** *Observed*: a bare package is refused although it is a ZIP archive itself. */
function isPackage(archive: Archive): boolean {
  return archive.has('AppxManifest.xml') || archive.has('AppxMetadata/AppxBundleManifest.xml');
}

function missing(names: string[]): StatusDetail {
  return { code: 'MissingFiles', details: `The following files are missing from the archive: ${names.join(', ')}` };
}

async function readPackages(
  archive: Archive,
  application: Application,
  work: { files: PendingFiles; read: Map<Package, PackageFacts> },
): Promise<StatusDetail[]> {
  const errors: StatusDetail[] = [];
  for (const pending of work.files.packages) {
    const facts = await readOne(archive, entryName(pending.fileName));
    const problem = typeof facts === 'string' ? facts : packageProblem(facts, application);
    if (problem !== undefined)
      errors.push({ code: 'PackageValidationFailed', details: `${pending.fileName}: ${problem}` });
    else if (typeof facts !== 'string') work.read.set(pending, facts);
  }
  return errors;
}

async function readOne(archive: Archive, name: string): Promise<PackageFacts | string> {
  try {
    const inner = await Archive.open(await archive.nested(name));
    try {
      return await readPackage(inner);
    } finally {
      await inner.close();
    }
  } catch (error) {
    if (isStorageFailure(error)) throw error;
    return `The package cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function checkAssets(archive: Archive, files: PendingFiles): Promise<StatusDetail[]> {
  const thumbnails = files.thumbnails.map((fileName) => ({ fileName, imageType: TRAILER_THUMBNAIL }));
  const errors: StatusDetail[] = [];
  for (const { fileName, imageType } of [...files.images, ...thumbnails]) {
    const name = entryName(fileName);
    const problem = imageProblem(imageType, await archive.head(name, IMAGE_HEAD), archive.size(name));
    if (problem !== undefined) errors.push(invalid(`The image ${fileName} ${problem}`));
  }
  for (const fileName of files.videos) {
    const problem = videoProblem(fileName, archive.size(entryName(fileName)));
    if (problem !== undefined) errors.push(invalid(`The video ${fileName} ${problem}`));
  }
  return errors;
}

function invalid(details: string): StatusDetail {
  return { code: 'InvalidParameterValue', details };
}
