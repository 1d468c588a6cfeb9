import type { Work } from '../storage/work';
import type { AssetFile } from '../domain/store/changes/place';
import type { StoreSubmission } from '../domain/store/submission';

/** What a release keeps of its submission: as it was found, and as it is to be. */
export interface SubmissionFiles {
  /** The draft before anything was written to it; the first one counts. */
  keepBase(submission: StoreSubmission): Promise<StoreSubmission>;
  base(): Promise<StoreSubmission | undefined>;
  /** The document to send; the first one counts, so that every attempt sends the same. */
  keepPlan(submission: StoreSubmission): Promise<StoreSubmission>;
  plan(): Promise<StoreSubmission | undefined>;
  /** Which asset goes to which path of the ZIP; kept before the plan, so that where that is, this is too. */
  keepAssets(files: readonly AssetFile[]): Promise<readonly AssetFile[]>;
  assets(): Promise<readonly AssetFile[]>;
  /** The draft as it was read back after our update: what is committed later is this, and nothing beside it. */
  keepReadBack(submission: StoreSubmission): Promise<void>;
  readBack(): Promise<StoreSubmission | undefined>;
  /** That an update was accepted, and could not be read back. */
  keepNotStored(): Promise<void>;
  /** Whether no update of this draft was ever read back, and one could not be. */
  storesNothing(): Promise<boolean>;
  /** That the ZIP of this plan is in the upload blob. */
  keepUploaded(planHash: string): Promise<void>;
  uploaded(): Promise<string | undefined>;
}

export function submissionFiles(work: Work, releaseId: string, submissionId: string): SubmissionFiles {
  const name = (part: string): string => `submissions/${submissionId}/${part}`;
  const readBack = (): Promise<StoreSubmission | undefined> => work.get(releaseId, name('read-back'));
  return {
    keepBase: (submission) => work.putOnce(releaseId, name('base'), submission),
    base: () => work.get(releaseId, name('base')),
    keepPlan: (submission) => work.putOnce(releaseId, name('plan'), submission),
    plan: () => work.get(releaseId, name('plan')),
    keepAssets: (files) => work.putOnce(releaseId, name('assets'), files),
    assets: async () => (await work.get(releaseId, name('assets'))) ?? [],
    keepReadBack: (submission) => work.put(releaseId, name('read-back'), submission),
    readBack,
    keepNotStored: () => work.put(releaseId, name('not-stored'), { notStored: true }),
    storesNothing: async () =>
      (await work.get(releaseId, name('not-stored'))) !== undefined && (await readBack()) === undefined,
    keepUploaded: (planHash) => work.put(releaseId, name('uploaded'), { planHash }),
    uploaded: async () => (await work.get<{ planHash: string }>(releaseId, name('uploaded')))?.planHash,
  };
}
