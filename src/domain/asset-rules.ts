import type { FaultCode } from './fault-catalogue';
import { jsonPointer } from './json-pointer';
import type { Fault } from './release';

/** What a file of the document is used as: an image type of the API, or the part of a trailer. */
export interface AssetUse {
  /** Of the place in `changes` that names the file. */
  readonly pointer: string;
  readonly file: string;
  readonly as: string;
}

/** What the bytes of a file are. */
export interface FileFacts {
  /** Bytes. */
  readonly size: number;
  /** Pixels of a PNG; `null` = it is none. */
  readonly picture: { readonly width: number; readonly height: number } | null;
}

const trailer = 'trailer';
const thumbnail = 'thumbnail of a trailer';
const videoThumbnail = 'thumbnail of a video';
/** Of a listing in the marketplace: no picture. */
const attached = 'document';

/** Every place in `changes` that names a file. */
export function assetUses(changes: unknown, path: readonly string[] = ['changes']): AssetUse[] {
  if (typeof changes !== 'object' || changes === null) return [];
  return Object.entries(changes).flatMap(([name, value]: [string, unknown]) => {
    const there = [...path, name];
    if (name !== 'file' || typeof value !== 'string') return assetUses(value, there);
    return [{ pointer: jsonPointer(there), file: value, as: useAt(path) }];
  });
}

function useAt(path: readonly string[]): string {
  if (path.at(-1) === 'icon') return 'Icon';
  if (path.at(-2) === 'imageList') return thumbnail;
  if (path.at(-2) === 'trailers') return trailer;
  if (path.at(-1) === 'thumbnail') return videoThumbnail;
  if (path.at(-2) === 'assets') return attached;
  return path.at(-2) ?? '';
}

type Size = readonly [width: number, height: number];

/** Pixels: one of `sizes`, at least `least`, at most `most`. */
interface PictureRule {
  readonly sizes?: readonly Size[];
  readonly least?: Size;
  readonly most?: Size;
}

const portraits: readonly Size[] = [
  [1080, 1920],
  [768, 1280],
  [720, 1280],
  [480, 800],
];

/** "App screenshots, images, and trailers" of the Store's documentation; what gives no size for a place has none here. */
const rules: Readonly<Record<string, PictureRule>> = {
  Screenshot: { least: [1366, 768] },
  MobileScreenshot: { sizes: [...portraits, ...portraits.map(([width, height]): Size => [height, width])] },
  XboxScreenshot: { most: [3840, 2160] },
  HoloLensScreenshot: { least: [1268, 720] },
  StoreLogo9x16: {
    sizes: [
      [720, 1080],
      [1440, 2160],
    ],
  },
  StoreLogoSquare: {
    sizes: [
      [1080, 1080],
      [2160, 2160],
    ],
  },
  Icon: { sizes: [[300, 300]] },
  PromotionalArt16x9: {
    sizes: [
      [1920, 1080],
      [3840, 2160],
    ],
  },
  PromotionalArtwork2400X1200: { sizes: [[2400, 1200]] },
  XboxBrandedKeyArt: { sizes: [[584, 800]] },
  XboxTitledHeroArt: { sizes: [[1920, 1080]] },
  XboxFeaturedPromotionalArt: { sizes: [[1080, 1080]] },
  [thumbnail]: { sizes: [[1920, 1080]] },
  // "Listing details" of marketplace offers; a large logo is made in any size between the two today.
  AzureLogoSmall: { sizes: [[48, 48]] },
  AzureLogoMedium: { sizes: [[90, 90]] },
  AzureLogoLarge: { least: [216, 216], most: [350, 350] },
  AzureLogoWide: { sizes: [[255, 115]] },
};

const megabyte = 1024 * 1024;

/** Bytes that a file may have where it is used so. */
function mostBytes(as: string): number {
  return as === trailer ? 2048 * megabyte : 50 * megabyte;
}

/** What Partner Center would refuse about a file where it is used; each use is a fault of its own. */
export function unfitFile(uses: readonly AssetUse[], facts: FileFacts): Fault[] {
  return uses.flatMap((use) => [...tooLarge(use, facts), ...unfitPicture(use, facts)]);
}

/** What its size alone shows, before its bytes were read. */
export function tooLargeFile(uses: readonly AssetUse[], facts: Pick<FileFacts, 'size'>): Fault[] {
  return uses.flatMap((use) => tooLarge(use, facts));
}

function tooLarge(use: AssetUse, { size }: Pick<FileFacts, 'size'>): Fault[] {
  const most = mostBytes(use.as);
  if (size <= most) return [];
  const what = use.as === trailer ? 'a trailer' : 'a picture';
  return [fault(use, 'file-too-large', `It has ${size} bytes; ${what} may have ${most}.`)];
}

function unfitPicture(use: AssetUse, { picture }: FileFacts): Fault[] {
  if (use.as === trailer || use.as === attached) return [];
  if (picture === null) return [fault(use, 'wrong-file-type', 'Its bytes are no PNG, whatever its name says.')];
  const rule = rules[use.as];
  const { width, height } = picture;
  if (rule === undefined || fits(rule, width, height)) return [];
  return [fault(use, 'picture-size', `It has ${width} x ${height} pixels; a ${use.as} has ${inWords(rule)}.`)];
}

function fits({ sizes, least, most }: PictureRule, width: number, height: number): boolean {
  if (sizes !== undefined) return sizes.some(([w, h]) => w === width && h === height);
  if (least !== undefined && (width < least[0] || height < least[1])) return false;
  return most === undefined || (width <= most[0] && height <= most[1]);
}

function inWords({ sizes = [], least, most }: PictureRule): string {
  const pixels = ([width, height]: Size): string => `${width} x ${height}`;
  if (least !== undefined)
    return most === undefined ? `at least ${pixels(least)}` : `${pixels(least)} to ${pixels(most)}`;
  return most === undefined ? sizes.map(pixels).join(' or ') : `at most ${pixels(most)}`;
}

function fault({ pointer, file }: AssetUse, code: FaultCode, message: string): Fault {
  return { pointer, code, message: `"${file}": ${message}` };
}
