/** The release of a managed application, killed anywhere and started again: one submission, one go-live, nothing left. */
import { FunctionName } from '../../src/contracts/names';
import type { ReleaseDocument } from '../../src/domain/release-document';
import { packageOf } from '../support/application-package';
import { expectNothingUnhit } from '../support/emulator';
import { releaseWorld, requestsOf } from '../support/release-app';
import type { ReleaseApp } from '../support/release-app';
import { pipelineOf } from './app-pipeline';
import { freshOfferApp, monitorKey } from './fresh-offers';

const world = releaseWorld({ certification: '3s' });

beforeEach(() => world().emulator.reset());
afterEach(() => expectNothingUnhit(world().emulator));

const target = { kind: 'marketplace-product', offerId: 'contoso-monitor' } as const;
let versions = 0;

interface Story {
  readonly app: ReleaseApp;
  readonly version: string;
  readonly document: Partial<ReleaseDocument>;
}

/** A new version, with a text that names it. */
async function story(options: ReleaseDocument['options'] = { approvals: [] }): Promise<Story> {
  const app = await freshOfferApp(world());
  const version = `${String((versions += 1))}.0.0`;
  const changes = { listings: { 'en-us': { summary: `Version ${version} is faster.` } } };
  return { app, version, document: { target, packages: [await packageOf(app, version)], changes, options } };
}

async function expectLiveOnce({ app, version }: Story, id: string): Promise<void> {
  const view = await app.view(id);
  const live = JSON.stringify(await world().emulator.actions.products.live('contoso-monitor'));
  expect(view).toMatchObject({ state: 'succeeded', failure: null, left: [], remote: { status: 'Published/InStore' } });
  expect(live).toContain(`Version ${version} is faster.`);
  expect(live).toContain(`monitor-${version}.zip`);
  expect(requestsOf(world().emulator, 'createPackage')).toBe(1);
  expect(requestsOf(world().emulator, 'createProductSubmission')).toBe(1);
  expect(requestsOf(world().emulator, 'promoteProductSubmission')).toBe(1);
  expect((await app.rooms.offers.readLedger(monitorKey)).entries).toEqual({});
  expect(await app.rooms.claims.holder(monitorKey)).toBeUndefined();
}

describe('killed at a request to our own storage', () => {
  let requests = 0;

  test('a release that nothing happens to shows how many there are', async () => {
    const told = await story();
    const { app } = told;
    const id = await app.store(told.document);
    const count = app.countStorageRequests();

    app.startRun(id, 1, target.kind);
    await app.finish(id);

    requests = count();
    expect(requests).toBeGreaterThan(200);
    await expectLiveOnce(told, id);
  });

  describe.each(['before', 'after'] as const)('%s it was applied', (when) => {
    test.each([0.1, 0.4, 0.6, 0.9])('at %d of the way', async (part) => {
      const told = await story();
      const { app } = told;
      const id = await app.store(told.document);
      app.dieAtStorageRequest(Math.round(requests * part), when);

      app.startRun(id, 1, target.kind);
      await app.finish(id);
      // Requests to a blob that is not there apply nothing, and the number of looks differs with the time they take.
      if (!app.hasDied)
        expect(`${when} ${app.hour}`).toMatch(/^after (none|POST \S+\/Tables|PUT \/[^/]+\/[a-z]+|GET|HEAD)/);
      app.revive();
      await app.finish(id);

      await expectLiveOnce(told, id);
    });
  });
});

describe('the runtime starts again', () => {
  test.each([
    ['while the package is processed', 'activity-starting', FunctionName.uploadOfferFiles],
    ['while the package is processed, and its slice is lost', 'activity-returned', FunctionName.uploadOfferFiles],
    ['while the preview is made', 'activity-returned', FunctionName.pollOffer],
    ['while it is published', 'activity-returned', FunctionName.publishOffer],
    ['while it goes live', 'activity-returned', FunctionName.promoteOffer],
    ['before its end is noted', 'activity-returned', FunctionName.settleOffer],
  ] as const)('%s', async (_when, point, activity) => {
    const told = await story();
    const { app } = told;
    app.host.killAt(point, activity);
    const id = await app.release(told.document);
    await app.finish(id);

    app.host.restart();
    await app.finish(id);

    await expectLiveOnce(told, id);
  });

  test('at the gate, and again once it was approved', async () => {
    const told = await story({ approvals: ['go-live'] });
    const { app } = told;
    const pipeline = await pipelineOf(app);
    const { id, gateId } = await pipeline.startToGate(told.document);

    app.host.restart();
    const after = await pipelineOf(app);
    expect(await after.view(id)).toMatchObject({ state: 'waiting', waitingFor: { gateId } });
    expect(await after.command(id, 'approve', { gateId })).toEqual({ status: 202 });
    app.host.restart();
    await app.finish(id);

    await expectLiveOnce(told, id);
  });
});
