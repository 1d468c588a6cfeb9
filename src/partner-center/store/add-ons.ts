import { z } from 'zod';
import { segments, type Answer, type Call, type Transport } from '../http';
import { AddOn, AddOnPage } from './add-on-schema';
import { addOnAddress } from './addresses';
import type { AddOnProductType } from './enums';
import { StoreOperation } from './operations';
import { defaultTop, listRows, type ListOptions } from './pages';

/** An add-on that is to be made. None of this can be changed later. */
export interface NewAddOn {
  /** The app it belongs to: the API takes a list of exactly one. */
  readonly applicationId: string;
  /** The developer's own id, as the code of the app knows it. */
  readonly productId: string;
  readonly productType: AddOnProductType;
}

/** Rows 15–18 of the endpoint table; documented at `StoreClient`. */
export class StoreAddOns {
  constructor(private readonly transport: Transport) {}

  list(call: Call, options: ListOptions = {}): AsyncGenerator<AddOn> {
    return listRows(this.transport, {
      ...call,
      operation: StoreOperation.listAddOns,
      path: 'inappproducts',
      schema: AddOnPage,
      top: options.top ?? defaultTop,
      skip: options.skip,
    });
  }

  get(addOnId: string, call: Call): Promise<Answer<AddOn>> {
    return this.transport.send({
      ...call,
      method: 'GET',
      path: segments(...addOnAddress(addOnId)),
      schema: AddOn,
      operation: StoreOperation.getAddOn,
      repeatable: true,
    });
  }

  create({ applicationId, productId, productType }: NewAddOn, call: Call): Promise<Answer<AddOn>> {
    return this.transport.send({
      ...call,
      method: 'POST',
      path: 'inappproducts',
      body: { applicationIds: [applicationId], productId, productType },
      schema: AddOn,
      operation: StoreOperation.createAddOn,
      repeatable: false,
    });
  }

  delete(addOnId: string, call: Call): Promise<Answer<unknown>> {
    return this.transport.send({
      ...call,
      method: 'DELETE',
      path: segments(...addOnAddress(addOnId)),
      schema: z.unknown(),
      operation: StoreOperation.deleteAddOn,
      repeatable: false,
    });
  }
}
