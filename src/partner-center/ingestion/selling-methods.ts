import type { Answer, Call } from '../http';
import { productPath } from './addresses';
import { IngestionOperation } from './operations';
import type { IngestionRequests } from './requests';
import type { Draft } from './resource-schema';
import { LeadConfiguration, ResellerConfiguration } from './selling-schema';

/** Leads and resellers: B40 and B49. */
export interface SellingMethods {
  /** B40, GET /products/{p}/leadconfiguration. A read. Unverified: whether secrets in it come back, and masked or not. */
  getLeadConfiguration(productId: string, call: Call): Promise<Answer<LeadConfiguration>>;

  /**
   * B40, POST /products/{p}/leadconfiguration. Sets it, by its `resourceType`. A POST, sent once: after an unclear answer
   * read it, or set it again, which sets the same. Unverified: whether it merges.
   */
  updateLeadConfiguration(
    productId: string,
    configuration: Draft<LeadConfiguration>,
    call: Call,
  ): Promise<Answer<LeadConfiguration>>;

  /** B49, GET /products/{p}/resellerConfiguration. A read. */
  getResellerConfiguration(productId: string, call: Call): Promise<Answer<ResellerConfiguration>>;

  /**
   * B49, POST /products/{p}/resellerConfiguration. Sets it; 200. A POST, sent once: after an unclear answer read it. A
   * submission names it by the module `ResellerConfiguration`.
   */
  updateResellerConfiguration(
    productId: string,
    configuration: Draft<ResellerConfiguration>,
    call: Call,
  ): Promise<Answer<ResellerConfiguration>>;
}

export function sellingMethods(requests: IngestionRequests): SellingMethods {
  const lead = { schema: LeadConfiguration } as const;
  const reseller = { schema: ResellerConfiguration } as const;
  return {
    getLeadConfiguration: (productId, call) => {
      const path = productPath(productId, 'leadconfiguration');
      return requests.read({ ...lead, operation: IngestionOperation.getLeadConfiguration, path }, call);
    },
    updateLeadConfiguration: (productId, body, call) => {
      const path = productPath(productId, 'leadconfiguration');
      return requests.post({ ...lead, operation: IngestionOperation.updateLeadConfiguration, path, body }, call);
    },
    getResellerConfiguration: (productId, call) => {
      const path = productPath(productId, 'resellerConfiguration');
      return requests.read({ ...reseller, operation: IngestionOperation.getResellerConfiguration, path }, call);
    },
    updateResellerConfiguration: (productId, draft, call) => {
      const path = productPath(productId, 'resellerConfiguration');
      const body = { resourceType: 'ResellerConfiguration', ...draft };
      return requests.post(
        { ...reseller, operation: IngestionOperation.updateResellerConfiguration, path, body },
        call,
      );
    },
  };
}
