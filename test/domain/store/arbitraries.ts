import fc from 'fast-check';
import { exportOf } from '../../../src/domain/store/apply-changes';
import type { StoreKind } from '../../../src/domain/store/mapping';
import type { StoreSubmission } from '../../../src/domain/store/submission';
import {
  addOnLifetimes,
  categories,
  deviceFamilies,
  genres,
  hardware,
  visibilities,
} from '../../../src/domain/store/words';

/** Random submissions as the API answers them, and random patches on their exports. */

const text = fc.oneof(
  fc.constant(''),
  fc.string({ unit: fc.constantFrom('a', 'é', '\n', '"'), maxLength: 6 }).map((one) => `${one}.`),
);
const wireText = text.map((one) => one.replaceAll('\n', '\r\n'));
const texts = fc.array(text, { maxLength: 3 });
const language = fc.constantFrom('en-us', 'de-de', 'zh-hans');
const market = fc.constantFrom('DE', 'US', 'LB');
const tier = fc.constantFrom('Free', 'Tier1012', 'NotAvailable');
const imageType = fc.constantFrom('Screenshot', 'Icon', 'XboxScreenshot');
const id = fc.integer({ min: 1, max: 40 }).map(String);
const some = <T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record<T>(model, { requiredKeys: [] });

const image = fc.record({
  fileName: id.map((one) => `${one}.png`),
  fileStatus: fc.constantFrom('Uploaded', 'Uploaded', 'PendingDelete'),
  id,
  imageType: fc.oneof(imageType, fc.constant('OfTomorrow')),
  description: wireText,
});

const baseListing = some({
  title: wireText,
  description: wireText,
  releaseNotes: wireText,
  websiteUrl: fc.constant(''),
  keywords: texts,
  features: fc.option(texts, { nil: null }),
  images: fc.uniqueArray(image, { selector: (one) => one.id, maxLength: 5 }),
  ofTomorrow: fc.constant({ deep: [1] }),
});

const thumbnail = fc.record({ fileName: id.map((one) => `${one}.png`), id, description: wireText });
const trailer = fc.record({
  id,
  videoFileName: id.map((one) => `${one}.mp4`),
  videoFileId: id,
  trailerAssets: fc.dictionary(language, fc.record({ title: wireText, imageList: fc.tuple(thumbnail) })),
});

const pricing = some({
  priceId: tier,
  marketSpecificPricings: fc.dictionary(market, tier),
  sales: fc.constant([]),
});
const delivery = some({
  packageRollout: fc.constant({ isPackageRollout: true, packageRolloutPercentage: 5 }),
  isMandatoryUpdate: fc.boolean(),
  mandatoryUpdateEffectiveDate: fc.constantFrom('1601-01-01T00:00:00.0000000Z', '2026-05-01T00:00:00.0000000Z'),
});

const appWire = some({
  id,
  applicationCategory: fc.constantFrom('NotSet', 'OfTomorrow', ...categories.slice(0, 9)),
  pricing,
  visibility: fc.constantFrom('NotSet', ...visibilities),
  listings: fc
    .dictionary(
      language,
      some({ baseListing, platformOverrides: fc.dictionary(fc.constantFrom('Windows81', 'OfTomorrow'), baseListing) }),
    )
    .map(({ 'zh-hans': odd, ...rest }) => (odd === undefined ? rest : { ...rest, 'zh-Hans': odd })),
  hardwarePreferences: fc.subarray([...hardware, 'OfTomorrow']),
  automaticBackupEnabled: fc.boolean(),
  gamingOptions: fc.option(
    fc.array(
      some({ genres: fc.subarray(genres.slice(0, 4)), localMultiplayerMaxPlayers: fc.integer({ min: 1, max: 9 }) }),
      {
        maxLength: 1,
      },
    ),
    { nil: null },
  ),
  notesForCertification: wireText,
  packageDeliveryOptions: delivery,
  allowTargetFutureDeviceFamilies: fc.option(fc.dictionary(fc.constantFrom(...deviceFamilies), fc.boolean()), {
    nil: null,
  }),
  trailers: fc.option(fc.uniqueArray(trailer, { selector: (one) => one.id, maxLength: 3 }), { nil: null }),
  surprise: fc.constant({ deep: [1, { x: null }] }),
});

const flightWire = some({ notesForCertification: wireText, packageDeliveryOptions: delivery, flightId: id });

const icon = fc.record({
  fileName: id.map((one) => `${one}.png`),
  fileStatus: fc.constantFrom('Uploaded', 'PendingDelete'),
});
const addOnWire = some({
  contentType: fc.constantFrom('NotSet', 'OfTomorrow', 'BookDownload'),
  keywords: texts,
  lifetime: fc.constantFrom(...addOnLifetimes),
  listings: fc.dictionary(language, some({ title: wireText, description: wireText, icon })),
  pricing,
  tag: wireText,
});

const wires: Record<StoreKind, fc.Arbitrary<object>> = {
  'store-app': appWire,
  'store-flight': flightWire,
  'store-add-on': addOnWire,
};

const kind = fc.constantFrom<StoreKind>('store-app', 'store-app', 'store-flight', 'store-add-on');

/** A submission of any kind. */
export const submission: fc.Arbitrary<[StoreKind, StoreSubmission]> = kind.chain((one) =>
  wires[one].map((wire): [StoreKind, StoreSubmission] => [one, wire as StoreSubmission]),
);

interface Kept {
  readonly id: string;
}
interface ExportedListing {
  readonly baseListing?: { readonly images?: Record<string, Kept[] | undefined> };
}
/** What the patches need of an export. */
interface Exported {
  readonly listings?: Record<string, ExportedListing | undefined>;
  readonly trailers?: Kept[];
}

const file = (extension: string) => fc.constantFrom('a', 'b', 'c').map((name) => `${name}.${extension}`);

function imageItems(exported: readonly { id: string }[]): fc.Arbitrary<object[]> {
  const caption = fc.option(text, { nil: undefined });
  const sent = fc.record({ file: file('png'), description: caption });
  const kept = fc.record({ id: fc.constantFrom('', ...exported.map((one) => one.id)), description: caption });
  const items = exported.length === 0 ? sent : fc.oneof(sent, kept);
  return fc
    .uniqueArray<object, string>(items, { selector: (one) => JSON.stringify({ ...one, description: 0 }), maxLength: 4 })
    .map((list) => list.filter((one) => !('id' in one && one.id === '')));
}

function listingPatch(exported: ExportedListing | undefined): fc.Arbitrary<object> {
  const images = exported?.baseListing?.images ?? {};
  return fc.record({
    baseListing: some({
      title: text.map((one) => `T${one}`),
      description: text.map((one) => `D${one}`),
      releaseNotes: fc.option(text, { nil: null }),
      keywords: fc.option(texts, { nil: null }),
      images: some({
        Screenshot: fc.option(imageItems(images['Screenshot'] ?? []), { nil: null }),
        Icon: fc.option(imageItems(images['Icon'] ?? []), { nil: null }),
      }),
    }).map((one) => (exported === undefined ? Object.assign({ title: 'T', description: 'D' }, one) : one)),
  });
}

function trailerItem(exported: readonly Kept[]): fc.Arbitrary<object> {
  const assets = fc.dictionary(
    language,
    fc.record({ title: text, imageList: fc.tuple(fc.record({ file: file('png') })) }),
    { minKeys: 1 },
  );
  const sent = fc.record({ file: file('mp4'), trailerAssets: assets });
  if (exported.length === 0) return sent;
  return fc.oneof(sent, fc.constantFrom(...exported.map((one) => ({ id: one.id }))));
}

/** A random patch that fits a submission: what it names by id is there, and a new listing is complete. */
function patchOf(one: StoreKind, base: StoreSubmission): fc.Arbitrary<object> {
  const exported = exportOf(one, base) as Exported;
  const prices = some({
    priceId: tier,
    marketSpecificPricings: fc.dictionary(fc.oneof(market, fc.constant('de')), fc.option(tier)),
  });
  const mandatory = some({
    isMandatoryUpdate: fc.boolean(),
    mandatoryUpdateEffectiveDate: fc.constantFrom('2027-01-01T00:00:00Z', null),
  });
  if (one === 'store-flight')
    return some({ notesForCertification: fc.option(text, { nil: null }), packageDeliveryOptions: mandatory });
  const byLanguage = (entry: (there: ExportedListing | undefined) => fc.Arbitrary<object>) =>
    some({
      'en-us': fc.option(entry(exported.listings?.['en-us'])),
      'DE-de': entry(exported.listings?.['de-de']),
      'fr-fr': fc.constant(null),
    });
  if (one === 'store-add-on') {
    const picture = fc.constantFrom({ file: 'a.png' }, { file: 'b.png' }, null);
    return some({
      keywords: fc.option(texts, { nil: null }),
      listings: byLanguage(() =>
        some({ description: text, icon: picture }).map((members) => ({ title: 'T', ...members })),
      ),
      pricing: prices,
      tag: fc.option(text, { nil: null }),
    });
  }
  return some({
    applicationCategory: fc.constantFrom(...categories.slice(0, 3)),
    pricing: prices,
    listings: byLanguage(listingPatch),
    hardwarePreferences: fc.option(fc.subarray([...hardware]), { nil: null }),
    automaticBackupEnabled: fc.boolean(),
    gamingOptions: fc.option(
      some({
        genres: fc.subarray(genres.slice(0, 3)),
        localMultiplayerMaxPlayers: fc.option(fc.integer({ min: 1, max: 9 })),
      }),
    ),
    notesForCertification: fc.option(text, { nil: null }),
    packageDeliveryOptions: mandatory,
    allowTargetFutureDeviceFamilies: some({ Desktop: fc.boolean(), Xbox: fc.boolean() }),
    trailers: fc.option(
      fc.uniqueArray(trailerItem(exported.trailers ?? []), {
        selector: (item) => JSON.stringify(item).slice(0, 20),
        maxLength: 3,
      }),
    ),
  });
}

/** A submission with a patch that fits it. */
export const patched: fc.Arbitrary<[StoreKind, StoreSubmission, object]> = submission.chain(([one, base]) =>
  patchOf(one, base).map((patch): [StoreKind, StoreSubmission, object] => [one, base, patch]),
);
