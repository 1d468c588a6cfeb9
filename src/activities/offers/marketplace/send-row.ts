import { randomUUID } from 'node:crypto';
import { resourceOf } from '../../../domain/marketplace/resource-content';
import type { Members } from '../../../domain/offer/offer-content';
import type { Answer } from '../../../partner-center/http';
import type { ConditionalCall } from '../../../partner-center/ingestion';
import type { DraftRows } from './draft-rows';
import { partsOf } from './draft-rows';
import { MarketplaceError } from './failures';
import { asDraft } from './session';

/** One resource to write. */
export interface RowWrite {
  readonly key: string;
  /** With its secrets in it: for a request that is sent at once. */
  readonly members: Members;
  /** As it was read just now; `undefined` = it is to be made. */
  readonly row: Members | undefined;
}

/**
 * Sends one resource: over the one that was read, which must be there unchanged, or as a new one. Not repeatable where it
 * makes something. Throws what the client throws.
 */
export async function sendRow(rows: DraftRows, write: RowWrite): Promise<void> {
  if (write.row === undefined) await create(rows, write);
  else await update(rows, write, write.row);
}

async function create(rows: DraftRows, { key, members }: RowWrite): Promise<void> {
  const { client, call, productId } = rows.readers.session;
  const { kind, plan } = partsOf(key);
  const document = resourceOf(key, members);
  if (kind === 'plan') {
    rows.made((await client.createVariant(productId, asDraft(document), call)).value);
    return;
  }
  if (kind === 'listing' || kind === 'planListing') {
    const { Listing: instanceId = '' } = await rows.modulesOf(plan);
    await client.createListing({ productId, instanceId }, asDraft(document), call);
    return;
  }
  if (kind === 'resellerConfiguration') {
    await client.updateResellerConfiguration(productId, asDraft(document), call);
    return;
  }
  const message = `Partner Center has no "${key}" for this offer, and none can be made.`;
  throw new MarketplaceError({ code: 'submission-refused', message, retryable: false });
}

async function update(rows: DraftRows, { key, members }: RowWrite, row: Members): Promise<Answer<unknown>> {
  const { client, call, productId } = rows.readers.session;
  const document = resourceOf(key, members, row);
  const id = String(row['id']);
  switch (partsOf(key).kind) {
    case 'setup':
      return client.updateSetup(productId, asDraft(document), call);
    case 'resellerConfiguration':
      return client.updateResellerConfiguration(productId, asDraft(document), call);
    case 'property': {
      // Every known write of it has a new one.
      const fresh = { ...document, submissionVersion: randomUUID() };
      return client.updateProperty({ productId, propertyId: id }, asDraft(fresh), ifSame(call, key, row));
    }
    case 'availability':
      return client.updateProductAvailability(
        { productId, availabilityId: id },
        asDraft(document),
        ifSame(call, key, row),
      );
    case 'planAvailability':
      return client.updateFeatureAvailability(
        { productId, availabilityId: id },
        asDraft(document),
        ifSame(call, key, row),
      );
    case 'packageConfiguration':
    case 'planPackageConfiguration': {
      const address = { productId, configurationId: id };
      return client.updatePackageConfiguration(
        address,
        asDraft({ ...document, ...referencesOf(members) }),
        ifSame(call, key, row),
      );
    }
    case 'listing':
    case 'planListing':
      return client.updateListing({ productId, listingId: id }, asDraft(document), ifSame(call, key, row));
    case 'plan':
      return client.updateVariant({ productId, variantId: id }, asDraft(document), ifSame(call, key, row));
    default:
      throw new TypeError(`"${key}" is a list of files.`);
  }
}

/** What stands for the packages of a content where it is sent. */
function referencesOf({ packageReferences }: Members): Members {
  return packageReferences === undefined ? {} : { packageReferences };
}

/** Only over what was read: whatever else is there is looked at again. */
export function ifSame(call: Omit<ConditionalCall, 'ifMatch'>, key: string, row: Members): ConditionalCall {
  const etag = row['@odata.etag'];
  if (typeof etag === 'string' && etag !== '') return { ...call, ifMatch: etag };
  const message = `Partner Center shows no ETag of "${key}": nothing is written over what cannot be told apart.`;
  throw new MarketplaceError({ code: 'partner-center-unavailable', message, retryable: true });
}
