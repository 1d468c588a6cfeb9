import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlockBlobClient } from '@azure/storage-blob';
import { emulatedAccount, startLocalService } from './local-service';
import type { LocalService } from './local-service';
import { samplePackage } from './sample-package';

/**
 * Publishes a real package end to end on this machine: makes an MSIX, uploads it, sends one release, and watches it to
 * Published. Speaks to the service over HTTP alone, as a pipeline does.
 */

const applicationId = '9NCONTOSO003';
const fileName = 'Contoso.Notes_9.0.0.0_x64.msix';

/** The parts of a release that are shown here. */
interface ShownRelease {
  readonly id: string;
  readonly state: string;
  readonly step: string | null;
  readonly endedAt: string | null;
  readonly remote: { readonly status: string } | null;
  readonly failure: { readonly title: string; readonly detail: string; readonly remedy: string } | null;
}

interface Timeline {
  readonly value: readonly {
    readonly at: string;
    readonly event: { readonly type: string; readonly [fact: string]: unknown };
  }[];
}

async function main(): Promise<void> {
  const state = mkdtempSync(join(tmpdir(), 'partner-center-publisher-demo-'));
  const log: string[] = [];
  const service = await startLocalService({
    state,
    port: 0,
    host: '127.0.0.1',
    emulate: true,
    certification: '6s',
    settings: { PUBLISHER_POLL_FLOOR: 'PT1S' },
    log: (line) => log.push(line),
  });
  try {
    await publish(service);
  } catch (error) {
    process.stderr.write(`\nThe last lines of the log:\n${log.slice(-20).join('\n')}\n`);
    throw error;
  } finally {
    await service.stop();
    rmSync(state, { recursive: true, force: true });
  }
}

async function publish(service: LocalService): Promise<void> {
  const bytes = await samplePackage({
    name: 'Contoso.Notes',
    publisher: 'CN=0BE04A07-4250-427B-B4BC-000000000001',
    version: '9.0.0.0',
    architecture: 'x64',
    languages: ['en-US', 'de-DE'],
    payloadSize: 12 * 1024 * 1024,
  });
  say(`made     ${fileName}, ${bytes.length} bytes`);
  const upload = await sendPackage(service, bytes);
  const release = await call<ShownRelease>(service, 'POST', '/releases', {
    account: emulatedAccount,
    target: { kind: 'store-app', applicationId },
    packages: [{ fileName, source: { upload } }],
    oldPackages: { keep: 1 },
    changes: { listings: { 'en-us': { baseListing: { releaseNotes: 'Published by the demo.\nStarts faster.' } } } },
    labels: { build: 'demo' },
  });
  say(`started  ${release.id}`);
  const ended = await watch(service, release);
  await showTimeline(service, ended.id);
  if (ended.state !== 'succeeded') throw new Error(whyNot(ended));
  await confirmLive(service);
  say(`\nPublished: the emulated Store serves ${fileName}.`);
}

/** Uploads as any Azure Blob client does. */
async function sendPackage(service: LocalService, bytes: Buffer): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const place = await call<{ id: string; uploadUrl?: string }>(service, 'POST', '/uploads', {
    sha256,
    size: bytes.length,
  });
  if (place.uploadUrl !== undefined) await new BlockBlobClient(place.uploadUrl).uploadData(bytes);
  say(`uploaded ${place.id}`);
  return place.id;
}

async function watch(service: LocalService, release: ShownRelease): Promise<ShownRelease> {
  let shown = '';
  for (let current = release, etag = ''; ;) {
    const line = [current.state, current.step, current.remote?.status].filter(Boolean).join(' · ');
    if (line !== shown) say(`${new Date().toISOString().slice(11, 19)} ${line}`);
    shown = line;
    if (current.endedAt !== null) return current;
    const response = await fetch(`${service.url}/api/releases/${current.id}?wait=20`, {
      headers: { 'x-functions-key': service.hostKey, ...(etag === '' ? {} : { 'if-none-match': etag }) },
    });
    if (response.status === 304) continue;
    if (!response.ok) throw new Error(`GET /releases answered ${response.status}: ${await response.text()}`);
    etag = response.headers.get('etag') ?? '';
    // The contract's shape; the end-to-end tests hold the service to it.
    current = (await response.json()) as ShownRelease;
  }
}

async function showTimeline(service: LocalService, id: string): Promise<void> {
  const { value } = await call<Timeline>(service, 'GET', `/releases/${id}/timeline`);
  say('\ntimeline');
  for (const { at, event } of value) {
    const { type, ...facts } = event;
    say(`  ${at.slice(11, 23)} ${type.padEnd(18)} ${JSON.stringify(facts).slice(0, 110)}`);
  }
}

/** Asks the other side: what the Store serves now is our package. */
async function confirmLive({ emulator }: LocalService): Promise<void> {
  const response = await fetch(`${emulator?.control}/state`);
  if (!(await response.text()).includes(fileName))
    throw new Error('The release succeeded, but the Store has no such package.');
}

async function call<T>(service: LocalService, method: string, path: string, body?: unknown): Promise<T> {
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

function whyNot({ state, failure }: ShownRelease): string {
  return failure === null ? `The release ended ${state}.` : `${failure.title}: ${failure.detail} ${failure.remedy}`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
