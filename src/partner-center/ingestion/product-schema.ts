import { z } from 'zod';
import { open, tolerant } from '../http';
import type { Module, ProductType } from './enums';
import { id, TypeValuePair } from './resource-schema';

/** A product, which is an offer. The id is the service's; the offer's own is the external id `AzureOfferId`. */
export const Product = tolerant(
  z.looseObject({
    resourceType: open<ProductType>().optional(),
    id,
    name: z.string().optional(),
    externalIDs: z.array(TypeValuePair).default([]),
    /** Whether a submission may hold some of the modules only. */
    isModularPublishing: z.boolean().optional(),
    offerMarketingUrlIDentifier: z.string().optional(),
  }),
);
export type Product = z.output<typeof Product>;

/** A product that is to be made. */
export interface NewProduct {
  readonly resourceType: ProductType;
  /** The alias that Partner Center shows to its publisher. */
  readonly name: string;
  /** `[{type: 'AzureOfferId', value: 'my-offer'}]` */
  readonly externalIDs: readonly { readonly type: string; readonly value: string }[];
  readonly isModularPublishing?: boolean | undefined;
}

/** How a product is sold. Has no id: there is one per product. */
export const Setup = tolerant(
  z.looseObject({
    resourceType: z.string().optional(),
    sellingOption: open<'ListingOnly' | 'ListAndSell'>().optional(),
    callToAction: open<'free' | 'free-trial' | 'contact-me'>().optional(),
    trialUri: z.string().optional(),
    enableTestDrive: z.boolean().optional(),
    testDriveType: open<'AzureResourceManager'>().optional(),
    /** `[{type: 'Reseller', value: 'Enabled'}]` */
    channelStates: z.array(TypeValuePair).optional(),
    /** Of Dynamics 365 Business Central. */
    packageType: open<'AddOn' | 'Connect'>().optional(),
    leadGenID: z.string().optional(),
  }),
);
export type Setup = z.output<typeof Setup>;

/** Where the editable draft of a module is, for the product or, with `variantID`, for one of its variants. Has no id. */
export const Branch = tolerant(
  z.looseObject({
    resourceType: z.string().optional(),
    friendlyName: z.string().optional(),
    type: open<'Main' | 'Private'>().optional(),
    module: open<Module>().optional(),
    currentDraftInstanceID: id,
    variantID: z.string().optional(),
  }),
);
export type Branch = z.output<typeof Branch>;
