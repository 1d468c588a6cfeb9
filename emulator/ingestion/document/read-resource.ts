import type { Call } from '../../core/call';
import type { Services } from '../../core/services';
import { memberOf } from '../body';
import { invalid, refusal, type Problems } from '../errors';
import type { Members } from '../model';
import type { ResourceType } from './resource-type';
import { RESOURCE_TYPES } from './resource-types';
import { readMembers } from './shape';

/** What is known of a type that the emulator itself names. */
export function resourceType(name: string): ResourceType {
  return RESOURCE_TYPES[name] ?? { shape: {} };
}

/**
 * The `resourceType` of a body in the case of the wire: one of `accepted`. *Assumed*: without one, the first or only type
 * is meant when `fallback` says so; another one gets 400.
 */
export function readType(call: Call, body: Members, accepted: readonly string[], fallback?: string): string {
  const given = memberOf(body, 'resourceType');
  if ((given === undefined || given === null || given === '') && fallback !== undefined) return fallback;
  const found = accepted.find((name) => typeof given === 'string' && name.toLowerCase() === given.toLowerCase());
  if (found === undefined) throw invalid(call, 'ResourceType', `The field ResourceType is invalid.`);
  return found;
}

/**
 * The members of a resource in a request, as they are kept from now on: a full replacement of `stored` (B-R7), except for
 * members that are fixed. *Observed*: what is missing is told with "Missing".
 */
export function readResource(
  services: Services,
  call: Call,
  typeName: string,
  { body, stored = {} }: { readonly body: Members; readonly stored?: Members },
): Members {
  const { shape, needs = [], fixed = [], defaults = {} } = resourceType(typeName);
  const problems: Problems = {};
  const { unknownMembers } = services.world.settings.switches;
  const rest = Object.fromEntries(Object.entries(body).filter(([name]) => !OF_ENVELOPE.has(name.toLowerCase())));
  const read = readMembers(shape, rest, { problems, keepsUnknown: unknownMembers === 'keep' });
  const kept = Object.fromEntries(fixed.flatMap((name) => (name in stored ? [[name, stored[name]]] : [])));
  const members = { ...structuredClone(defaults), ...read, ...kept };
  for (const name of needs) {
    const value = members[name];
    const place = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    if ((value === undefined || value === '') && !(place in problems)) problems[place] = [`Missing ${place}.`];
  }
  if (Object.keys(problems).length > 0) throw refusal(call, 400, problems);
  return inOrder(members, Object.keys(shape));
}

/** What no resource keeps from a request. */
const OF_ENVELOPE = new Set(['resourcetype', 'id', '@odata.etag']);

function inOrder(members: Members, order: readonly string[]): Members {
  const known = order.flatMap((name) => (name in members ? [[name, members[name]] as const] : []));
  return { ...Object.fromEntries(known), ...members };
}
