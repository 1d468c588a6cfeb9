import { atOrigin } from '../domain/plain-document';
import type { Fault } from '../domain/release';
import type { StoreTarget } from '../domain/release-document';
import type { StoreProduct } from '../domain/store/product';
import { compareAssets } from '../domain/store/referenced-assets';
import { asItWasSpelled } from '../domain/store/member-spelling';
import { readSubmissionDocument } from '../domain/store/submission-document';
import { PackageFileName } from './forms';
import { asObject, fault, isObject, member, textsAt } from './json-places';
import { faultCodeOf } from './rule';
import { storeChangesFaults } from './store-changes';
import type { Json } from './strict-json';

/** What the parts of a document that bring bytes must be to each other. */
export function partFaults(value: Json): Fault[] {
  const { submission, archive } = asObject(value);
  if (submission === undefined) {
    const alone = archive === undefined ? [] : [fault(['archive'], 'owned-elsewhere', 'It belongs to a "submission".')];
    return [...alone, ...assetFaults(value)];
  }
  const others = ['packages', 'assets', 'changes'].filter((name) => Object.hasOwn(asObject(value), name));
  return [
    ...others.map((name) => fault([name], 'owned-elsewhere', 'The "submission" says this: leave it out.')),
    ...(archive === undefined && needsArchive(submission)
      ? [fault(['archive'], 'missing-member', 'Add the ZIP with the files that "submission" marks as PendingUpload.')]
      : []),
  ];
}

/** Each file that `changes` name is an asset. */
function assetFaults(value: Json): readonly Fault[] {
  const assets = textsAt(value, ['assets', '*', 'path']).map(({ text }) => ({ path: text }));
  return compareAssets(member(value, 'changes'), assets).faults;
}

function needsArchive(submission: Json): boolean {
  if (Array.isArray(submission)) return submission.some(needsArchive);
  if (!isObject(submission)) return false;
  return Object.entries(submission).some(
    ([name, value]) => (name.toLowerCase() === 'filestatus' && value === 'PendingUpload') || needsArchive(value),
  );
}

/**
 * A submission document is checked as the changes that it means, with pointers into the document itself.
 *
 * @param known faults of other members: without a sound target nothing can be said of what the document is for
 */
export function submissionFaults(kind: StoreProduct['kind'], value: Json, known: readonly Fault[]): readonly Fault[] {
  const submission = member(value, 'submission');
  if (!isObject(submission) || known.some(({ pointer }) => pointer.startsWith('/target'))) return [];
  const options = asObject(member(value, 'options'));
  const read = readSubmissionDocument(
    {
      // Its schema had no fault to find.
      target: member(value, 'target') as unknown as StoreTarget,
      // Whether there is a rollout is all that is asked.
      options: Object.hasOwn(options, 'rollout') ? { rollout: { stages: [] } } : {},
    },
    submission,
  );
  const named = [...read.packages].flatMap(({ fileName, pointer }) => packageNameFaults(fileName, pointer));
  // What was read of JSON is JSON.
  const found = atOrigin(storeChangesFaults(kind, read.changes as Json), read.origins);
  const changes = found.map((one) => ({ ...one, pointer: asItWasSpelled(one.pointer, submission) }));
  return [...read.faults, ...named, ...changes];
}

function packageNameFaults(fileName: string, pointer: string): Fault[] {
  const issues = PackageFileName.safeParse(fileName).error?.issues ?? [];
  return issues.map((issue) => ({
    pointer: `${pointer}/fileName`,
    code: (issue.code === 'custom' ? faultCodeOf(issue) : undefined) ?? 'invalid-file-name',
    message: issue.message,
  }));
}
