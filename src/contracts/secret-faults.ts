import type { Fault } from '../domain/release';
import { fault, isObject, member } from './json-places';
import type { Json } from './strict-json';

const nameForm = /^[0-9A-Za-z-]{1,127}$/;

/** What is wrong about the secrets that `changes` name as `{"$secret": name}`: only those of the settings can be had. */
export function secretFaults(document: Json, prefix: string): Fault[] {
  return faultsBelow(member(document, 'changes'), ['changes'], prefix);
}

function faultsBelow(value: Json, path: readonly PropertyKey[], prefix: string): Fault[] {
  if (Array.isArray(value)) return value.flatMap((one: Json, index) => faultsBelow(one, [...path, index], prefix));
  if (!isObject(value)) return [];
  if (Object.hasOwn(value, '$secret')) return referenceFaults(value, path, prefix);
  return Object.entries(value).flatMap(([name, one]) => faultsBelow(one, [...path, name], prefix));
}

function referenceFaults(value: Readonly<Record<string, Json>>, path: readonly PropertyKey[], prefix: string): Fault[] {
  const others = Object.keys(value).filter((name) => name !== '$secret');
  const name = value['$secret'];
  const isNamed = typeof name === 'string' && nameForm.test(name);
  return [
    ...others.map((one) =>
      fault([...path, one], 'unknown-member', 'A secret has its name beside "$secret", and nothing else.'),
    ),
    ...(isNamed
      ? []
      : [
          fault(
            [...path, '$secret'],
            'invalid-format',
            'Send the name of a secret in Key Vault: letters, digits and "-".',
          ),
        ]),
    ...(isNamed && (prefix === '' || !name.startsWith(prefix))
      ? [fault([...path, '$secret'], 'secret-not-allowed', notAllowed(prefix))]
      : []),
  ];
}

function notAllowed(prefix: string): string {
  if (prefix === '') return 'The settings let documents name no secrets.';
  return `Documents may name secrets that begin with "${prefix}": store it under such a name.`;
}
