import type { RemoteMessage, RemoteView } from '../domain/release';
import type { StoreProduct } from '../domain/store/product';
import type { SubmissionState } from '../partner-center/store';

/** Every submission carries it since sales moved to the portal: it says nothing about this one. */
const noise = 'SalesUnsupportedWarning';

/** A view goes through history with each poll: what is listed beyond this is read in Partner Center. */
const mostMessages = 20;
const mostReports = 20;

/** A submission's state as people see it. Report addresses are not kept: they can be opened by whoever has them. */
export function remoteView(
  product: StoreProduct,
  submissionId: string,
  { status, statusDetails }: Pick<SubmissionState, 'status' | 'statusDetails'>,
): RemoteView {
  const href = `https://partner.microsoft.com/dashboard/products/${pageOf(product, submissionId)}`;
  return {
    submissionId,
    status,
    errors: statusDetails.errors.map(message).filter(isSaid).slice(0, mostMessages),
    warnings: statusDetails.warnings
      .map(message)
      .filter((warning) => isSaid(warning) && warning.code !== noise)
      .slice(0, mostMessages),
    reports: statusDetails.certificationReports
      .filter((report) => report.date !== undefined)
      .slice(-mostReports)
      .map((report) => ({ date: report.date ?? '', href })),
    links: [{ title: 'Partner Center', href }],
  };
}

/** Where a person looks at it in Partner Center. */
function pageOf(product: StoreProduct, submissionId: string): string {
  switch (product.kind) {
    case 'store-app':
      return `${product.applicationId}/submissions/${submissionId}`;
    case 'store-flight':
      return `${product.applicationId}/overview`;
    case 'store-add-on':
      return `${product.addOnId}/submissions/${submissionId}`;
  }
}

function message({ code, details }: { code?: string | undefined; details?: string | undefined }): RemoteMessage {
  return { code: (code ?? 'None').slice(0, 100), details: (details ?? '').slice(0, 800) };
}

/** The API fills empty lists with placeholders at times. */
function isSaid({ code }: RemoteMessage): boolean {
  return code !== 'None';
}
