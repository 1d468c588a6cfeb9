import { isObject } from '../json-value';
import { isAddressReference } from '../offer/addresses';

/** Names of Key Vault secrets. */
const secretName = /^[0-9A-Za-z-]{1,127}$/;

/** Whether an object stands for a text that is read from Key Vault later: `{"$secret": name}`. */
export function isSecretReference(value: unknown): boolean {
  return isObject(value) && '$secret' in value;
}

/** Whether it does so in the form that it must have. */
export function isGoodReference(value: unknown): boolean {
  if (!isObject(value) || Object.keys(value).length !== 1) return false;
  const { $secret: name } = value;
  return typeof name === 'string' && secretName.test(name);
}

/** Whether an object stands for a number with more digits than a double has: `{"$number": digits}`. */
function isExactNumber(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 1 && typeof value['$number'] === 'string';
}

/** Whether a patch goes on inside of the value: an object that stands for nothing else. */
export function isBranch(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && !isSecretReference(value) && !isAddressReference(value) && !isExactNumber(value);
}

const secretMember = /(?:secret|password|connectionstring|(?:access|account|shared)key)$/i;

/** Whether a member holds a secret: the service keeps it to itself, and answers it blank or not at all. */
export function isSecretMember(name: string): boolean {
  return secretMember.test(name);
}

export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

const signature = /[?&]sig=/i;

/** An address without the query that gives access to it: the service's own addresses of logos and images are signed. */
export function withoutSignature(text: string): string {
  return /^https?:\/\//i.test(text) && signature.test(text) ? (text.split('?', 1)[0] ?? '') : text;
}
