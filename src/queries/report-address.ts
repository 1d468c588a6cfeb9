import type { AccountSession } from '../activities/store-call';
import { sessionOf } from '../activities/store-call';
import type { StoreProduct } from '../domain/store/product';

/** Which report of a submission is asked for. */
export interface ReportRef {
  readonly product: StoreProduct;
  readonly submissionId: string;
  /** As Partner Center gave it. */
  readonly date: string;
  /** Of several with this date, the how manyth; from 0. */
  readonly nth: number;
}

/** Where a certification report can be read now; a secret, since whoever has it can. `undefined` where it is gone. */
export async function reportAddress(session: AccountSession, ref: ReportRef): Promise<string | undefined> {
  const { product, call } = sessionOf(session, ref.product);
  const { statusDetails } = (await product.getSubmissionStatus(ref.submissionId, call)).value;
  const address = statusDetails.certificationReports.filter(({ date }) => date === ref.date)[ref.nth]?.reportUrl;
  return address !== undefined && URL.parse(address)?.protocol === 'https:' ? address : undefined;
}
