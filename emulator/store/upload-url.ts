import type { Call } from '../core/call';
import type { Submission } from '../core/model';
import type { Services } from '../core/services';

const LIFETIME = 24 * 3_600_000;

/**
 * The upload URL of a submission, as far as it has one. *Observed*: SAS for about 24 hours; none for submissions of the
 * portal. Whether GET renews it is unknown (switch `sasRenewOnGet`); after commit it is still shown (*assumed*). One in
 * three carries a bare `+` in its signature (*observed* to happen).
 *
 * The expiry is by the emulator's clock where that is ahead of the real one, so that a client on either clock finds a
 * fresh URL fresh; a URL that is stale by the emulator's clock is stale for the storage too.
 */
export async function fileUploadUrl(
  services: Services,
  call: Call,
  submission: Submission,
): Promise<string | undefined> {
  const { upload } = submission;
  if (!upload || submission.portal) return undefined;
  const real = Date.now();
  const emulated = services.clock.now();
  const renews = services.world.settings.switches.sasRenewOnGet && submission.status === 'PendingCommit';
  const left = call.expiredUploadUrl ? -60_000 : renews ? LIFETIME : upload.issued + LIFETIME - emulated;
  const expires = (left > 0 ? Math.max(real, emulated) : real) + left;
  return services.storage.uploadUrl(call.origin, upload.blob, expires, upload.ordinal % 3 === 0);
}
