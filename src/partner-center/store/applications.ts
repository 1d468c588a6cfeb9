import { segments, type Answer, type Call, type Transport } from '../http';
import { applicationAddress } from './addresses';
import { Application, ApplicationAddOnPage, ApplicationPage, type AddOnRow } from './app-schema';
import { FlightPage, type Flight } from './flight-schema';
import { StoreOperation } from './operations';
import { defaultTop, listRows, type ListOptions } from './pages';

/** Rows 1–4 of the endpoint table; documented at `StoreClient`. */
export class StoreApplications {
  constructor(private readonly transport: Transport) {}

  list(call: Call, options: ListOptions = {}): AsyncGenerator<Application> {
    return listRows(this.transport, {
      ...call,
      operation: StoreOperation.listApplications,
      path: 'applications',
      schema: ApplicationPage,
      top: options.top ?? defaultTop,
      skip: options.skip,
    });
  }

  get(applicationId: string, call: Call): Promise<Answer<Application>> {
    return this.transport.send({
      ...call,
      method: 'GET',
      path: segments(...applicationAddress(applicationId)),
      schema: Application,
      operation: StoreOperation.getApplication,
      repeatable: true,
    });
  }

  listAddOns(applicationId: string, call: Call, options: ListOptions = {}): AsyncGenerator<AddOnRow> {
    return listRows(this.transport, {
      ...call,
      operation: StoreOperation.listApplicationAddOns,
      path: segments(...applicationAddress(applicationId), 'listinappproducts'),
      schema: ApplicationAddOnPage,
      top: options.top ?? defaultTop,
      skip: options.skip,
    });
  }

  listFlights(applicationId: string, call: Call, options: ListOptions = {}): AsyncGenerator<Flight> {
    return listRows(this.transport, {
      ...call,
      operation: StoreOperation.listApplicationFlights,
      path: segments(...applicationAddress(applicationId), 'listflights'),
      schema: FlightPage,
      top: options.top ?? defaultTop,
      skip: options.skip,
    });
  }
}
