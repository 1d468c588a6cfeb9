import type { NewAddOn, NewFlight } from '../domain/release-document';
import type { NamedTarget, StoreProduct } from '../domain/store/product';
import type { Call } from '../partner-center/http';
import type { StoreClient } from '../partner-center/store';

/** A product that has the name, and the submission that holds its slot. */
export interface NamedProduct {
  readonly product: StoreProduct;
  readonly pendingId: string | null;
}

/** Reads lists until the name is found. A name is compared without case: the Store shows one of the two at most. */
export async function findNamed(client: StoreClient, target: NamedTarget, call: Call): Promise<NamedProduct | null> {
  return target.kind === 'store-flight' ? findFlight(client, target, call) : findAddOn(client, target, call);
}

async function findFlight(
  client: StoreClient,
  { kind, applicationId, name }: NamedTarget & { readonly kind: 'store-flight' },
  call: Call,
): Promise<NamedProduct | null> {
  for await (const flight of client.listApplicationFlights(applicationId, call)) {
    if (!isSame(flight.friendlyName, name)) continue;
    const { flightId, pendingFlightSubmission: pending } = flight;
    return { product: { kind, applicationId, flightId }, pendingId: pending?.id ?? null };
  }
  return null;
}

/** The list of an app's add-ons has no product ids: the list of all add-ons has, many to a page. */
async function findAddOn(
  client: StoreClient,
  { kind, applicationId, productId }: NamedTarget & { readonly kind: 'store-add-on' },
  call: Call,
): Promise<NamedProduct | null> {
  for await (const addOn of client.listAddOns(call)) {
    if (!isSame(addOn.productId, productId)) continue;
    if (!addOn.applications?.value.some(({ id }) => isSame(id, applicationId))) continue;
    return { product: { kind, addOnId: addOn.id }, pendingId: addOn.pendingInAppProductSubmission?.id ?? null };
  }
  return null;
}

/** Sends the POST that makes it. Not repeatable: after an unclear answer, find it by its name. */
export async function makeNamed(client: StoreClient, target: NamedTarget, call: Call): Promise<NamedProduct> {
  if (target.kind === 'store-flight') {
    const { kind, applicationId, name, create } = target;
    const { groupIds, rankHigherThan } = wanted<NewFlight>(create);
    const flight = { friendlyName: name, groupIds, rankHigherThan };
    const { flightId, pendingFlightSubmission } = (await client.createFlight(applicationId, flight, call)).value;
    return { product: { kind, applicationId, flightId }, pendingId: pendingFlightSubmission?.id ?? null };
  }
  const { kind, applicationId, productId, create } = target;
  const { productType } = wanted<NewAddOn>(create);
  const { id } = (await client.createAddOn({ applicationId, productId, productType }, call)).value;
  return { product: { kind, addOnId: id }, pendingId: null };
}

function wanted<T>(create: T | undefined): T {
  if (create === undefined) throw new Error('The document does not say how to make it.');
  return create;
}

function isSame(a: string | undefined, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}
