import { z } from 'zod';
import { DeliveryOptions, storePackage } from './delivery';
import { PUBLISH_MODES } from './enums';
import { date, Rules } from './rules';

/** *Observed*: what a flight takes (windows-dev-center-vsts-extension). */
const MOST_PACKAGES = 25;

function flightContent(rules: Rules) {
  return z.object({
    flightPackages: rules.list(storePackage(rules), MOST_PACKAGES).default([]),
    packageDeliveryOptions: DeliveryOptions.prefault({}),
    targetPublishMode: rules.oneOf(PUBLISH_MODES).default('Immediate'),
    targetPublishDate: date,
    notesForCertification: rules.text(2000).default(''),
  });
}

/**
 * The document of a flight submission: packages and how they are delivered, nothing of the listing. An empty date shows
 * as 1601 (*observed*: StoreBroker #183; documentation has an empty text).
 */
export const FlightContent = flightContent(new Rules(true));
export type FlightContent = z.infer<typeof FlightContent>;
/** The same without limits and lists of values (switch `validation`). */
export const LenientFlightContent = flightContent(new Rules(false));
