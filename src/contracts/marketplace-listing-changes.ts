import { z } from 'zod';
import { imageTypes } from '../domain/marketplace/words';
import { AssetFile, eitherFault, isEither } from './asset-files';
import { isRelativePath } from './forms';
import { Keyed, LongText, Texts } from './marketplace-forms';
import { fault } from './rule';
import { RequiredText } from './texts';

/** Listings of a marketplace product and of its plans. Members that are not here are taken where the listing has them. */

const id = RequiredText(1024, 'One that is there, as exported.').min(1).optional();
const picture = AssetFile(['.png'], 'A picture').optional();
const file = z
  .string()
  .refine(isRelativePath, fault('invalid-file-name', 'Use a relative path with "/", without ".." and drive.'))
  .meta({ maxLength: 260, description: 'The path of an asset of this document.' })
  .optional();

const MarketplaceImage = z
  .strictObject({ file: picture, id, description: LongText('Its caption.').optional() })
  .refine(isEither, eitherFault)
  .meta({ id: 'MarketplaceImage', description: 'A PNG: a new `file`, or the `id` of one that is there.' });

const Thumbnail = z
  .strictObject({
    file: picture,
    id,
    title: LongText('Its title.').optional(),
    description: LongText('Its caption.').optional(),
  })
  .refine(isEither, eitherFault)
  .meta({ id: 'MarketplaceThumbnail', description: 'The PNG that stands for a video.' });

const MarketplaceVideo = z
  .strictObject({
    file,
    id,
    streamingUri: LongText('Where another site shows it.').optional(),
    title: LongText('Its title.').optional(),
    description: LongText('What it shows.').optional(),
    thumbnail: Thumbnail.nullable().optional(),
  })
  .refine(
    (video) => isEither(video) || (video.file === undefined && video.id === undefined && Boolean(video.streamingUri)),
    fault('invalid-value', 'Give exactly one of "file" and "id", or "streamingUri" alone.'),
  )
  .meta({
    id: 'MarketplaceVideo',
    description: 'A video: a new `file`, the `id` of one that is there, or an address.',
  });

const MarketplaceAsset = z
  .strictObject({
    file,
    id,
    type: RequiredText(200, 'What it is, in a word of the API.').min(1).optional(),
    friendlyName: LongText('What it is called.').optional(),
    description: LongText('What it is.').optional(),
  })
  .refine(isEither, eitherFault)
  .refine(
    (asset) => asset.file === undefined || asset.type !== undefined,
    fault('missing-member', 'A new document needs its "type".'),
  )
  .meta({ id: 'MarketplaceAsset', description: 'A document: a new `file`, or the `id` of one that is there.' });

const Images = z
  .record(z.string(), z.array(MarketplaceImage).max(100).nullable())
  .meta({
    id: 'MarketplaceImages',
    description: `By type (${imageTypes.join(', ')}); the list of a type is replaced whole, in order.`,
  })
  .nullable();

const Uri = z.looseObject({ type: RequiredText(200, 'As `PrivacyUri`.').min(1), uri: RequiredText(2048, 'Where.') });

const Contact = z
  .looseObject({
    name: LongText('Who.').optional(),
    email: LongText('Mail address.').optional(),
    phone: LongText('Number.').optional(),
    uri: LongText('Address of a page.').optional(),
  })
  .meta({ id: 'MarketplaceContact', description: 'Whom to ask.' });

/** Texts and files of one language. */
export const MarketplaceListingChanges = z
  .looseObject({
    title: LongText('What it is called.').optional(),
    description: LongText('What it is, as HTML.').optional(),
    shortDescription: LongText('The same in short.').optional(),
    summary: LongText('In one sentence, for lists.').optional(),
    publisherName: LongText('Who publishes it.').optional(),
    keywords: Texts('For search.').optional(),
    productDisplayName: LongText('Name to show.').optional(),
    listingUris: z.array(Uri).max(100).meta({ description: 'Links, replaced whole, in order.' }).nullable().optional(),
    listingContacts: Keyed(Contact, 'By type, as `CustomerSupport`.').optional(),
    accessInformation: LongText('How testers get in.').optional(),
    gettingStartedInstructions: LongText('How to begin.').optional(),
    allowOnlyManagedDiskDeployments: z.boolean().nullable().optional(),
    compatibleProducts: Texts('Products it works with.').optional(),
    images: Images.optional(),
    videos: z.array(MarketplaceVideo).max(100).nullable().optional(),
    assets: z.array(MarketplaceAsset).max(100).nullable().optional(),
  })
  .meta({
    id: 'MarketplaceListingChanges',
    description:
      'Of one language: what is absent stays as it is, `null` empties. A new one needs title and description.',
  });
