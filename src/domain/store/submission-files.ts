import { origin } from '../plain-document';
import type { Fault } from '../release';
import { asObject, asText, isObject, plainText } from '../json-value';
import type { Members } from '../json-value';

/** Where the reading of a submission document stands. */
export interface Reading {
  /** Pointer into the changes that are read → pointer into the document. */
  readonly origins: Map<string, string>;
  readonly faults: Fault[];
}

type Path = readonly PropertyKey[];

/** Members that the API takes and ignores. */
const ignored = ['privacyPolicy', 'supportContact', 'websiteUrl'];

/** A listing of an app (texts and pictures around `baseListing`) or of an add-on (an icon). */
export function readListing(listing: Members, language: string, reading: Reading): Members {
  const at = [
    ['changes', 'listings', language],
    ['submission', 'listings', language],
  ] as const;
  const { baseListing, platformOverrides, icon, ...rest } = listing;
  const overrides = Object.entries(asObject(platformOverrides)).map(([platform, one]): [string, unknown] => [
    platform,
    isObject(one) ? contentOf(one, ...below(at, 'platformOverrides', platform), reading) : one,
  ]);
  return present({
    ...rest,
    baseListing: isObject(baseListing) ? contentOf(baseListing, ...below(at, 'baseListing'), reading) : baseListing,
    platformOverrides: overrides.length === 0 ? undefined : Object.fromEntries(overrides),
    icon: isObject(icon) ? iconOf(icon, ...below(at, 'icon'), reading) : icon,
  });
}

function below([here, there]: readonly [Path, Path], ...names: Path): [Path, Path] {
  return [
    [...here, ...names],
    [...there, ...names],
  ];
}

function contentOf(content: Members, here: Path, there: Path, reading: Reading): Members {
  const { images, ...rest } = content;
  const texts = Object.entries(rest).filter(([name]) => !ignored.includes(name));
  return present({
    ...Object.fromEntries(texts.map(([name, value]) => [name, plain(value)])),
    images: Array.isArray(images) ? imagesOf(images, [here, there], reading) : images,
  });
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  return typeof value === 'string' ? plainText(value) : value;
}

/** By type; one that is to be deleted is left out of its type's list, which says that it goes. */
function imagesOf(images: readonly unknown[], [here, there]: readonly [Path, Path], reading: Reading): Members {
  const byType = new Map<string, unknown[]>();
  images.forEach((image, index) => {
    const { imageType, ...rest } = asObject(image);
    const type = asText(imageType);
    const list = byType.get(type) ?? [];
    byType.set(type, list);
    if (list.length === 0) reading.origins.set(...origin([...here, 'images', type], [...there, 'images', index]));
    if (rest['fileStatus'] === 'PendingDelete') return;
    const place = [...here, 'images', type, list.length];
    list.push(pictureOf(rest, isPending(rest), [place, [...there, 'images', index]], reading));
  });
  return Object.fromEntries(byType);
}

function isPending({ fileStatus }: Members): boolean {
  return fileStatus === 'PendingUpload';
}

/** A picture as changes name it: by its path in the archive, or by what an export calls it. */
function pictureOf(image: Members, isNew: boolean, [here, there]: readonly [Path, Path], reading: Reading): Members {
  const { id, fileName, fileStatus: _status, description, ...rest } = image;
  reading.origins.set(...origin(here, there));
  reading.origins.set(...origin([...here, 'file'], [...there, 'fileName']));
  const caption = description === '' ? null : plain(description);
  return {
    ...(isNew ? { file: pathOf(fileName) } : { id: asText(id) === '' ? fileName : id }),
    ...(caption === undefined ? {} : { description: caption }),
    ...rest,
  };
}

function pathOf(fileName: unknown): unknown {
  return typeof fileName === 'string' ? fileName.replaceAll('\\', '/') : fileName;
}

/** `null` takes it out. */
function iconOf(icon: Members, here: Path, there: Path, reading: Reading): unknown {
  if (icon['fileStatus'] === 'PendingDelete') return iconRemoved;
  if (asText(icon['fileName']) === '') return undefined;
  return pictureOf(icon, isPending(icon), [here, there], reading);
}

/** An icon without picture says the same as `null`, which `present` would take for nothing said. */
const iconRemoved = Symbol('icon removed');

/** All of them, in order. What has no id is new, as its thumbnails are: they have no status. */
export function readTrailers(trailers: readonly unknown[], reading: Reading): unknown[] {
  return trailers.map((trailer, index) => {
    const at = [
      ['changes', 'trailers', index],
      ['submission', 'trailers', index],
    ] as const;
    if (!isObject(trailer)) return trailer;
    const { id, videoFileName, videoFileId: _video, trailerAssets, ...rest } = trailer;
    reading.origins.set(...origin([...at[0], 'file'], [...at[1], 'videoFileName']));
    const assets = Object.entries(asObject(trailerAssets)).map(([language, asset]): [string, unknown] => [
      language,
      isObject(asset) ? trailerAssetOf(asset, ...below(at, 'trailerAssets', language), reading) : asset,
    ]);
    return {
      ...(asText(id) === '' ? { file: pathOf(videoFileName) } : { id }),
      ...(isObject(trailerAssets) ? { trailerAssets: Object.fromEntries(assets) } : {}),
      ...rest,
    };
  });
}

function trailerAssetOf(asset: Members, here: Path, there: Path, reading: Reading): Members {
  const { imageList, ...rest } = asset;
  const pictures = Array.isArray(imageList)
    ? imageList.map((image, index) => {
        const members = asObject(image);
        const places = below([here, there], 'imageList', index);
        return pictureOf(members, asText(members['id']) === '', places, reading);
      })
    : imageList;
  return { ...rest, imageList: pictures };
}

function present(members: Members): Members {
  const said = Object.entries(members).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(said.map(([name, value]) => [name, value === iconRemoved ? null : value]));
}
