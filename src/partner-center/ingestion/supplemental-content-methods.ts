import type { Answer, Call } from '../http';
import { instancePath, productPath, type InstanceAddress } from './addresses';
import { IngestionOperation } from './operations';
import type { ListCall } from './pages';
import type { ConditionalCall, IngestionRequests } from './requests';
import type { Draft } from './resource-schema';
import { SupplementalContent } from './supplemental-content-schema';

/** Documents for the certification of Dynamics 365 offers: B41–B43. Known from the OpenAPI document alone. */
export interface SupplementalContentMethods {
  /** B41, GET /products/{p}/supplementalcontents/getByInstanceID(instanceID={i}). A read. */
  listSupplementalContentsOfInstance(instance: InstanceAddress, call: ListCall): AsyncGenerator<SupplementalContent>;

  /** B42, GET /products/{p}/supplementalContents/{i}. A read. */
  getSupplementalContent(instance: InstanceAddress, call: Call): Promise<Answer<SupplementalContent>>;

  /** B42, PUT /products/{p}/supplementalContents/{i}. Replaces; safe to repeat, conflicts as in `IngestionClient`. */
  updateSupplementalContent(
    instance: InstanceAddress,
    content: Draft<SupplementalContent>,
    call: ConditionalCall,
  ): Promise<Answer<SupplementalContent>>;

  /**
   * B43, POST /products/{p}/supplementalContents/{i}/commit. After its files were uploaded. A POST without a body, sent
   * once. Unverified: how one sees afterwards that it was taken.
   */
  commitSupplementalContent(instance: InstanceAddress, call: Call): Promise<Answer<SupplementalContent>>;
}

export function supplementalContentMethods(requests: IngestionRequests): SupplementalContentMethods {
  const schema = SupplementalContent;
  const pathOf = ({ productId, instanceId }: InstanceAddress, ...rest: readonly string[]) =>
    productPath(productId, 'supplementalContents', instanceId, ...rest);
  return {
    listSupplementalContentsOfInstance: (instance, call) => {
      const path = instancePath(instance, 'supplementalcontents');
      return requests.list({ schema, operation: IngestionOperation.listSupplementalContentsOfInstance, path }, call);
    },
    getSupplementalContent: (instance, call) => {
      const path = pathOf(instance);
      return requests.read({ schema, operation: IngestionOperation.getSupplementalContent, path }, call);
    },
    updateSupplementalContent: (instance, draft, call) => {
      const [path, body] = [pathOf(instance), { resourceType: 'SupplementalContent', ...draft }];
      return requests.put({ schema, operation: IngestionOperation.updateSupplementalContent, path, body }, call);
    },
    commitSupplementalContent: (instance, call) => {
      const path = pathOf(instance, 'commit');
      return requests.post({ schema, operation: IngestionOperation.commitSupplementalContent, path }, call);
    },
  };
}
