import { inspect } from 'node:util';

const shown = '[upload address]';

/**
 * Where the files of a submission go: a secret, since its signature lets anybody write there. Shows nothing of itself
 * in JSON, text or `inspect`; only `open` gives it out. Never store or log what that returns.
 */
export class UploadUrl {
  readonly #url: string;
  /** From the signature's `se`: when the address stops working; undefined when it does not say. */
  readonly expiresAt: Date | undefined;

  constructor(url: string) {
    this.#url = url;
    const end = new Date(new URL(url).searchParams.get('se') ?? '');
    this.expiresAt = Number.isNaN(end.getTime()) ? undefined : end;
  }

  /** The address itself. The service leaves `+` in the signature as it is; in a query that means a space: escaped here. */
  open(): string {
    const [path, ...query] = this.#url.split('?');
    return query.length === 0 ? this.#url : `${path}?${query.join('?').replaceAll('+', '%2B')}`;
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
