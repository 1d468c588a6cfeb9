/**
 * What a pipeline does: plain HTTP and a Blob client, nothing of ours. Every answer is held against the OpenAPI document
 * of the service that gave it, and kept.
 */
import { BlockBlobClient } from '@azure/storage-blob';
import { createHash } from 'node:crypto';
import type { Release } from '../../src/contracts/release';
import { buildMsix } from './msix';
import { Contract, type WireAnswer } from './e2e-contract';

/** The emulated account, as the settings of `e2eWorld` name it. */
export const account = 'contoso';
const publisher = 'CN=0BE04A07-4250-427B-B4BC-000000000001';

/** A package that lies in the build folder. */
export interface BuiltPackage {
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly sha256: string;
}

/** Builds a package that fits an application of the default seed. */
export async function build(version: string, identity = 'Contoso.Notes', payloadSize = 1024): Promise<BuiltPackage> {
  const languages = ['en-US', 'de-DE'];
  const bytes = await buildMsix({ name: identity, publisher, version, languages, payloadSize });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { fileName: `${identity}_${version}_x64.msix`, bytes, sha256 };
}

export interface Document {
  readonly [member: string]: unknown;
}

/** A release document for an application; the rest is given. */
export function releaseOf(applicationId: string, rest: Document): Document {
  return { account, target: { kind: 'store-app', applicationId }, ...rest };
}

export const notes = (text: string): Document => ({
  changes: { listings: { 'en-us': { baseListing: { releaseNotes: text } } } },
});

export interface Sent<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** What problems are made of. */
export interface ProblemBody {
  readonly code: string;
  readonly detail: string;
  readonly remedy?: string;
  readonly errors?: readonly { readonly pointer: string; readonly code: string }[];
}

export interface SendOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

interface UploadPlace {
  readonly id: string;
  readonly state: 'pending' | 'ready';
  readonly uploadUrl?: string;
}

/** Where the service is, and what opens it: both may change when it is started again. */
export interface Door {
  readonly url: string;
  readonly hostKey: string;
}

export class Pipeline {
  /** Every answer so far. */
  readonly answers: (WireAnswer & { readonly method: string; readonly path: string })[] = [];
  private contract: Contract | undefined;

  constructor(private readonly door: () => Door) {}

  /** Sends a request below `/api`; an answer that the contract does not describe is an error, a problem is not. */
  async send<T = unknown>(method: string, path: string, options: SendOptions = {}): Promise<Sent<T>> {
    const { url, hostKey } = this.door();
    this.contract ??= await Contract.of(`${url}/api`);
    const { body, signal, headers } = options;
    const response = await fetch(`${url}/api${path}`, {
      method,
      headers: {
        'x-functions-key': hostKey,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    const answer = { status: response.status, headers: response.headers, text: await response.text() };
    this.answers.push({ method, path, ...answer });
    this.contract.demand(method, path, answer);
    // The contract was held against it just now.
    return { status: answer.status, headers: answer.headers, body: (answer.text && JSON.parse(answer.text)) as T };
  }

  /** As `send`; any other status than the expected ones is an error. */
  async expect<T>(statuses: readonly number[], method: string, path: string, options?: SendOptions): Promise<Sent<T>> {
    const sent = await this.send<T>(method, path, options);
    if (statuses.includes(sent.status)) return sent;
    throw new Error(`${method} ${path} answered ${sent.status}: ${JSON.stringify(sent.body)}`);
  }

  /** Leaves a package, unless it is there; gives the upload's id. */
  async upload({ bytes, sha256 }: BuiltPackage, signal?: AbortSignal): Promise<string> {
    const body = { sha256, size: bytes.length };
    const place = await this.expect<UploadPlace>([200, 201], 'POST', '/uploads', { body });
    const { id, uploadUrl } = place.body;
    const options = { maxSingleShotSize: 1_000_000, blockSize: 1_000_000, ...(signal && { abortSignal: signal }) };
    if (uploadUrl !== undefined) await new BlockBlobClient(uploadUrl).uploadData(bytes, options);
    return id;
  }

  /** Uploads and names what was uploaded, as `packages` of a release document. */
  async packages(...built: readonly BuiltPackage[]): Promise<Document> {
    const ids = await Promise.all(built.map((one) => this.upload(one)));
    return { packages: built.map(({ fileName }, index) => ({ fileName, source: { upload: ids[index] } })) };
  }

  /** Starts a release, or finds the one that the same request has started. */
  async start(document: Document, key?: string): Promise<Release> {
    const headers = key === undefined ? {} : { 'idempotency-key': key };
    return (await this.expect<Release>([200, 202], 'POST', '/releases', { body: document, headers })).body;
  }

  async get(id: string): Promise<Release> {
    return (await this.expect<Release>([200], 'GET', `/releases/${id}`)).body;
  }

  /** Approves, rejects, cancels, retries. */
  command<T = Release>(id: string, name: 'approve' | 'reject' | 'cancel' | 'retry', body: unknown = {}) {
    return this.send<T>('POST', `/releases/${id}/${name}`, { body });
  }

  /** Watches a release, answer held by answer held, until it is as wanted. */
  async until(id: string, wanted: (release: Release) => boolean): Promise<Release> {
    for (let etag: string | undefined; ;) {
      const headers = etag === undefined ? {} : { 'if-none-match': etag };
      const sent = await this.expect<Release>([200, 304], 'GET', `/releases/${id}?wait=20`, { headers });
      if (sent.status === 304) continue;
      if (wanted(sent.body)) return sent.body;
      if (sent.body.endedAt !== null) throw new Error(`The release ended: ${JSON.stringify(sent.body)}`);
      etag = sent.headers.get('etag') ?? undefined;
    }
  }

  /** Watches a release to its end, however it ends. */
  ended(id: string): Promise<Release> {
    return this.until(id, ({ endedAt }) => endedAt !== null);
  }

  /** Watches a release until a person must act, and gives the gate. */
  async atGate(id: string): Promise<string> {
    const { waitingFor } = await this.until(id, (release) => release.waitingFor?.kind === 'approval');
    return waitingFor?.kind === 'approval' ? waitingFor.gateId : '';
  }
}
