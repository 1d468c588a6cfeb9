import type { Failure, Result } from '../../domain/failure';
import type { Fault } from '../../domain/release';
import type { AppliedChanges } from '../../domain/offer/judge-offer';
import type { NamedOffer, Offer } from '../../domain/offer/offer';
import type { Members, OfferContent } from '../../domain/offer/offer-content';
import type { OfferProgress } from '../../domain/offer/offer-status';
import type { DraftLedger } from '../../domain/offer/draft-ledger';
import type { PlainDocument } from '../../domain/plain-document';
import type { FieldChange } from '../../domain/field-changes';
import type { CheckedOfferPackage } from '../../domain/offer/checked-package';
import type { MemberFacts } from '../../domain/cloud-partner/recognise';
import type { NamedSecret } from '../deps';
import type { ReleaseFile } from '../release-content';
import type { FilePieces, PackageSource } from '../../packages';

/**
 * An API of the marketplace as the activities of offers use it: one account, one offer, one activity run. What a method
 * throws is read by the API's own `failureOf`. Every change is sent once; whoever calls has looked before and has noted
 * what is about to be sent.
 */
export interface OfferApi {
  /** The draft as it is. */
  readDraft(): Promise<OfferContent>;
  /**
   * What is live.
   *
   * @param atLeast a publication that was seen to be live: where lists lag behind it, that is a failure worth a retry
   */
  readLive(atLeast?: string): Promise<LiveOffer>;
  /** What a publication was made of; `undefined` where the API does not show it (any more, or yet). */
  readPublication(publicationId: string): Promise<OfferContent | undefined>;
  /** The publication that was begun last; `null` = none ever was. */
  lastPublication(): Promise<OfferProgress | null>;
  /** `undefined` = there is no such publication. */
  readProgress(publicationId: string): Promise<OfferProgress | undefined>;
  /**
   * What is asked for, with what this service knows of files and secrets in it that do not come back as they were sent.
   * Where nothing is known, nothing is recognised.
   */
  recognise(asked: AskedContent, task: RecogniseTask): Promise<AskedContent>;
  /** What the release document makes of a content. Pure. */
  apply(content: OfferContent, asked: AskedContent): AppliedChanges;
  /** A fault for each price of a plan that is there and would change between two contents. Pure. */
  keptPrices(before: OfferContent, after: OfferContent): readonly Fault[];
  /** What changes between two contents, field by field, as an export shows it. Pure. */
  diff(from: OfferContent, to: OfferContent): readonly FieldChange[];
  /** The exported document of a content: what `changes` are a merge patch on. Pure. */
  documentOf(content: OfferContent): Members;
  /** How many resources between two contents take files to write. */
  fileWrites(current: OfferContent, desired: OfferContent): number;
  /** Writes resources that need no files, until all are as they are to be or the time is over. */
  write(task: DraftTask): Promise<Result<Written>>;
  /** Sends files, and writes what refers to them, deletions last; to be called once `write` is done. */
  upload(task: DraftTask): Promise<Result<Sent>>;
  /** Takes away what broken-off uploads have left waiting for bytes, once nothing that is wanted waits. Repeat at will. */
  clearLeftovers(task: DraftTask): Promise<void>;
  /**
   * Publishes the draft to preview. Not repeatable.
   *
   * @param changed resources that differ from what is live: an offer that is published module by module sends theirs alone
   */
  publish(wish: { readonly changed: readonly string[]; readonly emails: readonly string[] }): Promise<Begun>;
  /** Lets a preview go live. Not repeatable. */
  promote(publicationId: string, emails: readonly string[]): Promise<{ readonly publicationId: string }>;
  /** Cancels a publication that is under way or waits for its go-live; `false` where the API cannot. Not repeatable. */
  cancel(publication: OfferProgress, emails: readonly string[]): Promise<boolean>;
}

export type LiveOffer =
  | { readonly kind: 'never' }
  | { readonly kind: 'shown'; readonly publicationId: string; readonly content: OfferContent }
  /** Something is live, and the API does not show what. */
  | { readonly kind: 'hidden'; readonly publicationId: string };

export interface Begun {
  readonly publicationId: string;
  /** In the words of the API. */
  readonly status: string;
}

/** Finds and makes offers by their names: one account, one activity run. */
export interface OfferDirectory {
  find(target: NamedOffer): Promise<Offer | null>;
  /** Not repeatable: after an unclear answer, find it by its name. */
  make(target: NamedOffer): Promise<Offer>;
}

/** What a release asks for, and what was found in its files. */
export interface AskedContent {
  readonly document: PlainDocument;
  readonly packages: readonly CheckedOfferPackage[];
  /** SHA-256 of the files that `changes` name, by their path in lower case. */
  readonly assets: Readonly<Record<string, string>>;
  /** What `recognise` has found. */
  readonly facts?: MemberFacts | undefined;
}

/** The offer as it was read, and what the document says of it with the queries of its addresses. */
export interface RecogniseTask {
  readonly draft: OfferContent;
  readonly live: LiveOffer;
  readonly changes: object | undefined;
}

/** What the draft is to become, and what a writer needs for it. */
export interface DraftTask {
  readonly releaseId: string;
  /** As it was when this was decided. */
  readonly expected: OfferContent;
  readonly desired: OfferContent;
  readonly ledger: LedgerAccess;
  readonly files: TaskFiles;
  /** The secret of this name, for a request that is sent at once. */
  readonly secretOf: (name: string) => Promise<NamedSecret>;
  /**
   * The document's changes with the queries of their addresses, which contents do not hold: for a request that is sent at
   * once. `undefined` where the task puts back what was found.
   */
  readonly wholeChanges: () => Promise<object | undefined>;
  /** Whether the slice is over: then answer how far it came. Ask after at least one write. */
  readonly isOver: () => boolean;
  readonly signal: AbortSignal;
}

/** The ledger of the offer, by compare-and-swap. */
export interface LedgerAccess {
  read(): Promise<DraftLedger>;
  /** Before a write is sent: what is there, and what it is to be; `null` = gone. */
  intend(key: string, there: Members | undefined, wanted: Members | null): Promise<void>;
  /**
   * After it: what is there now.
   *
   * @param isAsWanted whether that is what was written, in words of the service that do not compare as the same
   */
  readBack(key: string, there: Members | undefined, isAsWanted?: boolean): Promise<void>;
}

/** The bytes that a task may send, by their SHA-256. */
export interface TaskFiles {
  /** Of the release, or one that was kept to be put back; `undefined` = nobody has it. */
  find(sha256: string): Promise<TaskFile | undefined>;
  /** Keeps bytes that are about to be taken out of the draft. */
  keep(sha256: string, bytes: Uint8Array): Promise<void>;
}

export interface TaskFile {
  /** Of the release's own files; absent = kept. */
  readonly file?: ReleaseFile;
  readonly size: number;
  /** By which what is sent is compared with what was checked. */
  readonly pieces: FilePieces;
  open(): Promise<PackageSource>;
}

export interface Written {
  readonly done: boolean;
  /** Resources that are as they are to be. */
  readonly written: number;
  readonly total: number;
}

/** In bytes. */
export interface Sent {
  readonly done: boolean;
  readonly sent: number;
  readonly total: number;
}

/** The failure of a resource that somebody else has changed meanwhile. */
export function changedMeanwhile(key: string): Failure {
  const message = `Somebody has changed "${key}" of the draft since it was looked at: nothing is written over that.`;
  return { code: 'submission-changed', message, retryable: false };
}
