import { inspect } from 'node:util';

const shown = '[secret address]';

/**
 * An address whose signature is the right to use it: whoever has it may read or write what lies there. Shows nothing of
 * itself in JSON, text or `inspect`; only `open` and `asSent` give it out. Never store or log what they return.
 */
export class SecretUrl {
  readonly #url: string;
  /** From the signature's `se`: when the address stops working; undefined when it does not say. */
  readonly expiresAt: Date | undefined;

  constructor(url: string) {
    this.#url = url;
    const end = new Date(URL.parse(url)?.searchParams.get('se') ?? '');
    this.expiresAt = Number.isNaN(end.getTime()) ? undefined : end;
  }

  /** The address itself. Services leave `+` in a signature as it is; in a query that means a space: escaped here. */
  open(): string {
    const [path, ...query] = this.#url.split('?');
    return query.length === 0 ? this.#url : `${path}?${query.join('?').replaceAll('+', '%2B')}`;
  }

  /** Letter by letter as the service wrote it, for sending it back to the service. */
  asSent(): string {
    return this.#url;
  }

  toString(): string {
    return shown;
  }

  toJSON(): string {
    return shown;
  }

  [inspect.custom](): string {
    return shown;
  }
}

/**
 * What is sent back of something that was read: secret addresses as they came, at any depth. One that went through JSON
 * meanwhile is lost, and left out rather than sent as the words that stand for it.
 */
export function withSecretUrls(value: unknown): unknown {
  if (value instanceof SecretUrl) return value.asSent();
  if (Array.isArray(value)) return value.map(withSecretUrls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== shown)
      .map(([key, member]) => [key, withSecretUrls(member)]),
  );
}
