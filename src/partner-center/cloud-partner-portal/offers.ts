import { z } from 'zod';
import { segments, type Answer, type Call, type Transport } from '../http';
import { versioned } from './api-version';
import type { OfferSlot } from './enums';
import { offerSegments, type OfferAddress } from './offer-address';
import { Offer, OfferSummary, OfferType, Publisher } from './offer-schema';
import { CloudPartnerOperation } from './operations';
import { writable, type WritableOffer } from './writable';

/** Which state of the offer a PUT may replace; see `putOffer`. */
export type WriteCondition =
  { readonly kind: 'unchanged'; readonly etag: string } | { readonly kind: 'overwrite' } | { readonly kind: 'create' };

/** A1–A6 and A8 of the endpoint table; documented at `CloudPartnerClient`. */
export class CloudPartnerOffers {
  constructor(private readonly transport: Transport) {}

  listPublishers(call: Call): Promise<Answer<Publisher[]>> {
    return this.read(CloudPartnerOperation.listPublishers, 'publishers', z.array(Publisher), call);
  }

  listOfferTypes(call: Call): Promise<Answer<unknown[]>> {
    return this.read(CloudPartnerOperation.listOfferTypes, 'offerTypes', z.array(OfferType), call);
  }

  list(
    publisherId: string,
    call: Call,
    { offerTypeId }: { readonly offerTypeId?: string } = {},
  ): Promise<Answer<OfferSummary[]>> {
    return this.transport.send({
      ...call,
      method: 'GET',
      path: segments('publishers', publisherId, 'offers'),
      query: versioned({ $filter: offerTypeId === undefined ? undefined : `offerTypeId eq ${quoted(offerTypeId)}` }),
      schema: z.array(OfferSummary),
      operation: CloudPartnerOperation.listOffers,
      repeatable: true,
    });
  }

  get(offer: OfferAddress, call: Call): Promise<Answer<Offer>> {
    return this.read(CloudPartnerOperation.getOffer, segments(...offerSegments(offer)), Offer, call);
  }

  getVersion(offer: OfferAddress, version: string, call: Call): Promise<Answer<Offer>> {
    const path = segments(...offerSegments(offer), 'versions', version);
    return this.read(CloudPartnerOperation.getOfferVersion, path, Offer, call);
  }

  getSlot(offer: OfferAddress, slot: OfferSlot, call: Call): Promise<Answer<Offer>> {
    const path = segments(...offerSegments(offer), 'slot', slot);
    return this.read(CloudPartnerOperation.getOfferSlot, path, Offer, call);
  }

  async put(
    offer: OfferAddress,
    document: WritableOffer,
    condition: WriteCondition,
    call: Call,
  ): Promise<Answer<Offer>> {
    return this.transport.send({
      ...call,
      method: 'PUT',
      path: segments(...offerSegments(offer)),
      query: versioned(),
      headers: ifMatch(condition),
      body: writable(document, offer),
      schema: Offer,
      operation: CloudPartnerOperation.putOffer,
      repeatable: condition.kind === 'unchanged',
    });
  }

  private read<S extends z.ZodType>(
    operation: CloudPartnerOperation,
    path: string,
    schema: S,
    call: Call,
  ): Promise<Answer<z.output<S>>> {
    return this.transport.send({
      ...call,
      method: 'GET',
      path,
      query: versioned(),
      schema,
      operation,
      repeatable: true,
    });
  }
}

/** @throws TypeError for an ETag that names no state: nothing is sent then, rather than without the condition. */
function ifMatch(condition: WriteCondition): Readonly<Record<string, string>> {
  if (condition.kind === 'create') return {};
  if (condition.kind === 'overwrite') return { 'If-Match': '*' };
  const etag = condition.etag.trim();
  if (etag === '' || etag === '*') throw new TypeError('An ETag of the offer is needed to replace it unchanged');
  return { 'If-Match': etag };
}

/** A text in an OData filter. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
