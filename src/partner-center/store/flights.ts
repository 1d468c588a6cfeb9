import { z } from 'zod';
import { segments, type Answer, type Call, type Transport } from '../http';
import { applicationAddress, flightAddress } from './addresses';
import { Flight } from './flight-schema';
import { StoreOperation } from './operations';
import type { FlightAddress } from './products';

/** A flight that is to be made. */
export interface NewFlight {
  readonly friendlyName: string;
  /** Of the flight groups that get it, as the address of a group's page in Partner Center shows them. */
  readonly groupIds: readonly string[];
  /** The name of the flight right below; the highest rank of all without it. */
  readonly rankHigherThan?: string | undefined;
}

/** Rows 25–27 of the endpoint table; documented at `StoreClient`. */
export class StoreFlights {
  constructor(private readonly transport: Transport) {}

  create(applicationId: string, flight: NewFlight, call: Call): Promise<Answer<Flight>> {
    const { friendlyName, groupIds, rankHigherThan } = flight;
    return this.transport.send({
      ...call,
      method: 'POST',
      path: segments(...applicationAddress(applicationId), 'flights'),
      body: { friendlyName, groupIds, rankHigherThan },
      schema: Flight,
      operation: StoreOperation.createFlight,
      repeatable: false,
    });
  }

  get(flight: FlightAddress, call: Call): Promise<Answer<Flight>> {
    return this.transport.send({
      ...call,
      method: 'GET',
      path: segments(...flightAddress(flight)),
      schema: Flight,
      operation: StoreOperation.getFlight,
      repeatable: true,
    });
  }

  delete(flight: FlightAddress, call: Call): Promise<Answer<unknown>> {
    return this.transport.send({
      ...call,
      method: 'DELETE',
      path: segments(...flightAddress(flight)),
      schema: z.unknown(),
      operation: StoreOperation.deleteFlight,
      repeatable: false,
    });
  }
}
