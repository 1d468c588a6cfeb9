import { z } from 'zod';
import {
  id,
  PackageDeliveryOptions,
  pageOf,
  publishingMembers,
  readOnlyMembers,
  SubmissionPackage,
  SubmissionRef,
  tolerant,
  withoutUploadUrl,
} from './submission-schema';

/** An id that is read as a string, also where it came as a number; one too big to be exact is refused. */
const idText = z.union([z.string(), z.int().transform(String)]);

/**
 * A package flight. Source: "Get a package flight", "Create a package flight". The submission that a create makes with
 * the flight is only named here: `pendingFlightSubmission`.
 */
export const Flight = tolerant(
  z.looseObject({
    flightId: id,
    friendlyName: z.string().optional(),
    /** Of the groups that get it; only Partner Center knows their names. */
    groupIds: z.array(idText).optional(),
    /** The name of the flight right below; samples also show an id. */
    rankHigherThan: z.string().optional(),
    lastPublishedFlightSubmission: SubmissionRef.optional(),
    pendingFlightSubmission: SubmissionRef.optional(),
  }),
);
export type Flight = z.output<typeof Flight>;
export const FlightPage = pageOf(Flight);

/** Everything of a flight submission that a PUT can write (section "Update a package flight submission"). */
export const flightMembers = {
  /** At most 25. Those that are there must come back with their `id`. */
  flightPackages: z.array(SubmissionPackage).default([]),
  packageDeliveryOptions: PackageDeliveryOptions.optional(),
  ...publishingMembers,
  notesForCertification: z.string().optional(),
} as const;

/** A whole submission, without its upload address. */
export const FlightSubmission = tolerant(
  z.looseObject({ ...readOnlyMembers, flightId: id.optional(), ...flightMembers }),
).transform(withoutUploadUrl);
export type FlightSubmission = z.output<typeof FlightSubmission>;
