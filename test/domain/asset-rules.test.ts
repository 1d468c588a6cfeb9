import { assetUses, tooLargeFile, unfitFile } from '../../src/domain/asset-rules';

const megabyte = 1024 * 1024;

function faultsOf(as: string, [width, height]: readonly [number, number]): string[] {
  const use = { pointer: '/p', file: 'a.png', as };
  return unfitFile([use], { size: 1000, picture: { width, height } }).map(({ code }) => code);
}

test('every place that names a file is found, with what it is used as', () => {
  const images = { Screenshot: [{ id: '1' }, { file: 'a.png' }] };
  const uses = assetUses({
    listings: {
      'en-us': { baseListing: { images }, platformOverrides: { Windows81: { images } } },
      de: { icon: { file: 'icon.png' } },
    },
    trailers: [{ file: 'b.mp4', trailerAssets: { 'en-us': { title: 'file', imageList: [{ file: 'c.png' }] } } }],
  });

  expect(uses.map(({ pointer, file, as }) => `${pointer} ${file} ${as}`)).toEqual([
    '/changes/listings/en-us/baseListing/images/Screenshot/1/file a.png Screenshot',
    '/changes/listings/en-us/platformOverrides/Windows81/images/Screenshot/1/file a.png Screenshot',
    '/changes/listings/de/icon/file icon.png Icon',
    '/changes/trailers/0/file b.mp4 trailer',
    '/changes/trailers/0/trailerAssets/en-us/imageList/0/file c.png thumbnail of a trailer',
  ]);
});

test.each([
  ['Screenshot', [1366, 768], [1365, 768]],
  ['Screenshot', [3840, 2160], [3840, 767]],
  ['MobileScreenshot', [768, 1280], [768, 1281]],
  ['MobileScreenshot', [1280, 768], [1366, 768]],
  ['XboxScreenshot', [3840, 2160], [3841, 2160]],
  ['HoloLensScreenshot', [1268, 720], [1268, 719]],
  ['StoreLogo9x16', [1440, 2160], [1080, 720]],
  ['StoreLogoSquare', [1080, 1080], [300, 300]],
  ['Icon', [300, 300], [301, 300]],
  ['PromotionalArt16x9', [3840, 2160], [1280, 720]],
  ['PromotionalArtwork2400X1200', [2400, 1200], [1200, 2400]],
  ['XboxBrandedKeyArt', [584, 800], [800, 584]],
  ['XboxTitledHeroArt', [1920, 1080], [1080, 1920]],
  ['XboxFeaturedPromotionalArt', [1080, 1080], [1080, 1081]],
  ['thumbnail of a trailer', [1920, 1080], [1366, 768]],
] as const)('%s: %j is taken, %j is not', (as, good, bad) => {
  expect(faultsOf(as, good)).toEqual([]);
  expect(faultsOf(as, bad)).toEqual(['picture-size']);
});

test('a type without a rule takes any size, but only pictures', () => {
  const use = { pointer: '/p', file: 'a.png', as: 'SurfaceHubScreenshot' };

  expect(faultsOf('SurfaceHubScreenshot', [1, 1])).toEqual([]);
  expect(unfitFile([use], { size: 10, picture: null })).toMatchObject([{ pointer: '/p', code: 'wrong-file-type' }]);
});

test.each([
  ['Icon', 50 * megabyte],
  ['trailer', 2048 * megabyte],
])('%s: as many bytes as are allowed, and one more', (as, most) => {
  const use = { pointer: '/p', file: 'a', as };

  expect(tooLargeFile([use], { size: most })).toEqual([]);
  expect(tooLargeFile([use], { size: most + 1 })).toMatchObject([{ code: 'file-too-large' }]);
});

test('a video is not taken for a picture', () => {
  const use = { pointer: '/p', file: 'a.mp4', as: 'trailer' };

  expect(unfitFile([use], { size: 10, picture: null })).toEqual([]);
});
