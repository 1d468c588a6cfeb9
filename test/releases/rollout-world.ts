import type { ReleaseDocument, RolloutDocument } from '../../src/domain/release-document';
import type { RolloutChange } from '../../src/domain/store/rollout-change';
import { newReleaseView } from '../../src/domain/new-release';
import { foreignIdOf } from '../../src/domain/product';
import { newReleaseId } from '../../src/storage/release-id';
import { APPS } from '../support/emulator';
import { account, requestsOf, type ReleaseApp } from '../support/release-app';
import type { Emulator } from '../../emulator/start';

export const hour = 3_600_000;

/** The rollout of the default seed's app that has one running, at 25 %. */
export const rollingApp = { kind: 'store-app', applicationId: APPS.rollout } as const;

export function notes(text: string): Pick<ReleaseDocument, 'changes'> {
  return { changes: { listings: { 'en-us': { baseListing: { releaseNotes: text } } } } };
}

interface StoredRollout {
  readonly rolloutStatus: string;
  readonly content: {
    readonly packageDeliveryOptions: {
      readonly packageRollout: { readonly isPackageRollout: boolean; readonly packageRolloutPercentage: number };
    };
  };
}

/** How the rollout of a submission stands in Partner Center: `25 PackageRolloutInProgress`. */
export async function rolloutOf(emulator: Emulator, submissionId: string): Promise<string> {
  const { submissions } = (await emulator.actions.state()) as { submissions: Record<string, StoredRollout> };
  const { rolloutStatus, content } = submissions[submissionId]!;
  return `${content.packageDeliveryOptions.packageRollout.packageRolloutPercentage} ${rolloutStatus}`;
}

/** What is live. */
export async function publishedOf(emulator: Emulator, applicationId: string): Promise<string> {
  const { applications } = (await emulator.actions.state()) as { applications: Record<string, { published: string }> };
  return applications[applicationId]!.published;
}

const rolloutPosts = ['updateRolloutPercentage', 'haltPackageRollout', 'finalizePackageRollout'] as const;

/** How often each change of a rollout was asked for. */
export function postsOf(emulator: Emulator): number[] {
  return rolloutPosts.map((operation) => requestsOf(emulator, operation));
}

/** What the HTTP surface does for a rollout by product: a release that does only this. */
export async function changeRelease(
  app: ReleaseApp,
  change: RolloutChange & { submissionId?: string },
  target: RolloutDocument['target'] = rollingApp,
): Promise<string> {
  const document: RolloutDocument = { account, target, rollout: change };
  const id = newReleaseId();
  const at = app.host.now.toISOString();
  await app.rooms.documents.insert(id, document);
  const view = newReleaseView(id, document, { by: null, at });
  const product = foreignIdOf(target);
  await app.rooms.releases.insert({ view, tenant: app.tenant, product, docHash: id, idempotency: null });
  app.startRun(id, 1);
  return id;
}

/** What the HTTP surface does for a command about the stages of a release. */
export async function command(app: ReleaseApp, id: string, change: RolloutChange): Promise<string> {
  const at = app.host.now.toISOString();
  const wish = { id: `${at} ${JSON.stringify(change)}`, at, by: 'ada', change };
  const { outcome, bell } = await app.rooms.releases.requestRollout(id, wish);
  if (bell !== null) app.host.raise(bell.instance, bell.name, {});
  return outcome;
}

/** Runs until the release is in its stages. */
export async function untilStages(app: ReleaseApp, id: string): Promise<void> {
  const instance = `${app.instanceOf(id)}-rollout`;
  await app.host.runUntil(() => app.host.status(instance) !== undefined);
  await app.host.settle();
}
