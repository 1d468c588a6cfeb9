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

export const ReleaseTarget = z.discriminatedUnion('kind', [StoreAppTarget, StoreFlightTarget, StoreAddOnTarget]);

/** As it is answered: with the ids that the release found or made. */
export const TargetView = z
  .strictObject({
    kind: z.enum(['store-app', 'store-flight', 'store-add-on']),
    applicationId: StoreId.optional(),
    flightId: z.string().optional(),
    name: z.string().optional(),
    addOnId: StoreId.optional(),
    productId: z.string().optional(),
    create: z.union([NewFlight, NewAddOn]).optional(),
  })
  .meta({ id: 'Target', description: 'What is published, with the ids that the release found or made.' });
