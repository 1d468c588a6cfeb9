/** Width × height pairs that an image type allows; `least` is a minimum instead. *Documented*, checked at commit. */
interface ImageRule {
  readonly sizes?: readonly (readonly [number, number])[];
  readonly least?: readonly [number, number];
  readonly most?: readonly [number, number];
}

/** Stands for the thumbnail of a trailer, which has no image type. */
export const TRAILER_THUMBNAIL = 'trailer thumbnail';

const MOBILE = [
  [1080, 1920],
  [768, 1280],
  [720, 1280],
  [480, 800],
] as const;

const RULES: Readonly<Record<string, ImageRule>> = {
  Screenshot: { least: [1366, 768] },
  MobileScreenshot: { sizes: [...MOBILE, ...MOBILE.map(([w, h]) => [h, w] as const)] },
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
  [TRAILER_THUMBNAIL]: { sizes: [[1920, 1080]] },
};

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MEGABYTE = 1024 * 1024;

/** How many screenshots of a kind a language may have. *Documented*: older text says 9 for the desktop. */
export const MOST_SCREENSHOTS: Readonly<Record<string, number>> = {
  Screenshot: 10,
  MobileScreenshot: 8,
  XboxScreenshot: 8,
  SurfaceHubScreenshot: 8,
  HoloLensScreenshot: 8,
};

/** How much of an image is needed to judge it. */
export const IMAGE_HEAD = 24;

/**
 * What is wrong with an image, or undefined.
 *
 * @param head the first bytes of the file
 * @param size of the file in bytes
 */
export function imageProblem(type: string, head: Buffer, size: number): string | undefined {
  if (head.length < IMAGE_HEAD || !head.subarray(0, 8).equals(SIGNATURE)) return 'is not a PNG image';
  if (size > 50 * MEGABYTE) return 'is larger than 50 MB';
  const width = head.readUInt32BE(16);
  const height = head.readUInt32BE(20);
  const rule = RULES[type];
  if (!rule) return undefined;
  return fits(rule, width, height) ? undefined : `of ${width} x ${height} pixels is not allowed as ${type}`;
}

function fits(rule: ImageRule, width: number, height: number): boolean {
  if (rule.sizes) return rule.sizes.some(([w, h]) => w === width && h === height);
  if (rule.least) return width >= rule.least[0] && height >= rule.least[1];
  return !rule.most || (width <= rule.most[0] && height <= rule.most[1]);
}

/** What is wrong with the video of a trailer, or undefined. *Documented*; its picture is not looked at. */
export function videoProblem(fileName: string, size: number): string | undefined {
  if (!/\.(mp4|mov)$/i.test(fileName)) return 'is neither MP4 nor MOV';
  return size > 2048 * MEGABYTE ? 'is larger than 2 GB' : undefined;
}
