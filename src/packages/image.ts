import type { PackageSource } from './source';

/** What the first bytes of a file say of it. */
export interface PictureSize {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** The signature, and of the first chunk length, name, width and height (PNG specification, 5.2 and 11.2.2). */
const headLength = 24;

/** The size of a PNG; `null` when it is none. Reads the first bytes; throws what the source throws. */
export async function readPng(source: PackageSource, signal?: AbortSignal): Promise<PictureSize | null> {
  if (source.size < headLength) return null;
  const head = Buffer.from(await source.read(0, headLength, signal));
  if (!head.subarray(0, 8).equals(signature) || head.toString('latin1', 12, 16) !== 'IHDR') return null;
  return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
}
