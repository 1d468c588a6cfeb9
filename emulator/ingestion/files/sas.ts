import type { Call } from '../../core/call';
import type { Services } from '../../core/services';
import type { Upload } from '../model';

const WRITE = 15 * 60_000;
const READ = 8 * 3_600_000;

/**
 * Where a file is to be sent, or can be read (B.7).
 *
 * - *Observed*: 15 minutes to write with `sp=rwl`; once it is there, some 8 hours to read with `sp=rl`, an encoded time in
 *   front of the query.
 * - *Assumed*: reading what waits for its upload renews the 15 minutes (switch `fileSasRenewal`).
 *
 * The expiry is by the emulator's clock where that is ahead of the real one, as the storage judges it.
 */
export async function fileSasUri(services: Services, call: Call, upload: Upload): Promise<string> {
  const isThere = upload.uploaded !== undefined;
  const emulated = services.clock.now();
  const real = Date.now();
  const renews = isThere || services.world.settings.switches.fileSasRenewal === 'onRead';
  const left = call.expiredUploadUrl ? -60_000 : renews ? (isThere ? READ : WRITE) : upload.issued + WRITE - emulated;
  const expires = (left > 0 ? Math.max(real, emulated) : real) + left;
  const url = await services.storage.fileUrl(call.origin, upload.blob, expires, isThere ? 'rl' : 'rwl');
  if (!isThere) return url;
  const time = encodeURIComponent(new Date(emulated).toISOString().replace(/\.\d+Z$/, 'Z'));
  return url.replace('?', `?${time}&`);
}
