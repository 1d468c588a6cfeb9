import type { Call } from '../../core/call';
import { parseFilter, type Test } from '../filter';
import type { IngestionProduct } from '../model';

const TYPE = /^resourcetype\s+eq\s+'([^']*)'$/i;
const EXTERNAL_ID = /^externalids\/any\((\w+):\s*\1\/type\s+eq\s+'([^']*)'\s+and\s+\1\/value\s+eq\s+'([^']*)'\s*\)$/i;

/**
 * What `$filter` of products asks for (B-R2). *Observed*: a type, several joined by `or`, or an offer id; names in any
 * case, `AzureOfferId` and `AzureOfferID` alike.
 */
export function productFilter(call: Call, filter: string): Test<IngestionProduct> {
  return parseFilter(call, filter, termOf);
}

function termOf(term: string): Test<IngestionProduct> | undefined {
  const type = TYPE.exec(term)?.[1];
  if (type !== undefined) return (product) => product.type.toLowerCase() === type.toLowerCase();
  const [, , idType, value] = EXTERNAL_ID.exec(term) ?? [];
  if (idType === undefined) return undefined;
  return ({ externalIDs }) =>
    externalIDs.some((id) => id.type.toLowerCase() === idType.toLowerCase() && id.value === value);
}
