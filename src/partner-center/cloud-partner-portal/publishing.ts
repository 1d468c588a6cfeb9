import { z } from 'zod';
import { segments, type Answer, type Call, type Transport } from '../http';
import { versioned } from './api-version';
import type { SubmissionState } from './enums';
import { offerSegments, type OfferAddress } from './offer-address';
import { operationAddress, operationPath, type OperationAddress } from './operation-address';
import { CloudPartnerOperation } from './operations';
import { OfferStatus, Operation, OperationDetail } from './status-schema';

/** Who is told about a publication: at least one address, for the API refuses none. */
export type Emails = readonly [string, ...string[]];

/** An operation that was started. */
export interface StartedOperation {
  /** Undefined when the service named no address that can be followed: look in the list of operations. */
  readonly operation: OperationAddress | undefined;
}

/** What became of a request to cancel. */
export interface CanceledOperation extends StartedOperation {
  /** Whether it is canceled already; else it goes on as an operation of its own. */
  readonly done: boolean;
}

type Change = 'publish' | 'golive' | 'cancel';

const operations = {
  publish: CloudPartnerOperation.publishOffer,
  golive: CloudPartnerOperation.goLive,
  cancel: CloudPartnerOperation.cancelOperation,
} as const;

/** A7 and A9–A14 of the endpoint table; documented at `CloudPartnerClient`. */
export class CloudPartnerPublishing {
  constructor(private readonly transport: Transport) {}

  getStatus(offer: OfferAddress, call: Call): Promise<Answer<OfferStatus>> {
    return this.transport.send({
      ...call,
      method: 'GET',
      path: segments(...offerSegments(offer), 'status'),
      query: versioned(),
      schema: OfferStatus,
      operation: CloudPartnerOperation.getOfferStatus,
      repeatable: true,
    });
  }

  async publish(offer: OfferAddress, emails: Emails, call: Call): Promise<Answer<StartedOperation>> {
    return started(offer, await this.change(offer, 'publish', emails, call));
  }

  async goLive(offer: OfferAddress, emails: readonly string[], call: Call): Promise<Answer<StartedOperation>> {
    return started(offer, await this.change(offer, 'golive', emails, call));
  }

  async cancel(offer: OfferAddress, emails: readonly string[], call: Call): Promise<Answer<CanceledOperation>> {
    const answer = started(offer, await this.change(offer, 'cancel', emails, call));
    return { ...answer, value: { ...answer.value, done: answer.status !== 202 } };
  }

  listOperations(
    offer: OfferAddress,
    call: Call,
    { status }: { readonly status?: SubmissionState } = {},
  ): Promise<Answer<Operation[]>> {
    return this.transport.send({
      ...call,
      method: 'GET',
      path: `${segments(...offerSegments(offer), 'submissions')}/`,
      query: versioned({ status }),
      schema: z.array(Operation),
      operation: CloudPartnerOperation.listOperations,
      repeatable: true,
    });
  }

  getOperation(address: OperationAddress, call: Call): Promise<Answer<OperationDetail>> {
    return this.transport.send({
      ...call,
      method: 'GET',
      path: operationPath(address),
      query: versioned(),
      schema: OperationDetail,
      operation: CloudPartnerOperation.getOperation,
      repeatable: true,
    });
  }

  private change(offer: OfferAddress, change: Change, emails: readonly string[], call: Call): Promise<Answer<unknown>> {
    return this.transport.send({
      ...call,
      method: 'POST',
      path: segments(...offerSegments(offer), change),
      query: versioned(),
      ...(emails.length === 0 ? {} : { body: { metadata: { 'notification-emails': emails.join(',') } } }),
      // Empty by the page: what may come all the same says nothing that is needed.
      schema: z.unknown(),
      operation: operations[change],
      repeatable: false,
    });
  }
}

function started(offer: OfferAddress, answer: Answer<unknown>): Answer<StartedOperation> {
  return { ...answer, value: { operation: operationAddress(answer.location, offer) } };
}
