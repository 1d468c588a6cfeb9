import { segments, type Answer, type Call, type Transport } from '../http';
import { StoreOperation } from './operations';
import { listRows, type ListOptions } from './pages';
import { AddOnPage, Application, ApplicationPage, FlightPage, type AddOnRow, type FlightRow } from './schema';

const defaultTop = 100;

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
    });
  }

  get(applicationId: string, call: Call): Promise<Answer<Application>> {
    return this.transport.send({
      ...call,
      method: 'GET',
      path: segments('applications', applicationId),
      schema: Application,
      operation: StoreOperation.getApplication,
      repeatable: true,
    });
  }

  listAddOns(applicationId: string, call: Call, options: ListOptions = {}): AsyncGenerator<AddOnRow> {
    return listRows(this.transport, {
      ...call,
      operation: StoreOperation.listApplicationAddOns,
      path: segments('applications', applicationId, 'listinappproducts'),
      schema: AddOnPage,
      top: options.top ?? defaultTop,
    });
  }

  listFlights(applicationId: string, call: Call, options: ListOptions = {}): AsyncGenerator<FlightRow> {
    return listRows(this.transport, {
      ...call,
      operation: StoreOperation.listApplicationFlights,
      path: segments('applications', applicationId, 'listflights'),
      schema: FlightPage,
      top: options.top ?? defaultTop,
    });
  }
}
