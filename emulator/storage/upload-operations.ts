import { CUT, type Answer } from '../core/answer';
import { header, param, type Call, type CallFacts } from '../core/call';
import type { RelayedOperation } from '../core/operation';
import type { Services } from '../core/services';
import { storageError } from '../core/standard-errors';
import { productOfBlob } from '../ingestion/files/blobs';
import { relay } from './relay';

/** Method, `comp` of the query, and the name of the operation. */
const OPERATIONS: readonly (readonly [RelayedOperation['method'], string | null, string])[] = [
  ['PUT', null, 'putBlob'],
  ['PUT', 'block', 'putBlock'],
  ['PUT', 'blocklist', 'putBlockList'],
  ['GET', null, 'getBlob'],
  ['GET', 'blocklist', 'getBlockList'],
  ['HEAD', null, 'getBlobProperties'],
];

/**
 * Where `fileUploadUrl` points to (R44): requests go on to the upload storage, unless their signature has expired by the
 * emulator's clock, or by the real one where that is ahead.
 *
 * *Documented*: a signature that is wrong or out of its time answers 403 `AuthenticationFailed`; a PUT of a blob names its
 * type.
 */
export function uploadOperations(services: Services): RelayedOperation[] {
  return OPERATIONS.map(([method, comp, name]) => ({
    name,
    surface: 'storage',
    method,
    comp,
    path: `${services.storage.path}/:blob`,
    factsOf: (call) => factsOf(services, param(call, 'blob')),
    relay: (call) => pass(services, call),
  }));
}

async function pass(services: Services, call: Call): Promise<Answer | typeof CUT> {
  const now = Math.max(Date.now(), services.clock.now());
  const expiry = Date.parse(call.query.get('se') ?? '');
  if (expiry <= now) {
    const detail = `Signature not valid in the specified time frame: Expiry [${utc(expiry)}] - Current [${utc(now)}]`;
    return storageError(403, 'AuthenticationFailed', detail);
  }
  const url = await services.storage.upstream(param(call, 'blob'));
  // The query as it came: a signature is not to be decoded and encoded again.
  url.search = call.stream.url?.split('?')[1] ?? '';
  const answer = await relay(call.query.has('comp') ? withoutBlobType(call) : call, url);
  return answer === CUT ? CUT : asAzureSays(call, answer);
}

/**
 * *Documented*: only a blob as a whole has a type. Azurite takes a block that names one for the whole blob; *assumed*: Azure
 * Storage does not look at it there.
 */
function withoutBlobType(call: Call): Call {
  const { 'x-ms-blob-type': _type, ...headers } = call.headers;
  return { ...call, headers };
}

/** Azurite's own words for two mistakes are not those of Azure Storage. */
function asAzureSays(call: Call, answer: Answer): Answer {
  if (answer.headers?.['x-ms-error-code'] === 'AuthorizationFailure') return storageError(403, 'AuthenticationFailed');
  const isUntyped = call.method === 'PUT' && !call.query.has('comp') && header(call, 'x-ms-blob-type') === undefined;
  return answer.status === 400 && isUntyped ? storageError(400, 'MissingRequiredHeader') : answer;
}

function utc(time: number): string {
  return new Date(time).toUTCString();
}

/** The submission, or the product of the marketplace, whose place in the upload storage this is. */
function factsOf({ world }: Services, blob: string): CallFacts {
  const submission = [...world.submissions.values()].find((candidate) => candidate.upload?.blob === blob);
  if (!submission) return productFacts(world, blob);
  const { kind, product, application, id } = submission;
  if (kind === 'addOn') return { addOn: product, submission: id };
  return { application, ...(kind === 'flight' && { flight: product }), submission: id };
}

function productFacts(world: Services['world'], blob: string): CallFacts {
  const product = productOfBlob(world.products.values(), blob);
  return product === undefined ? {} : { product: product.id };
}
