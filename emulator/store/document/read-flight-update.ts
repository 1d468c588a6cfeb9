import { FlightContent, LenientFlightContent } from './flight-content';
import { mergePackages } from './merge-packages';
import { parseMembers, placeSeekEnabled, readMembers, type Update, type UpdateContext } from './read-members';

const SCHEMAS = { strict: FlightContent, lenient: LenientFlightContent };

/**
 * Reads the body of a PUT (or of a create with a body) against the stored draft of a flight. *Observed*: packages are
 * held to the rules of those of an application (msstore-cli e5b4eca: one that loses its id is another package).
 */
export function readFlightUpdate(
  body: Record<string, unknown>,
  { stored, switches }: UpdateContext<FlightContent>,
): Update<FlightContent> {
  const sent = readMembers(body, switches);
  const { flightPackages: _packages, ...kept } = stored.content;
  const content = parseMembers(SCHEMAS, sent, { kept, switches });
  content.packageDeliveryOptions = placeSeekEnabled(content.packageDeliveryOptions, switches);
  content.flightPackages = mergePackages(content.flightPackages, stored.content.flightPackages);
  return { content, hiddenPrice: undefined };
}
