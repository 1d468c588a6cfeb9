import { setTimeout as delay } from 'node:timers/promises';
import { collect } from './collect';
import { PackageError } from './package-error';
import { checkPin, checkRange, checkSize, type OpenOptions, type PackageSource, type SourcePin } from './source';
import { noRanges, rangeHeaders, readPartHeaders, type Range } from './range-answer';
import { createRequester, translate, type Answer, type Requester, type UrlSettings } from './url-request';
import { parseUrl, showUrl } from './url-rules';

/** Opens addresses by one set of rules; keeps connections, holds no bytes. */
export interface UrlSources {
  /**
   * Looks at the first byte, so that a server without ranges is refused before anything else.
   * Throws `source-not-allowed`, `source-not-found`, `source-forbidden`, `source-unreachable`, `source-no-ranges`,
   * `package-empty`, `package-too-large`, `package-changed`. No error shows the query of the address.
   */
  open(url: string, options?: OpenOptions): Promise<PackageSource>;
}

/** What {@link createUrlSources} takes besides the rules. */
export interface UrlSourceSettings extends UrlSettings {
  /** Milliseconds before each further try of one read that broke off; default 250 and 1000. */
  readonly retryDelaysMs?: readonly number[];
  /** Milliseconds that one read may take altogether; default two minutes. */
  readonly readTimeoutMs?: number;
}

/** Addresses over https; see {@link UrlSourceSettings}. Pure until something is opened. */
export function createUrlSources(settings: UrlSourceSettings): UrlSources {
  const requester = createRequester(settings);
  return {
    open: async (text, options = {}) => {
      const url = parseUrl(text);
      const reader = new RangeReader(url, requester, settings);
      const first = await reader.read({ offset: 0, length: 1 }, options.signal);
      checkPin(first.pin, options.pin, showUrl(url));
      checkSize(first.pin.size, showUrl(url), options.maxSize);
      // What was pinned first stays the pin, also where the server says more now.
      return sourceOf(reader, options.pin ?? first.pin);
    },
  };
}

function sourceOf(reader: RangeReader, pin: SourcePin): PackageSource {
  return {
    size: pin.size,
    pin,
    read: async (offset, length, signal) => {
      checkRange(offset, length, pin.size);
      if (length === 0) return new Uint8Array(0);
      const { bytes } = await reader.read({ offset, length, pin }, signal);
      return bytes;
    },
  };
}

interface Part {
  readonly bytes: Uint8Array;
  readonly pin: SourcePin;
}

/** Reads ranges of one address and remembers where its redirects led. */
class RangeReader {
  private direct: URL | undefined;
  private readonly what: string;

  constructor(
    private readonly url: URL,
    private readonly requester: Requester,
    private readonly settings: UrlSourceSettings,
  ) {
    this.what = showUrl(url);
  }

  async read(range: Range, signal: AbortSignal | undefined): Promise<Part> {
    const delays = this.settings.retryDelaysMs ?? [250, 1000];
    for (const wait of delays) {
      try {
        return await this.readOnce(range, signal);
      } catch (error) {
        const tooLong = error instanceof PackageError && (error.retryAfterMs ?? 0) > wait;
        if (!(error instanceof PackageError) || !error.retryable || tooLong) throw error;
      }
      await delay(wait, undefined, signal ? { signal } : {});
    }
    return this.readOnce(range, signal);
  }

  private async readOnce(range: Range, signal: AbortSignal | undefined): Promise<Part> {
    const timeout = AbortSignal.timeout(this.settings.readTimeoutMs ?? 120_000);
    try {
      const both = signal ? AbortSignal.any([signal, timeout]) : timeout;
      const answer = await this.ask(range, both);
      return await this.take(answer, range);
    } catch (error) {
      if (timeout.aborted && signal?.aborted !== true && !(error instanceof PackageError)) throw this.slow();
      throw error;
    }
  }

  /** Goes straight to where the redirects led last time; begins anew when that place refuses by now. */
  private async ask(range: Range, signal: AbortSignal): Promise<Answer> {
    const headers = rangeHeaders(range);
    if (this.direct) {
      const answer = await this.requester.get({ url: this.direct, headers, signal });
      if (![401, 403, 404, 410].includes(answer.response.statusCode ?? 0)) return answer;
      answer.response.destroy();
      this.direct = undefined;
    }
    const answer = await this.requester.get({ url: this.url, headers, signal });
    if (answer.url.href !== this.url.href) this.direct = answer.url;
    return answer;
  }

  private async take({ response, url }: Answer, range: Range): Promise<Part> {
    try {
      const pin = readPartHeaders(response, range, this.what);
      checkPin(pin, range.pin, this.what);
      const bytes = await collect(response, range.length);
      if (!bytes) throw noRanges(this.what, 'it sends another number of bytes than it announces');
      return { bytes, pin };
    } catch (error) {
      throw translate(error, url);
    } finally {
      // Of a refused answer nothing more is wanted; of a complete one nothing is left.
      if (!response.complete) response.destroy();
    }
  }

  private slow(): PackageError {
    return new PackageError(
      'source-unreachable',
      `${this.what} answers too slowly. Try again, or upload the bytes with POST /uploads.`,
      {
        retryable: true,
        detail: { reason: 'ETIMEDOUT' },
      },
    );
  }
}
