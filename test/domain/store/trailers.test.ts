import { applyChanges, exportOf } from '../../../src/domain/store/apply-changes';
import type { AppliedChanges } from '../../../src/domain/store/apply-changes';
import { differences } from '../../../src/domain/store/compare-submissions';
import type { StoreSubmission } from '../../../src/domain/store/submission';
import { app, context, processed, sha256 } from './wire-samples';

const intro = (app['trailers'] as object[])[0];
const id = '1158943556954955699';
const frame = '1155546904097346923';

function change(patch: object, base: StoreSubmission = app, more: object = {}): AppliedChanges {
  return applyChanges('store-app', base, patch, { ...context, ...more });
}

const video = (file: string): string => `Assets/trailers/${sha256(file)}.mp4`;
const picture = (file: string, language: string): string => `Assets/trailers/${language}/${sha256(file)}.png`;
const fresh = { file: 'new.mp4', trailerAssets: { 'DE-de': { title: 'Neu', imageList: [{ file: 'neu.png' }] } } };
const freshStored = {
  videoFileName: video('new.mp4'),
  trailerAssets: { 'de-de': { title: 'Neu', imageList: [{ fileName: picture('neu.png', 'de-de') }] } },
};

describe('trailers', () => {
  test('are exported with their ids, titles and thumbnails', () => {
    expect(exportOf('store-app', app)['trailers']).toEqual([
      { id, trailerAssets: { 'en-us': { title: 'Intro', imageList: [{ id: frame, description: 'First frame' }] } } },
    ]);
  });

  test('are replaced whole, in order: new ones have no ids', () => {
    const { submission, files, faults } = change({ trailers: [fresh, { id }] });

    expect(faults).toEqual([]);
    expect(submission['trailers']).toEqual([freshStored, intro]);
    expect(files.map(({ asset, zipPath, place }) => [asset, zipPath, place])).toEqual([
      ['new.mp4', video('new.mp4'), 'trailers'],
      ['neu.png', picture('neu.png', 'de-de'), 'trailers/de-de'],
    ]);
  });

  test('are gone where they are left out, and by null', () => {
    expect(change({ trailers: [fresh] }).submission['trailers']).toEqual([freshStored]);
    expect(change({ trailers: null }).submission['trailers']).toEqual([]);
  });

  test('are kept with another title and the thumbnail that is there', () => {
    const trailerAssets = { 'en-us': { title: 'Start', imageList: [{ id: frame }] } };
    const { submission, files } = change({ trailers: [{ id, trailerAssets }] });

    expect(exportOf('store-app', submission)['trailers']).toEqual([
      { id, trailerAssets: { 'en-us': { title: 'Start', imageList: [{ id: frame, description: 'First frame' }] } } },
    ]);
    expect(files).toEqual([]);
  });

  test('are kept with a new thumbnail', () => {
    const trailerAssets = { 'en-us': { title: 'Intro', imageList: [{ file: 'a.png', description: 'x' }] } };

    expect(change({ trailers: [{ id, trailerAssets }] }).submission['trailers']).toEqual([
      {
        ...intro,
        trailerAssets: {
          'en-us': { title: 'Intro', imageList: [{ fileName: picture('a.png', 'en-us'), description: 'x' }] },
        },
      },
    ]);
  });

  test('are known by their bytes, and their thumbnails by theirs', () => {
    const ids: Record<string, string> = {
      [`trailers ${sha256('v.mp4')}`]: id,
      [`trailers/en-us ${sha256('t.png')}`]: frame,
    };
    const known = (place: string, hash: string): string | undefined => ids[`${place} ${hash}`];
    const trailerAssets = { 'en-us': { title: 'Intro', imageList: [{ file: 't.png', description: 'First frame' }] } };

    const after = change({ trailers: [{ file: 'v.mp4', trailerAssets }] }, app, { known });

    expect(after.submission).toEqual(app);
    expect(after.files).toEqual([]);
  });

  test.each<[string, object, string[]]>([
    ['an id that is not there', [{ id: '1' }], ['/changes/trailers/0/id trailer-not-found']],
    ['one twice', [{ id }, { id }], ['/changes/trailers/1 duplicate']],
    [
      'a thumbnail that is not there',
      [{ id, trailerAssets: { 'de-de': { title: 'T', imageList: [{ id: frame }] } } }],
      ['/changes/trailers/0/trailerAssets/de-de/imageList/0/id image-not-found'],
    ],
    ['a file that is not there', [{ ...fresh, file: 'no.mp4' }], ['/changes/trailers/0/file asset-not-found']],
  ])('fault: %s', (_what, trailers, expected) => {
    const sha256Of = (asset: string): string | undefined => (asset === 'no.mp4' ? undefined : sha256(asset));
    const { faults } = change({ trailers }, app, { sha256Of });

    expect(faults.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual(expected);
  });

  test('that were lost on the way are noticed', () => {
    const planned = change({
      trailers: [{ id, trailerAssets: { en: { title: 'Start', imageList: [{ file: 'a.png' }] } } }, fresh],
    });
    const meant = planned.submission;
    const [first, second] = meant['trailers'] as { trailerAssets: Record<string, object> }[];
    const with2 = (...trailers: unknown[]): string[] => differences(meant, { ...meant, trailers });
    const en = first!.trailerAssets['en'];
    const other = (asset: object): object => ({ ...first, trailerAssets: { en: { ...en, ...asset } } });

    expect(differences(meant, processed(meant))).toEqual([]);
    expect(with2(first)).toEqual(['/trailers']);
    expect(with2(second, first)).toEqual(['/trailers/0', '/trailers/1']);
    expect(with2(other({ title: 'Intro' }), second)).toEqual(['/trailers/0/trailerAssets/en/title']);
    expect(with2(other({ imageList: [] }), second)).toEqual(['/trailers/0/trailerAssets/en/imageList']);
    expect(with2(other({ imageList: [{ fileName: 'b.png' }] }), second)).toEqual([
      '/trailers/0/trailerAssets/en/imageList/0',
    ]);
    expect(with2({ ...first, trailerAssets: { de: en } }, second)).toEqual([
      '/trailers/0/trailerAssets/en',
      '/trailers/0/trailerAssets/de',
    ]);
  });
});

describe('gaming options', () => {
  const [stored] = app['gamingOptions'] as object[];

  test('are one object, and changed member by member', () => {
    const patch = { gamingOptions: { genres: ['Games_Casino'], localMultiplayerMinPlayers: 2 } };

    expect(change(patch).submission['gamingOptions']).toEqual([{ ...stored, ...patch.gamingOptions }]);
  });

  test('are made whole where there are none', () => {
    const [made] = change({ gamingOptions: { isCrossPlayEnabled: true } }, { gamingOptions: null }).submission[
      'gamingOptions'
    ] as object[];

    expect(made).toMatchObject({
      genres: [],
      isCrossPlayEnabled: true,
      isLocalMultiplayer: false,
      kinectDataForExternal: 'NotSet',
    });
  });

  test('go by null, and so do their numbers; that a number stayed is noticed', () => {
    const base = { gamingOptions: [{ ...stored, localMultiplayerMinPlayers: 2 }] };
    const cleared = change({ gamingOptions: { localMultiplayerMinPlayers: null } }, base).submission;

    expect(change({ gamingOptions: null }, base).submission['gamingOptions']).toEqual([]);
    expect(cleared).toEqual({ gamingOptions: [stored] });
    expect(differences(cleared, base)).toEqual(['/gamingOptions/0/localMultiplayerMinPlayers']);
  });
});

describe('an app without advanced listings', () => {
  const none = { hasAdvancedListingPermission: false };
  const bare = { ...app, trailers: [] };

  test('may not have trailers and gaming options set', () => {
    const { faults } = change({ trailers: [fresh], gamingOptions: { genres: ['Games_Casino'] } }, bare, none);

    expect(faults.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/changes/trailers advanced-listing',
      '/changes/gamingOptions advanced-listing',
    ]);
  });

  test('may have what it has, and have it cleared', () => {
    expect(change(exportOf('store-app', app), app, none).faults).toEqual([]);
    expect(change({ trailers: null, gamingOptions: null }, app, none).faults).toEqual([]);
  });
});
