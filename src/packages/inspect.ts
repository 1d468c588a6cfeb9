import { createSHA256, type IDataType } from 'hash-wasm';
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { PackageError } from './package-error';
import { checkPin, type PackageSource, type SourcePin } from './source';

/** Bytes of a piece: the unit of reading, hashing and sending. Facts that were stored with another size stay valid. */
export const pieceSize = 8 * 1024 * 1024;

/** What is known of bytes once all of them were read. JSON; 25 GB make about 200 KB of it. */
export interface PackageFacts {
  /** Bytes. */
  readonly size: number;
  /** Of the whole, lower-case hex. */
  readonly sha256: string;
  /** Of the whole, as ZIP has it: an unsigned 32-bit number. */
  readonly crc32: number;
  /** Bytes of each piece but the last. */
  readonly pieceSize: number;
  /** SHA-256 of each piece in order, lower-case hex. */
  readonly pieces: readonly string[];
  /** Which bytes these are, at their source. */
  readonly pin: SourcePin;
}

/** Where an inspection stands. JSON, for a blob of the caller; the same bytes always give the same states. */
export interface InspectionState {
  readonly pin: SourcePin;
  /** Bytes that were read: a multiple of the piece size, or all. */
  readonly offset: number;
  readonly crc32: number;
  readonly pieces: readonly string[];
  /** The SHA-256 of the whole so far: its inner state, base64. */
  readonly sha256State: string;
}

/** How far a slice may go. */
export interface SliceOptions {
  /** Milliseconds since 1970; no piece is begun after it, but one is always done, so that every slice gets on. */
  readonly deadline: number;
  /** Ends the slice in good order where it stands. */
  readonly signal?: AbortSignal | undefined;
  /** Is told, and awaited, every eight pieces and at the end of the slice: what a kill leaves to go on from. */
  readonly onState?: (state: InspectionState) => void | Promise<void>;
  /** SHA-256 (hex) that the bytes were promised to have. */
  readonly expectedSha256?: string | undefined;
  readonly now?: () => number;
}

/** How far a slice came. */
export type InspectionSlice =
  { readonly done: false; readonly state: InspectionState } | { readonly done: true; readonly facts: PackageFacts };

/**
 * Reads on from `state` (from the beginning without one) piece by piece until all is read or the slice ends; holds one
 * piece at a time. Safe to repeat and to run twice at once: the same bytes give the same states and facts. A state that
 * an older version of this service left and that cannot be taken up is begun anew.
 * Throws what the source throws, `package-changed` when the state is of other bytes, and `hash-mismatch`.
 */
export async function inspectSlice(
  source: PackageSource,
  state: InspectionState | undefined,
  options: SliceOptions,
): Promise<InspectionSlice> {
  if (state) checkPin(source.pin, state.pin, 'The package');
  const inspection = await Inspection.of(source, state);
  await advance(inspection, options);
  if (inspection.done) return { done: true, facts: promised(inspection.facts(), options.expectedSha256) };
  const reached = inspection.state();
  await options.onState?.(reached);
  return { done: false, state: reached };
}

async function advance(
  inspection: Inspection,
  { deadline, signal, onState, now = Date.now }: SliceOptions,
): Promise<void> {
  try {
    do {
      if (isAborted(signal)) return;
      await inspection.next(signal);
      if (inspection.pieceCount % 8 === 0 && !inspection.done) await onState?.(inspection.state());
    } while (!inspection.done && now() < deadline);
  } catch (error) {
    if (!isAborted(signal)) throw error;
  }
}

/** A function, for the signal changes while awaiting and the compiler would not expect it to. */
const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;

function promised(facts: PackageFacts, expected: string | undefined): PackageFacts {
  if (expected === undefined || expected.toLowerCase() === facts.sha256) return facts;
  throw new PackageError(
    'hash-mismatch',
    `The bytes have the SHA-256 ${facts.sha256}; ${expected.toLowerCase()} was promised. Compare the file with what the build made, and put it there again.`,
    { detail: { sha256: facts.sha256, expected: expected.toLowerCase() } },
  );
}

interface Hasher {
  update(data: IDataType): unknown;
  digest(): string;
  save(): Uint8Array;
}

class Inspection {
  private constructor(
    private readonly source: PackageSource,
    private readonly whole: Hasher,
    private read: number,
    private readonly sums: { crc32: number; readonly pieces: string[] },
  ) {}

  static async of(source: PackageSource, state: InspectionState | undefined): Promise<Inspection> {
    const hasher = await createSHA256();
    if (state && fits(state)) {
      try {
        hasher.load(Buffer.from(state.sha256State, 'base64'));
        return new Inspection(source, hasher, state.offset, { crc32: state.crc32, pieces: [...state.pieces] });
      } catch {
        // Saved by another build of the hash: from the beginning, then.
      }
    }
    return new Inspection(source, hasher.init(), 0, { crc32: 0, pieces: [] });
  }

  get done(): boolean {
    return this.read === this.source.size;
  }

  get pieceCount(): number {
    return this.sums.pieces.length;
  }

  async next(signal: AbortSignal | undefined): Promise<void> {
    if (this.done) return;
    const length = Math.min(pieceSize, this.source.size - this.read);
    const piece = await this.source.read(this.read, length, signal);
    this.whole.update(piece);
    this.sums.crc32 = crc32(piece, this.sums.crc32);
    this.sums.pieces.push(createHash('sha256').update(piece).digest('hex'));
    this.read += length;
  }

  state(): InspectionState {
    return {
      pin: this.source.pin,
      offset: this.read,
      crc32: this.sums.crc32,
      pieces: [...this.sums.pieces],
      sha256State: Buffer.from(this.whole.save()).toString('base64'),
    };
  }

  facts(): PackageFacts {
    return {
      size: this.source.size,
      sha256: this.whole.digest(),
      crc32: this.sums.crc32,
      pieceSize,
      pieces: this.sums.pieces,
      pin: this.source.pin,
    };
  }
}

/** States are only written at the ends of pieces; one of another piece size cannot be taken up. */
function fits(state: InspectionState): boolean {
  return state.offset === state.pieces.length * pieceSize || state.offset === state.pin.size;
}
