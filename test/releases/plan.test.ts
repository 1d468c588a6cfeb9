/** The plan that a release works by is what a plan of its document says, kept when the release looks at the product. */
import type { ReleaseDocument } from '../../src/domain/release-document';
import { freshApp, type AppSend } from '../functions/app-http';
import { APPS } from '../support/emulator';
import { account, releaseWorld, type ReleaseApp } from '../support/release-app';

const world = releaseWorld();
let app: ReleaseApp;
let send: AppSend;

beforeEach(async () => {
  ({ app, send } = await freshApp(world()));
});

const target = { kind: 'store-app', applicationId: APPS.published } as const;

async function planned(document: Partial<ReleaseDocument>): Promise<unknown> {
  return (await send('POST', '/releases/plan', { account, target, ...document })).body;
}

test('there is none before the release has looked, and then the one that was shown', async () => {
  const { fileName, upload } = await app.upload('9.0.0.0');
  const document = {
    packages: [{ fileName, source: { upload } }],
    changes: { listings: { 'en-us': { baseListing: { releaseNotes: 'Faster.' } } } },
  };
  const shown = await planned(document);
  const id = await app.store(document);

  const before = await send('GET', `/releases/${id}/plan`);
  app.startRun(id, 1);
  const view = await app.finish(id);
  const after = await send('GET', `/releases/${id}/plan`);

  expect(before).toMatchObject({ status: 404, body: { code: 'plan-not-found' } });
  expect(view.state).toBe('succeeded');
  expect(after.status).toBe(200);
  expect(after.body).toEqual(shown);
  expect(after.body).toMatchObject({ warnings: [{ code: 'release-notes-partial' }], blockers: [] });
});

test('the plan of a release that failed at the look says why, as the plan of its document does', async () => {
  const document = {
    target: { ...target, applicationId: APPS.pendingDraft },
    changes: { notesForCertification: 'Other.' },
  };
  const shown = await planned(document);

  const id = await app.release(document);
  const view = await app.finish(id);
  const { body } = await send('GET', `/releases/${id}/plan`);

  expect(view).toMatchObject({ state: 'failed', failure: { code: 'foreign-draft' } });
  expect(body).toEqual(shown);
  expect(body).toMatchObject({ blockers: [{ code: 'foreign-draft' }] });
});

test('a release that finds all it asks for live has an empty plan', async () => {
  const document = { changes: { notesForCertification: 'Once.' } };
  await app.finish(await app.release(document));
  const id = await app.release(document);

  await app.finish(id);
  const { body } = await send('GET', `/releases/${id}/plan`);

  expect(body).toMatchObject({ actions: [], diff: [], warnings: [], blockers: [] });
});

test('a retry that goes on with its draft keeps the plan that the draft was made by', async () => {
  world().emulator.actions.addFault({ operation: 'commitSubmission', answer: { status: 400 } });
  const id = await app.release({ changes: { notesForCertification: 'Kept.' } });
  const view = await app.finish(id);
  const first = await send('GET', `/releases/${id}/plan`);

  await app.retry(id);
  const again = await app.finish(id, 2);
  const second = await send('GET', `/releases/${id}/plan`);

  expect([view.state, again.state]).toEqual(['failed', 'succeeded']);
  expect(first.body).toMatchObject({ diff: [{ path: '/notesForCertification', to: 'Kept.' }] });
  expect(second.body).toEqual(first.body);
});

test('a flight whose only submission is in the way is told by the plan as by the release', async () => {
  const groupIds = ['1152921504606962205'];
  const target = { kind: 'store-flight', applicationId: APPS.published, name: 'Canary', create: { groupIds } } as const;
  const first = await app.upload('9.0.0.0');
  await world().emulator.actions.addOutcome({ result: 'CertificationFailed' });
  const packages = [{ fileName: first.fileName, source: { upload: first.upload } }];
  expect(await app.finish(await app.release({ target, packages }))).toMatchObject({ state: 'failed' });

  const shown = await planned({ target, packages });
  const view = await app.finish(await app.release({ target, packages, labels: { again: 'yes' } }));

  expect(view).toMatchObject({ state: 'failed', failure: { code: 'flight-spent' } });
  expect(shown).toMatchObject({ blockers: [{ code: 'flight-spent' }] });
});
