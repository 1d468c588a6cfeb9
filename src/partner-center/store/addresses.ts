import type { FlightAddress } from './products';

/** Segments of an app's address. */
export function applicationAddress(applicationId: string): readonly string[] {
  return ['applications', applicationId];
}

/** Segments of a flight's address. */
export function flightAddress({ applicationId, flightId }: FlightAddress): readonly string[] {
  return [...applicationAddress(applicationId), 'flights', flightId];
}

/** Segments of an add-on's address. */
export function addOnAddress(addOnId: string): readonly string[] {
  return ['inappproducts', addOnId];
}
