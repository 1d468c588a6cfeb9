import type { operations } from '../contracts/operations';
import type { ReleaseView } from '../domain/release';
import { isOfferTarget } from '../domain/offer/offer';
import type { ReleaseTarget } from '../domain/release-document';
import { productOf } from '../domain/store/product';
import type { Handler } from './http-route';
import { Problem } from './problem';
import { recordOf } from './read-release';
import { valueOf } from './remote-problem';
import type { FunctionServices } from './services';

/**
 * `GET /releases/{id}/reports/{n}`: by an address that is asked for now. Whoever has it can read the report, so it is
 * kept nowhere.
 */
export function getReleaseReport(services: FunctionServices): Handler<typeof operations.getReleaseReport> {
  return {
    handle: async ({ request }) => {
      const { view } = await recordOf(request, services);
      const product = reportedProduct(view.target);
      const report = reportOf(view, request.params['n'] ?? '');
      if (product === null || report === undefined) throw new Problem('report-not-found');
      const { address } = valueOf(await services.queries.report(view.account, { product, ...report }));
      if (address === null) throw new Problem('report-not-found');
      return { status: 302, headers: { location: address } };
    },
  };
}

/** Offers of the Cloud Partner Portal API have no reports. */
function reportedProduct(target: ReleaseTarget) {
  if (target.kind === 'cloud-partner-offer') return null;
  if (!isOfferTarget(target)) return productOf(target);
  return target.productId === undefined ? null : { kind: target.kind, productId: target.productId };
}

/** Reports are told apart by their date, and those of one date by their order. */
function reportOf({ remote }: ReleaseView, n: string): { submissionId: string; date: string; nth: number } | undefined {
  const index = /^[1-9]\d{0,2}$/.test(n) ? Number(n) - 1 : -1;
  const date = remote?.reports[index]?.date;
  if (remote === null || date === undefined) return undefined;
  const nth = remote.reports.slice(0, index).filter((report) => report.date === date).length;
  return { submissionId: remote.submissionId, date, nth };
}
