import { z } from 'zod';
import { open, tolerant } from '../http';
import type { FileState } from './enums';
import { entityMembers, secretUrl, texts } from './resource-schema';

const ListingUri = z.looseObject({
  /** `PrivacyUri`, `PublicCloudSupport`, … */
  type: z.string().optional(),
  subtype: z.string().optional(),
  displayText: z.string().optional(),
  uri: z.string().optional(),
});

const ListingContact = z.looseObject({
  type: open<'CustomerSupport' | 'Engineering' | 'ChannelManager'>().optional(),
  name: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  uri: z.string().optional(),
});

/** What customers read, in one language. */
export const Listing = tolerant(
  z.looseObject({
    ...entityMembers,
    /** Cannot be changed. */
    languageCode: z.string().optional(),
    title: z.string().optional(),
    description: z.string().optional(),
    shortDescription: z.string().optional(),
    summary: z.string().optional(),
    publisherName: z.string().optional(),
    keywords: texts.optional(),
    productDisplayName: z.string().optional(),
    listingUris: z.array(ListingUri).optional(),
    listingContacts: z.array(ListingContact).optional(),
    accessInformation: z.string().optional(),
    gettingStartedInstructions: z.string().optional(),
    allowOnlyManagedDiskDeployments: z.boolean().optional(),
    compatibleProducts: texts.optional(),
  }),
);
export type Listing = z.output<typeof Listing>;

const fileMembers = {
  ...entityMembers,
  fileName: z.string().optional(),
  type: z.string().optional(),
  state: open<FileState>().optional(),
  description: z.string().optional(),
  /** To write the file while it is pending, to read it afterwards. Lists have it only when it is asked for. */
  fileSasUri: secretUrl,
} as const;

type LogoType =
  'AzureLogoSmall' | 'AzureLogoMedium' | 'AzureLogoLarge' | 'AzureLogoWide' | 'AzureLogoHero' | 'AzureLogoScreenshot';

/** A logo or screenshot. */
export const ListingImage = tolerant(
  z.looseObject({ ...fileMembers, type: open<LogoType>().optional(), order: z.number().optional() }),
);
export type ListingImage = z.output<typeof ListingImage>;

/** A document. */
export const ListingAsset = tolerant(
  z.looseObject({ ...fileMembers, friendlyName: z.string().optional(), publisherDefinedSasUri: secretUrl }),
);
export type ListingAsset = z.output<typeof ListingAsset>;

/** A film, by its address elsewhere, with a picture that stands for it. */
export const ListingVideo = tolerant(
  z.looseObject({
    ...fileMembers,
    streamingUri: z.string().optional(),
    thumbnail: z
      .looseObject({
        fileName: z.string().optional(),
        title: z.string().optional(),
        description: z.string().optional(),
        state: open<FileState>().optional(),
        fileSasUri: secretUrl,
        publisherDefinedSasUri: secretUrl,
      })
      .optional(),
  }),
);
export type ListingVideo = z.output<typeof ListingVideo>;
