import { PackageError } from './package-error';
import type { PackageSource } from './source';
import { isComplete, openUploadBlob, type BlobBlocks, type UploadBlob } from './upload-blob';
import { readZipBlock } from './zip-blocks';
import type { ZipBlock, ZipPlan } from './zip-layout';

/** What to send, to where, and for how long. */
export interface UploadSliceOptions {
  readonly plan: ZipPlan;
  /** In the order of the plan's entries. */
  readonly sources: readonly PackageSource[];
  /** A credential; appears in no error. */
  readonly uploadUrl: string;
  /** Of the blob; a ZIP unless told otherwise. */
  readonly contentType?: string;
  /** Where the last slice said to go on; only a place to begin at, for what is there decides. */
  readonly fromBlock?: number;
  /** Milliseconds since 1970; no block is begun after it, but one is always sent, so that every slice gets on. */
  readonly deadline: number;
  /** Ends the slice in good order. */
  readonly signal?: AbortSignal | undefined;
  /** After each block. */
  readonly onProgress?: (progress: UploadProgress) => void;
  /** Blocks in work at a time; default 3. Each takes the memory of its bytes, and of one piece more while it is put together. */
  readonly parallel?: number;
  readonly now?: () => number;
}

/** How much of the ZIP is there. */
export interface UploadProgress {
  /** Bytes that are in the storage of the upload, from whatever slice. */
  readonly sentBytes: number;
  readonly totalBytes: number;
}

/** How far a slice came. */
export interface UploadSlice {
  /** The ZIP is complete, committed and looked at. */
  readonly done: boolean;
  /** Where to go on; the number of blocks when done. */
  readonly nextBlock: number;
  /** Bytes that are in the storage of the upload, from whatever slice. */
  readonly sentBytes: number;
}

/**
 * Sends blocks of the ZIP that are not there yet until all are or the slice ends; then commits them, once, and looks
 * whether the blob is what was planned.
 *
 * Safe to repeat, to kill anywhere and to run twice at once: ids and bytes of blocks follow from the plan, what is there
 * with its right size is not sent again, and a finished upload is found complete and left alone. Each piece is compared
 * with its SHA-256 as it is read, so that what was checked is what is sent.
 *
 * Throws `package-changed`, what the sources throw, `upload-url-expired` (ask for a fresh address and repeat),
 * `upload-url-invalid`, `upload-failed` (retryable where it may pass).
 */
export async function uploadSlice(options: UploadSliceOptions): Promise<UploadSlice> {
  const { plan, signal } = options;
  const blob = openUploadBlob(options.uploadUrl, options.contentType);
  try {
    signal?.throwIfAborted();
    const there = await blob.look(signal);
    if (isComplete(there, plan)) return finished(plan);
    const sending = new Sending(blob, options, there);
    await sending.run();
    if (sending.missing.size > 0) return sending.result();
    await commit(blob, plan, signal);
    return finished(plan);
  } catch (error) {
    // An abort is an orderly end: what was sent is there, and the next slice finds it.
    if (!isAborted(signal)) throw error;
    const nextBlock = options.fromBlock ?? 0;
    return { done: false, nextBlock, sentBytes: plan.blocks[nextBlock]?.offset ?? 0 };
  }
}

const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;

const finished = ({ blocks, size }: ZipPlan): UploadSlice => ({
  done: true,
  nextBlock: blocks.length,
  sentBytes: size,
});

async function commit(blob: UploadBlob, plan: ZipPlan, signal: AbortSignal | undefined): Promise<void> {
  await blob.commit(
    plan.blocks.map(({ id }) => id),
    signal,
  );
  if (isComplete(await blob.look(signal), plan)) return;
  throw new PackageError(
    'upload-failed',
    'The upload is not what was sent: something else writes to it. Make sure that nobody else works on this submission, then try again.',
    { retryable: true },
  );
}

/** The work of one slice: a few workers that take the missing blocks one after the other. */
class Sending {
  /** Indexes of the blocks that are not there yet, in the order of sending. */
  readonly missing: Set<number>;
  private readonly queue: number[];
  private begun = 0;
  private sentBytes: number;
  private failure: { readonly error: unknown } | undefined;

  constructor(
    private readonly blob: UploadBlob,
    private readonly options: UploadSliceOptions,
    there: BlobBlocks,
  ) {
    const { blocks } = options.plan;
    const sizes = new Map([...there.committed.map(({ id, size }) => [id, size] as const), ...there.staged]);
    const from = Math.min(Math.max(options.fromBlock ?? 0, 0), blocks.length);
    const order = [...blocks.keys()].map((index) => (index + from) % blocks.length);
    this.queue = order.filter((index) => !isThere(blocks[index], sizes));
    this.missing = new Set(this.queue);
    this.sentBytes = this.queue.reduce((sum, index) => sum - (blocks[index]?.size ?? 0), options.plan.size);
  }

  async run(): Promise<void> {
    const workers = Array.from({ length: this.options.parallel ?? 3 }, () => this.work());
    await Promise.all(workers);
    if (this.failure && !isAborted(this.options.signal)) throw this.failure.error;
  }

  result(): UploadSlice {
    const [nextBlock = this.options.plan.blocks.length] = this.missing;
    return { done: false, nextBlock, sentBytes: this.sentBytes };
  }

  /** Never rejects: the first failure is kept, and the other workers end after their block. */
  private async work(): Promise<void> {
    for (let block = this.take(); block; block = this.take()) {
      try {
        await this.send(block.index, block.block);
      } catch (error) {
        this.failure ??= { error };
      }
    }
  }

  private take(): { index: number; block: ZipBlock } | undefined {
    const { deadline, signal, plan, now = Date.now } = this.options;
    if (this.failure || isAborted(signal) || (this.begun > 0 && now() >= deadline)) return undefined;
    const index = this.queue[this.begun];
    const block = index === undefined ? undefined : plan.blocks[index];
    if (index === undefined || !block) return undefined;
    this.begun++;
    return { index, block };
  }

  private async send(index: number, block: ZipBlock): Promise<void> {
    const { sources, signal, onProgress, plan } = this.options;
    const bytes = await readZipBlock(block, sources, signal);
    await this.blob.stage(block.id, bytes, signal);
    this.missing.delete(index);
    this.sentBytes += block.size;
    onProgress?.({ sentBytes: this.sentBytes, totalBytes: plan.size });
  }
}

function isThere(block: ZipBlock | undefined, sizes: ReadonlyMap<string, number>): boolean {
  return block !== undefined && sizes.get(block.id) === block.size;
}
