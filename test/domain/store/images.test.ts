import { applyChanges, exportOf } from '../../../src/domain/store/apply-changes';
import type { AppliedChanges } from '../../../src/domain/store/apply-changes';
import { differences } from '../../../src/domain/store/compare-submissions';
import type { StoreSubmission } from '../../../src/domain/store/submission';
import { addOn as addOnSample, app, context, sha256 } from './wire-samples';

const type = 'Screenshot';
const stored = (id: string, more: object = {}): object => ({
  fileName: `${id}.png`,
  fileStatus: 'Uploaded',
  id,
  imageType: type,
  ...more,
});
const icon = stored('9', { imageType: 'Icon' });
const hidden = stored('8', { imageType: 'OfTomorrow' });

function withImages(...images: object[]): StoreSubmission {
  return { listings: { 'en-us': { baseListing: { title: 'T', description: 'D', images } } } };
}

function change(base: StoreSubmission, images: object, known = context.known): AppliedChanges {
  const changes = { listings: { 'EN-us': { baseListing: { images } } } };
  return applyChanges('store-app', base, changes, { ...context, known });
}

function imagesIn({ submission }: AppliedChanges): unknown {
  return submission.listings?.['en-us']?.baseListing?.['images'];
}

const place = 'en-us/Screenshot';
const zip = (file: string, where = place): string => `Assets/${where}/${sha256(file)}.png`;
const pending = (file: string, more: object = {}): object => ({
  fileName: zip(file),
  fileStatus: 'PendingUpload',
  imageType: type,
  ...more,
});

describe('an export', () => {
  test('has images by type, with ids and captions, without those to be deleted and those of types unknown', () => {
    const base = withImages(
      stored('1', { description: 'a\r\nb' }),
      icon,
      hidden,
      stored('2', { fileStatus: 'PendingDelete' }),
      stored('', { fileName: 'new.png', fileStatus: 'PendingUpload' }),
    );

    expect(exportOf('store-app', base)).toMatchObject({
      listings: {
        'en-us': {
          baseListing: {
            images: { Screenshot: [{ id: '1', description: 'a\nb' }, { id: 'new.png' }], Icon: [{ id: '9' }] },
          },
        },
      },
    });
  });
});

describe('the list of a type', () => {
  test('is replaced whole: new ones are sent, named ones stay, the rest is deleted, other types are not touched', () => {
    const after = change(withImages(stored('1'), icon, stored('2'), hidden), {
      Screenshot: [{ file: 'shot.PNG', description: 'New' }, { id: '2' }],
    });

    expect(after.faults).toEqual([]);
    expect(imagesIn(after)).toEqual([
      pending('shot.PNG', { description: 'New' }),
      icon,
      stored('2'),
      stored('1', { fileStatus: 'PendingDelete' }),
      hidden,
    ]);
    expect(after.files).toEqual([{ asset: 'shot.PNG', zipPath: zip('shot.PNG'), place, sha256: sha256('shot.PNG') }]);
  });

  test('is sent in the order given', () => {
    const after = change(withImages(stored('1'), stored('2'), stored('3')), {
      Screenshot: [{ id: '3' }, { id: '1' }, { id: '2' }],
    });

    expect(imagesIn(after)).toEqual([stored('3'), stored('1'), stored('2')]);
  });

  test.each([null, []])('is emptied by %j', (empty) => {
    const after = change(withImages(stored('1'), icon, stored('', { fileStatus: 'PendingUpload' })), {
      Screenshot: empty,
    });

    expect(imagesIn(after)).toEqual([stored('1', { fileStatus: 'PendingDelete' }), icon]);
  });

  test('and all that an export shows by null for the images', () => {
    const changes = { listings: { 'en-us': { baseListing: { images: null } } } };
    const after = applyChanges('store-app', withImages(stored('1'), hidden, icon), changes, context);

    expect(imagesIn(after)).toEqual([
      stored('1', { fileStatus: 'PendingDelete' }),
      hidden,
      { ...icon, fileStatus: 'PendingDelete' },
    ]);
  });

  test('brings one back that was to be deleted', () => {
    const base = withImages(stored('1', { fileStatus: 'PendingDelete' }));

    expect(imagesIn(change(base, { Screenshot: [{ id: '1' }] }))).toEqual([stored('1')]);
  });
});

describe('a caption', () => {
  test.each<[string, object, object]>([
    ['stays where none is said', { id: '1' }, stored('1', { description: 'Old' })],
    ['is set', { id: '1', description: 'New' }, stored('1', { description: 'New' })],
    ['is emptied by null', { id: '1', description: null }, stored('1', { description: '' })],
  ])('%s', (_what, item, expected) => {
    expect(imagesIn(change(withImages(stored('1', { description: 'Old' })), { Screenshot: [item] }))).toEqual([
      expected,
    ]);
  });
});

describe('bytes that were put there before', () => {
  const known = (where: string, hash: string): string | undefined =>
    where === place && hash === sha256('shot.png') ? '1' : undefined;

  test('are kept and not sent again', () => {
    const after = change(
      withImages(stored('1', { description: 'Old' })),
      { Screenshot: [{ file: 'shot.png' }] },
      known,
    );

    expect(imagesIn(after)).toEqual([stored('1', { description: '' })]);
    expect(after.files).toEqual([]);
  });

  test('are sent again where somebody removed them since', () => {
    const after = change(withImages(stored('2')), { Screenshot: [{ file: 'shot.png' }] }, known);

    expect(imagesIn(after)).toEqual([pending('shot.png'), stored('2', { fileStatus: 'PendingDelete' })]);
    expect(after.files).toHaveLength(1);
  });

  test('are sent again for another place', () => {
    const after = change(withImages(icon), { Icon: [{ file: 'shot.png' }] }, known);

    expect(after.files.map((file) => file.zipPath)).toEqual([zip('shot.png', 'en-us/Icon')]);
  });
});

describe('a fault of', () => {
  const base = withImages(stored('1'), icon);
  const at = '/changes/listings/EN-us/baseListing/images';

  test.each<[string, object, string[]]>([
    ['an id that is not there', { Screenshot: [{ id: '7' }] }, [`${at}/Screenshot/0/id image-not-found`]],
    ['an id of another type', { Screenshot: [{ id: '9' }] }, [`${at}/Screenshot/0/id image-not-found`]],
    ['an image twice', { Screenshot: [{ id: '1' }, { id: '1' }] }, [`${at}/Screenshot/1 duplicate`]],
    [
      'a file twice, behind one that is not there',
      { Screenshot: [{ id: '7' }, { file: 'a.png' }, { file: 'a.png' }] },
      [`${at}/Screenshot/0/id image-not-found`, `${at}/Screenshot/2 duplicate`],
    ],
    [
      'files that the document does not have',
      { Screenshot: [{ file: 'no.png' }], Icon: [{ file: 'no.png' }] },
      [`${at}/Screenshot/0/file asset-not-found`, `${at}/Icon/0/file asset-not-found`],
    ],
  ])('%s', (_what, images, expected) => {
    const changes = { listings: { 'EN-us': { baseListing: { images } } } };
    const sha256Of = (asset: string): string | undefined => (asset === 'no.png' ? undefined : sha256(asset));
    const { faults } = applyChanges('store-app', base, changes, { ...context, sha256Of });

    expect(faults.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual(expected);
  });
});

test('null takes out the platforms of the past that an export shows, and leaves the others', () => {
  const platformOverrides = { Windows81: { title: 'T' }, OfTomorrow: { title: 'T' } };
  const base = { listings: { en: { baseListing: {}, platformOverrides } } };
  const changes = { listings: { en: { platformOverrides: null } } };

  expect(applyChanges('store-app', base, changes, context).submission).toEqual({
    listings: { en: { baseListing: {}, platformOverrides: { OfTomorrow: { title: 'T' } } } },
  });
});

test('a platform of the past has images in a place of its own', () => {
  const changes = {
    listings: { 'en-us': { platformOverrides: { Windows81: { images: { Icon: [{ file: 'a.png' }] } } } } },
  };
  const { files, submission } = applyChanges('store-app', withImages(icon), changes, context);

  expect(files.map((file) => file.place)).toEqual(['en-us/Windows81/Icon']);
  expect(submission.listings?.['en-us']?.baseListing).toEqual(withImages(icon).listings?.['en-us']?.baseListing);
});

describe("an add-on's icon", () => {
  const withIcon = (entry: unknown): StoreSubmission => ({ listings: { en: { title: 'T', icon: entry } } });
  const uploaded = { fileName: 'icons\\pro.png', fileStatus: 'Uploaded' };
  const set = (base: StoreSubmission, entry: unknown, known = context.known): AppliedChanges =>
    applyChanges('store-add-on', base, { listings: { en: { icon: entry } } }, { ...context, known });
  const iconIn = ({ submission }: AppliedChanges): unknown => submission.listings?.['en']?.['icon'];
  const sent = { fileName: zip('a.png', 'en/icon'), fileStatus: 'PendingUpload' };

  test('is exported by its name, for it has no id', () => {
    expect(exportOf('store-add-on', addOnSample)).toMatchObject({
      listings: { en: { icon: { id: 'icons\\pro-en.png' } } },
    });
  });

  test.each<[string, unknown, unknown, unknown]>([
    ['set', undefined, { file: 'a.png' }, sent],
    ['replaced', uploaded, { file: 'a.png' }, sent],
    ['kept', uploaded, { id: 'icons\\pro.png' }, uploaded],
    ['taken out', uploaded, null, { ...uploaded, fileStatus: 'PendingDelete' }],
    ['taken out before it was sent', sent, null, undefined],
    ['not there to be taken out', undefined, null, undefined],
  ])('is %s', (_what, before, patch, expected) => {
    const after = set(withIcon(before), patch);

    expect(after.faults).toEqual([]);
    expect(iconIn(after)).toEqual(expected);
  });

  test('is known by its name where its bytes are', () => {
    const after = set(withIcon(uploaded), { file: 'a.png' }, () => 'icons\\pro.png');

    expect(iconIn(after)).toEqual(uploaded);
    expect(after.files).toEqual([]);
  });

  test('that is not there cannot be kept', () => {
    expect(set(withIcon(uploaded), { id: 'other.png' }).faults).toMatchObject([
      { pointer: '/changes/listings/en/icon/id', code: 'image-not-found' },
    ]);
  });
});

describe('pictures that were lost on the way are noticed', () => {
  const planned = change(withImages(stored('1'), stored('2', { description: 'Two' })), {
    Screenshot: [{ file: 'a.png', description: 'New' }, { id: '2' }],
  }).submission;
  const at = '/listings/en-us/baseListing/images/Screenshot';
  const gone = stored('1', { fileStatus: 'PendingDelete' });
  const two = stored('2', { description: 'Two' });

  test.each<[string, object[], string[]]>([
    ['none', [pending('a.png', { description: 'New' }), two, gone], []],
    ['none, after processing', [stored('77', { fileName: zip('a.png'), description: 'New' }), two], []],
    ['none, under another name', [stored('77', { description: 'New' }), two], []],
    [
      'none, with the folders cut off',
      [pending('a.png', { fileName: `${sha256('a.png')}.png`, description: 'New' }), two],
      [],
    ],
    ['the new one', [two, gone], [at]],
    ['the deletion', [pending('a.png', { description: 'New' }), two, stored('1')], [at]],
    ['both', [stored('1', { description: 'New' }), two], [`${at}/0`]],
    ['the order', [two, pending('a.png', { description: 'New' })], [`${at}/0`, `${at}/1`]],
    ['a caption', [pending('a.png', { description: 'New' }), stored('2')], [`${at}/1/description`]],
    [
      'one that came',
      [pending('a.png', { description: 'New' }), two, icon],
      ['/listings/en-us/baseListing/images/Icon'],
    ],
  ])('%s', (_what, images, expected) => {
    expect(differences(planned, withImages(...images))).toEqual(expected);
  });

  test('an icon as well', () => {
    const before = { listings: { en: { icon: { fileName: 'old.png', fileStatus: 'Uploaded' } } } };
    const changes = { listings: { en: { icon: { file: 'a.png' } } } };
    const { submission } = applyChanges('store-add-on', before, changes, context);

    expect(differences(submission, before)).toEqual(['/listings/en/icon']);
    expect(differences(app, structuredClone(app))).toEqual([]);
  });
});
