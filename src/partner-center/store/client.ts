import type { Transport } from '../http';
import { addOnMethods, type AddOnMethods } from './add-on-methods';
import { appMethods, type AppMethods } from './app-methods';
import { flightMethods, type FlightMethods } from './flight-methods';

/**
 * The Store submission API, v1.0: one method per row of its endpoint table, reading like its page. Every method throws
 * what the transport throws (`storeFailure` says what it means) and takes its requests from the call's allowance. A
 * change is sent once: after an unclear answer look, then decide.
 *
 * Base: `https://manage.devcenter.microsoft.com/v1.0/my/`. Pages: Microsoft Learn, `uwp/monetize/…`, as named at each
 * method. For code that serves apps, flights and add-ons alike there is `productClient`.
 */
export interface StoreClient extends AppMethods, FlightMethods, AddOnMethods {}

/** Makes the client on a transport whose base is the API's (`…/v1.0/my/`). */
export function createStoreClient(transport: Transport): StoreClient {
  return { ...appMethods(transport), ...flightMethods(transport), ...addOnMethods(transport) };
}
