import type { FaultCode } from '../domain/fault-catalogue';

/** Why a member that people may write is not taken. */
export interface Untaken {
  readonly code: FaultCode;
  readonly message: string;
}

type Reasons = Readonly<Record<string, Untaken>>;

const notBuilt = 'This version does not do it yet: leave it out.';
function notSupported(...names: readonly string[]): Reasons {
  return Object.fromEntries(names.map((name) => [name, { code: 'not-supported' as const, message: notBuilt }]));
}

/**
 * Members that the contract or the API knows and this version does not take, by place. What stands neither here nor in
 * the schema is unknown. A `*` in a place is any one name or index.
 */
const untaken: Readonly<Record<string, Reasons>> = {
  '': notSupported('notify'),
};

/** Values that the contract knows for a member and this version does not take. */
const untakenValues: Readonly<Record<string, readonly unknown[]>> = {
  '/target/kind': ['store-msi-exe-app', 'product-ingestion-offer'],
};

/** Why a member is not taken, where something is known by its name. */
export function untakenMember(place: readonly PropertyKey[], name: string): Untaken | undefined {
  const key = Object.keys(untaken).find((pattern) => matches(pattern, place));
  const reasons = key === undefined ? undefined : untaken[key];
  return reasons !== undefined && Object.hasOwn(reasons, name) ? reasons[name] : undefined;
}

/** Whether the contract knows a value that this version does not take. */
export function isUntakenValue(place: readonly PropertyKey[], value: unknown): boolean {
  const key = Object.keys(untakenValues).find((pattern) => matches(pattern, place));
  return key !== undefined && (untakenValues[key]?.includes(value) ?? false);
}

function matches(pattern: string, place: readonly PropertyKey[]): boolean {
  const parts = pattern.split('/').slice(1);
  return parts.length === place.length && parts.every((part, index) => part === '*' || part === String(place[index]));
}
