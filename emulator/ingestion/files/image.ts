import type { Services } from '../../core/services';
import type { ByteSource } from '../../storage/byte-source';

type Size = readonly [width: number, height: number];

/** *Documented* for logos; *assumed* for screenshots. */
const SIZES: Readonly<Record<string, Size>> = {
  AzureLogoSmall: [48, 48],
  AzureLogoMedium: [90, 90],
  AzureLogoLarge: [216, 216],
  AzureLogoWide: [255, 115],
  AzureLogoScreenshot: [1280, 720],
};
/** *Assumed* to pass today. */
const LARGE_TODAY = '350x350';
const SIGNATURE = '89504e470d0a1a0a';

/** Why an uploaded picture is not one of its type; undefined when it is. Types without a known size pass. */
export async function imageProblem(
  services: Services,
  blob: string,
  type: string,
  isLargerAllowed: boolean,
): Promise<string | undefined> {
  const wanted = SIZES[type];
  const source = wanted && (await services.storage.open(blob));
  if (!wanted || !source) return undefined;
  const head = await headOf(source);
  if (head.length < 24 || head.subarray(0, 8).toString('hex') !== SIGNATURE) return 'is not a PNG';
  const found = `${head.readUInt32BE(16)}x${head.readUInt32BE(20)}`;
  const isLarger = type === 'AzureLogoLarge' && isLargerAllowed && found === LARGE_TODAY;
  return isLarger || found === wanted.join('x') ? undefined : `is ${found} instead of ${wanted.join('x')}`;
}

async function headOf(source: ByteSource): Promise<Buffer> {
  const chunks: Buffer[] = [];
  // The upload storage gives buffers.
  for await (const chunk of source.stream(0, Math.min(24, source.size))) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
