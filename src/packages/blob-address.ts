import { AnonymousCredential, BlockBlobClient, newPipeline } from '@azure/storage-blob';
import { PackageError } from './package-error';

/**
 * The blob behind an address with a signature; sends nothing. A bare `+` in the address becomes `%2B`, for a server takes
 * it as a space; a bare `=` inside of a value becomes `%3D`, for the client would cut the value there. Nothing else is
 * changed: the address never goes through a query parser, which would break its signature.
 * Throws `upload-url-invalid`.
 */
export function blobAt(address: string): BlockBlobClient {
  const url = escapeQuery(address);
  // Plain http is for a storage emulator; Partner Center gives https.
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) throw noAddress();
  try {
    const retryOptions = { maxTries: 4, retryDelayInMs: 300, maxRetryDelayInMs: 4_000 };
    return new BlockBlobClient(url, newPipeline(new AnonymousCredential(), { retryOptions }));
  } catch {
    throw noAddress();
  }
}

function escapeQuery(url: string): string {
  const at = url.indexOf('?');
  if (at < 0) return url;
  const pairs = url
    .slice(at + 1)
    .replaceAll('+', '%2B')
    .split('&');
  const escaped = pairs.map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return value.length === 0 ? name : `${name}=${value.join('%3D')}`;
  });
  return `${url.slice(0, at)}?${escaped.join('&')}`;
}

function noAddress(): PackageError {
  return new PackageError(
    'upload-url-invalid',
    'The upload address is no address of a blob. Ask for the submission again.',
  );
}
