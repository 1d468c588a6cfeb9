/** Files for listings, as far as the Store looks into them, and their uploads. */
import { createHash } from 'node:crypto';
import type { StoreAppChanges } from '../../src/domain/store/changes/document';
import { uploadId } from '../../src/packages';
import { APPS } from './emulator';
import type { ReleaseApp, World } from './release-app';

/** The beginning of a PNG (PNG specification, 5.2 and 11.2.2), and something that makes it differ from others. */
export function png(width: number, height: number, what: string): Buffer {
  const head = Buffer.alloc(33);
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]).copy(head);
  head.write('IHDR', 12, 'latin1');
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return Buffer.concat([head, Buffer.from(what)]);
}

export const screenshot = (what: string): Buffer => png(1920, 1080, what);

/** Leaves bytes as a pipeline does. */
export async function leave(app: ReleaseApp, bytes: Buffer): Promise<{ upload: string }> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const container = await app.rooms.storage.container('uploads');
  await container.getBlockBlobClient(sha256).uploadData(bytes);
  return { upload: uploadId(sha256) };
}

/** `changes` of pictures in the English listing. */
export function pictures(images: object): StoreAppChanges {
  return { listings: { 'en-us': { baseListing: { images } } } };
}

export interface SeenImage {
  readonly id?: string;
  readonly fileName: string;
  readonly fileStatus: string;
  readonly imageType: string;
  readonly description?: string;
}

interface Content {
  readonly trailers: { id?: string; trailerAssets: Record<string, { title: string; imageList: { id?: string }[] }> }[];
  readonly applicationPackages: { fileName: string; version?: string }[];
  readonly listings: Record<string, { baseListing: { releaseNotes?: string; images: SeenImage[] } }>;
}

/** What the emulated Store serves now. */
export async function liveContent({ emulator }: World): Promise<Content> {
  const { applications, submissions } = (await emulator.actions.state()) as {
    applications: Record<string, { published?: string }>;
    submissions: Record<string, { content: Content }>;
  };
  const live = submissions[applications[APPS.published]?.published ?? ''];
  if (live === undefined) throw new Error('Nothing is live');
  return live.content;
}

/** Pictures of the English listing, of one type, that are live. */
export async function liveImages(world: World, type = 'Screenshot'): Promise<readonly SeenImage[]> {
  const { listings } = await liveContent(world);
  return (listings['en-us']?.baseListing.images ?? []).filter(({ imageType }) => imageType === type);
}

/** Files that the last update announced. */
export function announced({ emulator }: World): string[] {
  const body = emulator.actions.journal({ operation: 'updateSubmission' }).at(-1)?.requestBody;
  return [...JSON.stringify(body).matchAll(/"fileName":"([^"]*)","fileStatus":"PendingUpload"/g)].map(
    ([, name]) => name!,
  );
}
