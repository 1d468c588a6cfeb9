import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlockBlobClient } from '@azure/storage-blob';
import { emulatedAccount, startLocalService } from './local-service';
import type { LocalService } from './local-service';
import { samplePackage } from './sample-package';

/**
 * Publishes real packages end to end on this machine: an app, a flight of it, and its next version by a gradual rollout.
 * Speaks to the service over HTTP alone, as a pipeline does.
 */

const applicationId = '9NCONTOSO003';

/** The parts of a release that are shown here. */
interface ShownRelease {
  readonly id: string;
  readonly state: string;
  readonly step: string | null;
  readonly endedAt: string | null;
  readonly remote: { readonly submissionId: string; readonly status: string } | null;
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
    // The emulator counts no requests.
    settings: { PUBLISHER_POLL_FLOOR: 'PT1S', PUBLISHER_REQUESTS_PER_MINUTE: '600' },
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
  say('An app\n');
  const first = await sendPackage(service, '9.0.0.0');
  await release(service, {
    target: { kind: 'store-app', applicationId },
    packages: [first],
    oldPackages: { keep: 1 },
    changes: { listings: { 'en-us': { baseListing: { releaseNotes: 'Published by the demo.\nStarts faster.' } } } },
  });
  say('\nA package flight, which is made\n');
  const target = { kind: 'store-flight', applicationId, name: 'Canary', create: { groupIds: ['1152921504606962205'] } };
  await release(service, { target, packages: [first] });
  say('\nThe next version of the app, to a quarter of the people, and then to everyone\n');
  await release(service, {
    target: { kind: 'store-app', applicationId },
    packages: [await sendPackage(service, '9.1.0.0')],
    options: { rollout: { stages: [{ percentage: 25 }], finalize: true } },
  });
}

interface SentPackage {
  readonly fileName: string;
  readonly source: { readonly upload: string };
}

interface Wish {
  readonly target: object;
  readonly packages: readonly SentPackage[];
  readonly [member: string]: unknown;
}

/** Sends a release, watches it to its end, and asks the other side whether it has what was sent. */
async function release(service: LocalService, wish: Wish): Promise<void> {
  const document = { account: emulatedAccount, ...wish, labels: { build: 'demo' } };
  const started = await call<ShownRelease>(service, 'POST', '/releases', document);
  say(`started  ${started.id}`);
  const ended = await watch(service, started);
  await showTimeline(service, ended.id);
  if (ended.state !== 'succeeded') throw new Error(whyNot(ended));
  for (const { fileName } of wish.packages) {
    await confirmLive(service, fileName, ended);
    say(`\nPublished: the emulated Store serves ${fileName}.`);
  }
}

/** Makes a package and uploads it, as any Azure Blob client does. */
async function sendPackage(service: LocalService, version: string): Promise<SentPackage> {
  const fileName = `Contoso.Notes_${version}_x64.msix`;
  const bytes = await samplePackage({
    name: 'Contoso.Notes',
    publisher: 'CN=0BE04A07-4250-427B-B4BC-000000000001',
    version,
    architecture: 'x64',
    languages: ['en-US', 'de-DE'],
    payloadSize: 12 * 1024 * 1024,
  });
  say(`made     ${fileName}, ${bytes.length} bytes`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const place = await call<{ id: string; uploadUrl?: string }>(service, 'POST', '/uploads', {
    sha256,
    size: bytes.length,
  });
  if (place.uploadUrl !== undefined) await new BlockBlobClient(place.uploadUrl).uploadData(bytes);
  say(`uploaded ${place.id}`);
  return { fileName, source: { upload: place.id } };
}

async function watch(service: LocalService, release: ShownRelease): Promise<ShownRelease> {
  let shown = '';
  for (let current = release, etag = ''; ;) {
    const line = [current.state, current.step, current.remote?.status].filter(Boolean).join(' · ');
    if (line !== shown) say(`${new Date().toISOString().slice(11, 19)} ${line}`);
    shown = line;
    if (current.endedAt !== null) return current;
    if (current.state === 'waiting') await letEveryoneHaveIt(service, current.id);
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

/** The person that the last stage of the rollout waits for. */
async function letEveryoneHaveIt(service: LocalService, id: string): Promise<void> {
  await call(service, 'POST', `/releases/${id}/rollout`, { action: 'finalize' });
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
async function confirmLive({ emulator }: LocalService, fileName: string, { remote }: ShownRelease): Promise<void> {
  const response = await fetch(`${emulator?.control}/state`);
  const { submissions } = (await response.json()) as { submissions: Record<string, { status: string }> };
  const live = submissions[remote?.submissionId ?? ''];
  if (live?.status === 'Published' && JSON.stringify(live).includes(fileName)) return;
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
