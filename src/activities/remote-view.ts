import type { RemoteMessage, RemoteView } from '../domain/release';
import type { SubmissionState } from '../partner-center/store';

/** Every submission carries it since sales moved to the portal: it says nothing about this one. */
const noise = 'SalesUnsupportedWarning';

/** A submission's state as people see it. Report addresses are not kept: they can be opened by whoever has them. */
export function remoteView(
  applicationId: string,
  submissionId: string,
  { status, statusDetails }: Pick<SubmissionState, 'status' | 'statusDetails'>,
): RemoteView {
  const href = `https://partner.microsoft.com/dashboard/products/${applicationId}/submissions/${submissionId}`;
  return {
    submissionId,
    status,
    errors: statusDetails.errors.map(message).filter(isSaid),
    warnings: statusDetails.warnings.map(message).filter((warning) => isSaid(warning) && warning.code !== noise),
    reports: statusDetails.certificationReports
      .filter((report) => report.date !== undefined)
      .map((report) => ({ date: report.date ?? '', href })),
    links: [{ title: 'Partner Center', href }],
  };
}

function message({ code, details }: { code?: string | undefined; details?: string | undefined }): RemoteMessage {
  return { code: code ?? 'None', details: (details ?? '').slice(0, 1000) };
}

/** The API fills empty lists with placeholders at times. */
function isSaid({ code }: RemoteMessage): boolean {
  return code !== 'None';
}
