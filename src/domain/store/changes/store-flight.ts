import { delivery } from './delivery';
import { object, text } from './shape';

/** A flight submission as `changes` sees it: listings, price and category are those of the app. */
export const storeFlight = object({ packageDeliveryOptions: delivery, notesForCertification: text });
