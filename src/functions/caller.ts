import type { HttpRequest } from '@azure/functions';
import type { Access } from '../contracts/operation';
import { Problem } from './problem';
import type { HttpSettings } from './services';

/** Who calls. */
export interface Caller {
  /** The signed-in name; `null` where callers hold function keys and nobody is known by name. */
  readonly name: string | null;
  /** What idempotency keys are kept apart by. */
  readonly scope: string;
  /** Whether more than the public part may be shown. */
  readonly known: boolean;
  /** App roles; `null` where callers hold function keys. */
  readonly roles: readonly string[] | null;
}

const anyone: Caller = { name: null, scope: 'open', known: false, roles: null };
/** The host has checked the key before it called us. */
const keyHolder: Caller = { name: null, scope: 'key', known: true, roles: null };

const rolesOf: Readonly<Record<Exclude<Access, 'open'>, readonly string[]>> = {
  read: ['reader', 'publisher', 'approver'],
  publish: ['publisher'],
  decide: ['approver'],
  'roll-out': ['publisher', 'approver'],
};

/**
 * Who calls, if they may do this. The principal header is believed only where the settings say that the platform signs
 * callers in: then the platform takes it off whatever comes from outside.
 *
 * @throws Problem `unauthenticated` or `role-missing`
 */
export function authorise(request: HttpRequest, access: Access, callers: HttpSettings['callers']): Caller {
  if (callers === 'function-keys') return access === 'open' ? anyone : keyHolder;
  const principal = principalOf(request);
  if (access === 'open') return principal === undefined ? anyone : callerOf(principal);
  if (principal === undefined) throw new Problem('unauthenticated');
  const caller = callerOf(principal);
  demandRole(caller, rolesOf[access]);
  return caller;
}

/**
 * For what some callers of an operation may not do.
 *
 * @throws Problem `role-missing`
 */
export function demandRole({ roles }: Pick<Caller, 'roles'>, allowed: readonly string[]): void {
  if (roles === null || roles.some((role) => allowed.includes(role))) return;
  throw new Problem('role-missing', { detail: `This takes the app role ${allowed.join(' or ')}.` });
}

interface Principal {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
}

function callerOf(principal: Principal): Caller {
  return { name: principal.name, scope: principal.id, known: true, roles: principal.roles };
}

const objectId = ['oid', 'http://schemas.microsoft.com/identity/claims/objectidentifier'];
const names = [
  'preferred_username',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn',
  'upn',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name',
  'name',
];
const applications = ['azp', 'appid'];
const roleTypes = ['roles', 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role'];

/** What App Service puts into the header: JSON in base64, with the claims of the token. */
function principalOf(request: HttpRequest): Principal | undefined {
  const claims = claimsOf(request.headers.get('x-ms-client-principal') ?? '');
  const first = (types: readonly string[]): string | undefined =>
    types.flatMap((type) => claims.filter((claim) => claim.typ === type))[0]?.val;
  const id = first(objectId);
  if (id === undefined) return undefined;
  const application = first(applications);
  const name = first(names) ?? (application === undefined ? id : `app:${application}`);
  return { id, name, roles: claims.filter((claim) => roleTypes.includes(claim.typ)).map((claim) => claim.val) };
}

interface Claim {
  readonly typ: string;
  readonly val: string;
}

function claimsOf(header: string): readonly Claim[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(header, 'base64').toString('utf8'));
    const claims: unknown = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'claims') : undefined;
    return Array.isArray(claims) ? claims.filter(isClaim) : [];
  } catch {
    return [];
  }
}

function isClaim(value: unknown): value is Claim {
  if (typeof value !== 'object' || value === null) return false;
  return typeof Reflect.get(value, 'typ') === 'string' && typeof Reflect.get(value, 'val') === 'string';
}
