import { StorageSharedKeyCredential } from '@azure/storage-blob';

const VERSION = '2020-12-06';

/** Where and how an upload URL is signed. */
export interface SasTarget {
  readonly account: string;
  readonly key: string;
  /** Address of the blob without a query. */
  readonly blobUrl: string;
  readonly container: string;
  readonly blob: string;
  /** What the URL is good for; `rwl` unless told otherwise. */
  readonly permissions?: 'rwl' | 'rl';
}

/**
 * A service SAS URL for one blob with `sp=rwl`, as Partner Center hands out (*observed*). The storage client refuses to
 * make one, since `l` means nothing on a blob; so the text is put together here and signed by the client's own HMAC.
 *
 * @param expires epoch milliseconds, cut to seconds
 * @param barePlus the signature has a `+` that is not escaped (*observed*); found by moving the expiry by seconds
 */
export function signedUrl(target: SasTarget, expires: number, barePlus: boolean): string {
  const { account, key, permissions = 'rwl' } = target;
  const credential = new StorageSharedKeyCredential(account, key);
  let seconds = Math.floor(expires / 1000);
  let signature = sign(credential, target, seconds);
  while (barePlus && !signature.includes('+')) signature = sign(credential, target, --seconds);
  const escaped = encodeURIComponent(signature);
  const sig = barePlus ? escaped.replaceAll('%2B', '+') : escaped;
  return `${target.blobUrl}?sv=${VERSION}&se=${encodeURIComponent(isoSeconds(seconds))}&sr=b&sp=${permissions}&sig=${sig}`;
}

function sign(credential: StorageSharedKeyCredential, target: SasTarget, seconds: number): string {
  const { account, container, blob, permissions = 'rwl' } = target;
  const resource = `/blob/${account}/${container}/${blob}`;
  const fields = [permissions, '', isoSeconds(seconds), resource, '', '', '', VERSION, 'b', '', '', '', '', '', '', ''];
  return credential.computeHMACSHA256(fields.join('\n'));
}

function isoSeconds(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
}
