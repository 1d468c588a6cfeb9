import { createHash } from 'node:crypto';
import { BlockBlobClient } from '@azure/storage-blob';
import type { LocalService } from './local-service';

/** The service as a pipeline and a person reach it: over HTTP alone. */

/** The parts of a release that are shown here. */
export interface ShownRelease {
  readonly id: string;
  readonly state: string;
  readonly step: string | null;
  readonly endedAt: string | null;
  readonly waitingFor: WaitingFor | null;
  readonly packages: readonly { readonly fileName: string; readonly identity: string; readonly version: string }[];
  readonly remote: {
    readonly submissionId: string;
    readonly status: string;
    readonly links: readonly { readonly title: string; readonly href: string }[];
  } | null;
  readonly failure: { readonly title: string; readonly detail: string; readonly remedy: string } | null;
}

export interface WaitingFor {
  readonly kind: string;
  /** Of an approval. */
  readonly gate?: string;
  readonly gateId?: string;
  readonly expiresAt?: string;
}

/** A package that was uploaded, as release documents name it. */
export interface SentPackage {
  readonly fileName: string;
  readonly source: { readonly upload: string };
}

/** Sends a request and reads its answer; what is no success is thrown. */
export async function call<T>(service: LocalService, method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${service.url}/api${path}`, {
    method,
    headers: {
      'x-functions-key': service.hostKey,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  // The contract's shape; the end-to-end tests hold the service to it.
  return (await response.json()) as T;
}

/** Uploads a package, as any Azure Blob client does. */
export async function sendBytes(service: LocalService, fileName: string, bytes: Buffer): Promise<SentPackage> {
  say(`made     ${fileName}, ${bytes.length} bytes`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const size = bytes.length;
  const place = await call<{ id: string; uploadUrl?: string }>(service, 'POST', '/uploads', { sha256, size });
  if (place.uploadUrl !== undefined) await new BlockBlobClient(place.uploadUrl).uploadData(bytes);
  say(`uploaded ${place.id}`);
  return { fileName, source: { upload: place.id } };
}

/** The states of a release until it has ended: the first as it is, each other one as soon as it is there. */
export async function* statesOf(service: LocalService, release: ShownRelease): AsyncGenerator<ShownRelease> {
  yield release;
  for (let etag = '', hasEnded = release.endedAt !== null; !hasEnded;) {
    const response = await fetch(`${service.url}/api/releases/${release.id}?wait=20`, {
      headers: { 'x-functions-key': service.hostKey, ...(etag === '' ? {} : { 'if-none-match': etag }) },
    });
    if (response.status === 304) continue;
    if (!response.ok) throw new Error(`GET /releases answered ${response.status}: ${await response.text()}`);
    etag = response.headers.get('etag') ?? '';
    // The contract's shape; the end-to-end tests hold the service to it.
    const next = (await response.json()) as ShownRelease;
    hasEnded = next.endedAt !== null;
    yield next;
  }
}

/** Prints a line. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
