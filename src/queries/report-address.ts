import { reportDateOf } from '../activities/offers/marketplace/progress';
import { sessionOf } from '../activities/store-call';
import type { Offer } from '../domain/offer/offer';
import { isStoreProduct } from '../domain/product';
import type { StoreProduct } from '../domain/store/product';
import { impatient, openQuery, queryCall } from './session';
import type { QueryDeps } from './session';

/** What Partner Center writes reports about: offers of the Cloud Partner Portal API have none. */
export type ReportedProduct = StoreProduct | MarketplaceProduct;
type MarketplaceProduct = Extract<Offer, { kind: 'marketplace-product' }>;

/** Which report of a submission is asked for. */
export interface ReportRef {
  readonly product: ReportedProduct;
  readonly submissionId: string;
  /** As the release shows it. */
  readonly date: string;
  /** Of several with this date, the how manyth; from 0. */
  readonly nth: number;
}

/** Where a certification report can be read now; a secret, since whoever has it can. `undefined` where it is gone. */
export async function reportAddress(deps: QueryDeps, account: string, ref: ReportRef): Promise<string | undefined> {
  const { product, ...report } = ref;
  const addresses = isStoreProduct(product)
    ? await ofStore(deps, account, product, report)
    : await ofMarketplace(deps, account, product, report);
  const address = addresses[ref.nth];
  return address !== undefined && URL.parse(address)?.protocol === 'https:' ? address : undefined;
}

type Report = Omit<ReportRef, 'product'>;

/** The addresses of the reports with this date, in their order. */
async function ofStore(deps: QueryDeps, account: string, of: StoreProduct, { submissionId, date }: Report) {
  const { product, call } = sessionOf(await openQuery(deps, account, impatient), of);
  const { statusDetails } = (await product.getSubmissionStatus(submissionId, call)).value;
  return statusDetails.certificationReports.filter((one) => one.date === date).map(({ reportUrl }) => reportUrl);
}

async function ofMarketplace(deps: QueryDeps, account: string, of: MarketplaceProduct, { submissionId, date }: Report) {
  const { client, budget } = await deps.openMarketplace(account);
  const address = { productId: of.productId, submissionId };
  const addresses: (string | undefined)[] = [];
  for await (const report of client.listCertificationReports(address, queryCall(deps, impatient)(budget))) {
    if (reportDateOf(report) === date) addresses.push(report.fileUri?.open());
  }
  return addresses;
}
