import { segments } from '../http';
import type { Module } from './enums';

/** A draft of a product's module, as `Branch.currentDraftInstanceID` names it. */
export interface InstanceAddress {
  readonly productId: string;
  readonly instanceId: string;
}

/** The path of something below a product, its ids encoded. */
export function productPath(productId: string, ...rest: readonly string[]): string {
  return segments('products', productId, ...rest);
}

/** The path of a draft's resources. The parentheses belong to the path, and are not encoded. */
export function instancePath({ productId, instanceId }: InstanceAddress, resources: string): string {
  return `${productPath(productId, resources)}/getByInstanceID(instanceID=${inParentheses(instanceId)})`;
}

/** The path that makes a resource in a draft. */
export function creationPath({ productId, instanceId }: InstanceAddress, resources: string): string {
  return `${productPath(productId, resources)}/createWithInstanceID(instanceID=${inParentheses(instanceId)})`;
}

export function modulePath(productId: string, module: Module): string {
  return `${productPath(productId, 'branches')}/getByModule(module=${inParentheses(module)})`;
}

/** Encoded, and unable to end the parentheses. */
function inParentheses(value: string): string {
  return encodeURIComponent(value).replaceAll('(', '%28').replaceAll(')', '%29');
}

/** The path with system options. Their `$` is not encoded: so all known clients write them, and nobody tried otherwise. */
export function withOptions(
  path: string,
  options: { readonly filter?: string | undefined; readonly expand?: string | undefined },
): string {
  const query = Object.entries(options)
    .map(([name, value = '']) => ({ name, value }))
    .filter(({ value }) => value !== '')
    .map(({ name, value }) => `$${name}=${encodeURIComponent(value)}`);
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
}

/** A text in a filter: its quotes are doubled. */
export function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
