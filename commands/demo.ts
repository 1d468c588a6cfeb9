import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { say, sendBytes } from './demo-client';
import type { SentPackage, ShownRelease } from './demo-client';
import { everyoneMayHaveIt, previewMayGoLive, release } from './demo-release';
import { startLocalService } from './local-service';
import type { LocalService } from './local-service';
import { sampleApplication } from './sample-application';
import { samplePackage } from './sample-package';

/**
 * Publishes real packages end to end on this machine: an app, a flight of it, its next version by a gradual rollout, and
 * a managed application of the commercial marketplace. Speaks to the service over HTTP alone, as a pipeline and the
 * people around it do, and asks the other side whether it has what was sent.
 */

const applicationId = '9NCONTOSO003';
const offerId = 'contoso-monitor';

async function main(): Promise<void> {
  const state = mkdtempSync(join(tmpdir(), 'partner-center-publisher-demo-'));
  const log: string[] = [];
  const service = await startLocalService({
    state,
    port: 0,
    host: '127.0.0.1',
    emulate: true,
    certification: '3s',
    // The emulator counts no requests.
    settings: {
      PUBLISHER_POLL_FLOOR: 'PT1S',
      PUBLISHER_REQUESTS_PER_MINUTE: '600',
      PUBLISHER_MARKETPLACE_REQUESTS_PER_MINUTE: '1000',
    },
    log: (line) => log.push(line),
  });
  try {
    await publishApp(service);
    await publishOffer(service);
  } catch (error) {
    process.stderr.write(`\nThe last lines of the log:\n${log.slice(-20).join('\n')}\n`);
    throw error;
  } finally {
    await service.stop();
    rmSync(state, { recursive: true, force: true });
  }
}

async function publishApp(service: LocalService): Promise<void> {
  const app = { kind: 'store-app', applicationId };
  say('An app\n');
  const first = await sendPackage(service, '9.0.0.0');
  await publish(service, {
    target: app,
    packages: [first],
    oldPackages: { keep: 1 },
    changes: { listings: { 'en-us': { baseListing: { releaseNotes: 'Published by the demo.\nStarts faster.' } } } },
  });
  say('\nA package flight, which is made\n');
  const target = { kind: 'store-flight', applicationId, name: 'Canary', create: { groupIds: ['1152921504606962205'] } };
  await publish(service, { target, packages: [first] });
  say('\nThe next version of the app, to a quarter of the people, and then to everyone\n');
  await publish(service, {
    target: app,
    packages: [await sendPackage(service, '9.1.0.0')],
    options: { rollout: { stages: [{ percentage: 25 }], finalize: true } },
  });
}

interface StoreWish {
  readonly target: object;
  readonly packages: readonly SentPackage[];
  readonly [member: string]: unknown;
}

async function publish(service: LocalService, wish: StoreWish): Promise<void> {
  const ended = await release(service, wish, everyoneMayHaveIt);
  for (const { fileName } of wish.packages) {
    await confirmServed(service, fileName, ended);
    say(`\nPublished: the emulated Store serves ${fileName}.`);
  }
}

async function publishOffer(service: LocalService): Promise<void> {
  say('\nA managed application of the commercial marketplace: preview, a person at the gate, live\n');
  const version = '1.4.0';
  const summary = 'Published by the demo. Watches more.';
  const sent = await sendBytes(service, `${offerId}-${version}.zip`, await sampleApplication(version));
  const wish = {
    target: { kind: 'marketplace-product', offerId },
    packages: [{ plan: 'basic', version, ...sent }],
    changes: { listings: { 'en-us': { summary } } },
  };
  await release(service, wish, async (_service, waiting) => {
    // Nothing is live before the person has decided.
    if (await isLive(service, sent.fileName)) throw new Error('It is live, and nobody has approved it.');
    await previewMayGoLive(service, waiting);
  });
  for (const part of [sent.fileName, summary]) {
    if (!(await isLive(service, part))) throw new Error(`The release succeeded, but buyers do not see ${part}.`);
  }
  say(`\nPublished: the emulated marketplace offers ${sent.fileName}.`);
}

/** A package of the Store, made and uploaded. */
async function sendPackage(service: LocalService, version: string): Promise<SentPackage> {
  const bytes = await samplePackage({
    name: 'Contoso.Notes',
    publisher: 'CN=0BE04A07-4250-427B-B4BC-000000000001',
    version,
    architecture: 'x64',
    languages: ['en-US', 'de-DE'],
    payloadSize: 12 * 1024 * 1024,
  });
  return sendBytes(service, `Contoso.Notes_${version}_x64.msix`, bytes);
}

/** Asks the other side: what the Store serves now is our package. */
async function confirmServed({ emulator }: LocalService, fileName: string, { remote }: ShownRelease): Promise<void> {
  const response = await fetch(`${emulator?.control}/state`);
  const { submissions } = (await response.json()) as { submissions: Record<string, { status: string }> };
  const live = submissions[remote?.submissionId ?? ''];
  if (live?.status === 'Published' && JSON.stringify(live).includes(fileName)) return;
  throw new Error('The release succeeded, but the Store has no such package.');
}

/** Asks the other side whether this is part of what buyers of the offer see. */
async function isLive({ emulator }: LocalService, part: string): Promise<boolean> {
  const response = await fetch(`${emulator?.control}/products/${offerId}/live`);
  if (!response.ok) throw new Error(`The emulator answered ${response.status}: ${await response.text()}`);
  return (await response.text()).includes(part);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
