import type { addOnMembers, AddOn, AddOnSubmission } from './add-on-schema';
import type { appMembers, Application, AppSubmission } from './app-schema';
import type { Flight, flightMembers, FlightSubmission } from './flight-schema';

/** An app, by its Store ID. */
export interface StoreAppRef {
  readonly kind: 'store-app';
  readonly applicationId: string;
}

/** A package flight, by its own id and its app's. */
export interface StoreFlightRef {
  readonly kind: 'store-flight';
  readonly applicationId: string;
  readonly flightId: string;
}

/** An add-on, by its own Store ID. */
export interface StoreAddOnRef {
  readonly kind: 'store-add-on';
  readonly addOnId: string;
}

/** What has submissions in the Store. */
export type StoreProductRef = StoreAppRef | StoreFlightRef | StoreAddOnRef;
export type StoreKind = StoreProductRef['kind'];

/** What the API says of each kind: the product, its submissions, and which of their members a PUT can write. */
interface Families {
  'store-app': { product: Application; submission: AppSubmission; members: keyof typeof appMembers };
  'store-flight': { product: Flight; submission: FlightSubmission; members: keyof typeof flightMembers };
  'store-add-on': { product: AddOn; submission: AddOnSubmission; members: keyof typeof addOnMembers };
}

/** A product as the API answers it. */
export type Product<K extends StoreKind> = Families[K]['product'];

/** A whole submission of such a product, as the API answers it, without its upload address. */
export type Submission<K extends StoreKind> = Families[K]['submission'];

/** Members that only submissions of other kinds have: a document that has one is not this kind's. */
type Foreign<K extends StoreKind> = Partial<
  Record<Exclude<Families[StoreKind]['members'], Families[K]['members']>, never>
>;

/**
 * The document of a PUT, an app's unless told otherwise. It replaces the stored one: leave out what must not be touched
 * only where the page allows it.
 */
export type WritableSubmission<K extends StoreKind = 'store-app'> = Partial<
  Pick<Families[K]['submission'], Families[K]['members']>
> &
  Foreign<K>;

/** A flight as the API addresses it. */
export type FlightAddress = Pick<StoreFlightRef, 'applicationId' | 'flightId'>;
