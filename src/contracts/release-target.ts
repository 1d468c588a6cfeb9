import { z } from 'zod';
import { Line, StoreId } from './forms';
import { fault } from './rule';

/** What is published: one form for each `kind`. */

const StoreAppTarget = z
  .strictObject({ kind: z.literal('store-app'), applicationId: StoreId })
  .meta({ id: 'StoreAppTarget', description: 'A packaged app that exists in Partner Center.' });

export const FlightId = z
  .string()
  .regex(
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    fault('invalid-format', 'A flight id is a GUID: copy it from Partner Center, or name the flight instead.'),
  )
  .meta({ description: 'The id of the flight, a GUID.' });

const GroupId = z
  .string()
  .regex(
    /^\d{1,20}$/,
    fault('invalid-format', "A group id is a number: copy it from the group's address in Partner Center."),
  );

const NewFlight = z
  .strictObject({
    groupIds: z.array(GroupId).min(1).max(50).meta({ description: 'The flight groups that get the packages.' }),
    rankHigherThan: Line(256)
      .min(1)
      .meta({ description: 'The name of the flight that the new one stands above; absent = above all.' })
      .optional(),
  })
  .meta({ id: 'NewFlight', description: 'Makes the flight where the app has none of this name.' });

const StoreFlightTarget = z
  .strictObject({
    kind: z.literal('store-flight'),
    applicationId: StoreId,
    flightId: FlightId.optional(),
    name: Line(256).min(1).meta({ description: 'The name that Partner Center shows.' }).optional(),
    create: NewFlight.optional(),
  })
  .refine(
    ({ flightId, name }) => (flightId === undefined) !== (name === undefined),
    fault('invalid-value', 'Give exactly one of "flightId" and "name".'),
  )
  .refine(
    ({ create, name }) => create === undefined || name !== undefined,
    fault('invalid-value', 'A flight is made by its "name": "create" makes no sense with "flightId".'),
  )
  .meta({ id: 'StoreFlightTarget', description: 'A package flight, by `flightId` or by `name`.' });

const ProductId = Line(100)
  .min(1)
  .regex(/^[^<>*%&:\\?+,]*$/, fault('invalid-format', 'A product id has none of the characters < > * % & : \\ ? + ,'))
  .meta({ description: "The id by which the app's code knows the add-on." });

const NewAddOn = z
  .strictObject({ productType: z.enum(['Durable', 'Consumable']) })
  .meta({ id: 'NewAddOn', description: 'Makes the add-on where the app has none with this product id.' });

const StoreAddOnTarget = z
  .strictObject({
    kind: z.literal('store-add-on'),
    addOnId: StoreId.optional(),
    applicationId: StoreId.optional(),
    productId: ProductId.optional(),
    create: NewAddOn.optional(),
  })
  .refine(
    ({ addOnId, applicationId, productId }) =>
      addOnId === undefined
        ? applicationId !== undefined && productId !== undefined
        : applicationId === undefined && productId === undefined,
    fault('invalid-value', 'Give either "addOnId", or both "applicationId" and "productId".'),
  )
  .refine(
    ({ create, productId }) => create === undefined || productId !== undefined,
    fault('invalid-value', 'An add-on is made by its "productId": "create" makes no sense with "addOnId".'),
  )
  .meta({ id: 'StoreAddOnTarget', description: 'An add-on, by `addOnId` or by `applicationId` and `productId`.' });

const ProductGuid = z
  .string()
  .regex(
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    fault('invalid-format', "A product id is a GUID: copy it from the offer's address, or give the offer id instead."),
  )
  .meta({ description: 'The id of the product, a GUID.' });

const OfferId = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9_-]{2,49}$/,
    fault('invalid-format', 'An offer id has 3 to 50 lower-case letters, digits, "-" and "_".'),
  )
  .meta({ description: 'The id of the offer, as people chose it.' });

const NewMarketplaceProduct = z
  .strictObject({
    resourceType: z.enum(['AzureApplication', 'SoftwareAsAService']),
    name: Line(200).min(1).meta({ description: 'The alias that Partner Center shows; buyers do not see it.' }),
  })
  .meta({ id: 'NewMarketplaceProduct', description: 'Makes the offer where the account has none with this offer id.' });

const MarketplaceProductTarget = z
  .strictObject({
    kind: z.literal('marketplace-product'),
    productId: ProductGuid.optional(),
    offerId: OfferId.optional(),
    create: NewMarketplaceProduct.optional(),
  })
  .refine(
    ({ productId, offerId }) => (productId === undefined) !== (offerId === undefined),
    fault('invalid-value', 'Give exactly one of "productId" and "offerId".'),
  )
  .refine(
    ({ create, offerId }) => create === undefined || offerId !== undefined,
    fault('invalid-value', 'An offer is made by its "offerId": "create" makes no sense with "productId".'),
  )
  .meta({
    id: 'MarketplaceProductTarget',
    description: 'An Azure application or a SaaS offer of the commercial marketplace, by `productId` or by `offerId`.',
  });

const PublisherId = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,49}$/,
    fault('invalid-format', 'A publisher id has letters, digits, "-" and "_".'),
  )
  .meta({ description: 'The id of the publisher, as the account has it.' });

const NewCloudPartnerOffer = z
  .strictObject({
    offerTypeId: Line(100)
      .min(1)
      .meta({ examples: ['microsoft-azure-virtualmachines'] }),
  })
  .meta({ id: 'NewCloudPartnerOffer', description: 'Makes the offer where the publisher has none with this id.' });

const CloudPartnerOfferTarget = z
  .strictObject({
    kind: z.literal('cloud-partner-offer'),
    publisherId: PublisherId,
    offerId: OfferId,
    create: NewCloudPartnerOffer.optional(),
  })
  .meta({
    id: 'CloudPartnerOfferTarget',
    description: 'An offer of the Cloud Partner Portal API, as a virtual machine.',
  });

export const ReleaseTarget = z.discriminatedUnion('kind', [
  StoreAppTarget,
  StoreFlightTarget,
  StoreAddOnTarget,
  MarketplaceProductTarget,
  CloudPartnerOfferTarget,
]);

/** As it is answered: with the ids that the release found or made. */
export const TargetView = z
  .strictObject({
    kind: z.enum(['store-app', 'store-flight', 'store-add-on', 'marketplace-product', 'cloud-partner-offer']),
    applicationId: StoreId.optional(),
    flightId: z.string().optional(),
    name: z.string().optional(),
    addOnId: StoreId.optional(),
    productId: z.string().optional(),
    offerId: z.string().optional(),
    publisherId: z.string().optional(),
    create: z.union([NewFlight, NewAddOn, NewMarketplaceProduct, NewCloudPartnerOffer]).optional(),
  })
  .meta({ id: 'Target', description: 'What is published, with the ids that the release found or made.' });
