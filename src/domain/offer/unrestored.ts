import { faultCatalogue } from '../fault-catalogue';
import { jsonPointer } from '../json-pointer';
import { isObject, valueAt } from '../json-value';
import type { Unrestored } from '../release';
import { cutUrlQueries } from '../url-queries';
import { resentAddresses } from './addresses';
import type { Members } from './offer-content';
import { secretNames } from './secrets';

/** More than a person looks after one by one; an event goes through history. */
const mostNamed = 50;

/**
 * What a release wrote and nobody can put back, since it never showed: secrets, and the queries of addresses that show
 * as they did before. The draft keeps the release's. What is gone with all that held it is not among them. Never a value.
 *
 * @param changes of the release document
 * @param written the resources that the release has sent, or may have
 * @param draft as `changes` would say it, after all else was put back
 */
export function unrestoredMembers(
  changes: unknown,
  written: readonly (Members | null)[],
  draft: Members,
): readonly Unrestored[] {
  const secrets = new Set(written.flatMap(secretNames));
  const addresses = new Set(written.flatMap(resentAddresses));
  return placesIn(changes, [])
    .flatMap((place): Unrestored[] => {
      const isKept = place.kind === 'secret' ? secrets.has(place.name) : addresses.has(place.name);
      return isKept && isHeld(draft, place) ? [unrestored(place)] : [];
    })
    .slice(0, mostNamed);
}

interface Place {
  readonly kind: 'secret' | 'address';
  /** Of the secret; the address without its query. */
  readonly name: string;
  readonly path: readonly PropertyKey[];
}

function placesIn(value: unknown, path: readonly PropertyKey[]): readonly Place[] {
  if (typeof value === 'string') return [{ kind: 'address', name: cutUrlQueries(value).document, path }];
  if (typeof value !== 'object' || value === null) return [];
  const [name] = isObject(value) && '$secret' in value ? secretNames(value) : [];
  if (name !== undefined) return [{ kind: 'secret', name, path }];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, one]) => placesIn(one, [...path, key]));
}

/** Whether a secret, which does not show itself, may still be there; whether the address is. */
function isHeld(draft: Members, { kind, name, path }: Place): boolean {
  if (kind === 'address') {
    const shown = valueAt(draft, path);
    return typeof shown === 'string' && cutUrlQueries(shown).document === name;
  }
  const holder = valueAt(draft, path.slice(0, -1));
  return typeof holder === 'object' && holder !== null && Object.keys(holder).length > 0;
}

function unrestored({ kind, name, path }: Place): Unrestored {
  const code = kind === 'secret' ? 'secret-not-put-back' : 'address-not-put-back';
  const message =
    kind === 'secret'
      ? `The draft keeps the secret "${name}", as it was when it was sent: which one was there before, nobody can read.`
      : 'The draft keeps the address with the query that the release sent: the one before does not show.';
  return { pointer: jsonPointer(['changes', ...path]), code, message, remedy: faultCatalogue[code].remedy };
}
