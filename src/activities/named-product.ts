import type { NewAddOn, NewFlight } from '../domain/release-document';
import type { NamedTarget, StoreProduct } from '../domain/store/product';
import type { Call } from '../partner-center/http';
import type { StoreClient } from '../partner-center/store';

/** A product that has the name, and the submission that holds its slot. */
export interface NamedProduct {
  readonly product: StoreProduct;
  readonly pendingId: string | null;
}

/** Several products have the name: which one is meant, nobody knows. */
export class AmbiguousName extends Error {
  override readonly name = 'AmbiguousName';
}

/**
 * Reads lists until the name is found. A name is compared without case, but one that is written as it was asked for goes
 * before another: a release never works on the wrong one of two.
 */
export async function findNamed(client: StoreClient, target: NamedTarget, call: Call): Promise<NamedProduct | null> {
  return target.kind === 'store-flight' ? findFlight(client, target, call) : findAddOn(client, target, call);
}

interface Named {
  readonly name: string;
  readonly id: string;
  readonly found: NamedProduct;
}

/** No page says that the name of a flight is its own: all of them are read, and they are few. */
async function findFlight(
  client: StoreClient,
  { kind, applicationId, name }: NamedTarget & { readonly kind: 'store-flight' },
  call: Call,
): Promise<NamedProduct | null> {
  const alike: Named[] = [];
  for await (const flight of client.listApplicationFlights(applicationId, call)) {
    const { flightId, friendlyName = '', pendingFlightSubmission: pending } = flight;
    if (!isSame(friendlyName, name)) continue;
    const found = { product: { kind, applicationId, flightId }, pendingId: pending?.id ?? null };
    alike.push({ name: friendlyName, id: flightId, found });
  }
  return theOne(name, alike);
}

/**
 * The list of an app's add-ons has no product ids: the list of all add-ons has, many to a page. Product ids are unique
 * in an app, so the first that is written alike is the one.
 */
async function findAddOn(
  client: StoreClient,
  { kind, applicationId, productId }: NamedTarget & { readonly kind: 'store-add-on' },
  call: Call,
): Promise<NamedProduct | null> {
  const alike: Named[] = [];
  for await (const addOn of client.listAddOns(call)) {
    const { id, productId: name = '', pendingInAppProductSubmission: pending } = addOn;
    if (!isSame(name, productId) || !addOn.applications?.value.some((app) => isSame(app.id, applicationId))) continue;
    const found = { product: { kind, addOnId: id }, pendingId: pending?.id ?? null };
    if (name === productId) return found;
    alike.push({ name, id, found });
  }
  return theOne(productId, alike);
}

function theOne(name: string, alike: readonly Named[]): NamedProduct | null {
  const exact = alike.filter((one) => one.name === name);
  const [first, second] = exact.length > 0 ? exact : alike;
  if (second === undefined) return first?.found ?? null;
  throw new AmbiguousName(`Several have the name "${name}": ${alike.map(({ id }) => id).join(', ')}.`);
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

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
