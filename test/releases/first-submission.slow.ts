/** The first submission of an app that was never published, and apps that a release must leave alone. */
import { APPS, expectNothingUnhit } from '../support/emulator';
import { buildMsix } from '../support/msix';
import { releaseWorld, requestsOf, submissionsMade, type ReleaseApp } from '../support/release-app';
import { createHash } from 'node:crypto';
import { uploadId } from '../../src/packages';

const world = releaseWorld();

beforeEach(() => world().emulator.reset());
afterEach(() => expectNothingUnhit(world().emulator));

const target = (applicationId: string) => ({ target: { kind: 'store-app', applicationId } as const });
const notes = (text: string) => ({ changes: { listings: { 'en-us': { baseListing: { releaseNotes: text } } } } });
const listing = {
  changes: { listings: { 'EN-us': { baseListing: { title: 'Contoso Clock', description: 'A clock.' } } } },
};

/** A package of the app that was never published. */
async function clock(app: ReleaseApp, name = 'Contoso.Clock') {
  const publisher = 'CN=0BE04A07-4250-427B-B4BC-000000000001';
  const bytes = await buildMsix({ name, publisher, version: '1.0.0.0', languages: ['en-US'] });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const container = await app.rooms.storage.container('uploads');
  await container.getBlockBlobClient(sha256).uploadData(bytes);
  return [{ fileName: `${name}_1.0.0.0.msix`, source: { upload: uploadId(sha256) } }];
}

async function contentOf(submissionId: string): Promise<Record<string, unknown>> {
  const { submissions } = (await world().emulator.actions.state()) as {
    submissions: Record<string, { content: Record<string, unknown> }>;
  };
  return submissions[submissionId]!.content;
}

describe('an app that was never published', () => {
  test('has no category, which a release cannot set: that is said before anything is made', async () => {
    const app = await world().app();

    const id = await app.release({ ...target(APPS.neverPublished), ...listing, packages: await clock(app) });
    const view = await app.finish(id);

    expect(view).toMatchObject({ state: 'failed', failure: { code: 'document-unfit', step: 'checkProduct' } });
    expect(view.failure?.errors.map(({ code }) => code)).toEqual(['category-missing']);
    expect(await submissionsMade(world().emulator)).toEqual([]);
  });

  test('goes live by a draft that somebody began, and that the release went on with', async () => {
    const app = await world().app();
    const draft = await beginDraft();

    const id = await app.release({
      ...target(APPS.neverPublished),
      ...listing,
      packages: await clock(app),
      options: { onForeignDraft: 'adopt' },
    });
    const view = await app.finish(id);

    expect(view).toMatchObject({ failure: null, state: 'succeeded', remote: { submissionId: draft } });
    const { listings } = await contentOf(draft);
    expect(listings).toMatchObject({ 'en-us': { baseListing: { title: 'Contoso Clock', description: 'A clock.' } } });
    expect(requestsOf(world().emulator, 'commitSubmission')).toBe(1);
  });

  test('needs packages and a listing: all that is missing is said at once, and nothing is made', async () => {
    const app = await world().app();

    const view = await app.finish(await app.release({ ...target(APPS.neverPublished), ...notes('first') }));

    expect(view).toMatchObject({ state: 'failed', failure: { code: 'document-unfit', step: 'checkProduct' } });
    expect(view.failure?.errors.map(({ code }) => code)).toEqual([
      'package-missing',
      'listing-not-found',
      'category-missing',
    ]);
    expect(await submissionsMade(world().emulator)).toEqual([]);
  });
});

test('an app without age ratings fails at the commit, and is published by a retry once they are filled in', async () => {
  const app = await world().app();
  await world().emulator.actions.addOutcome({ result: 'CommitFailed', code: 'InvalidMicrosoftAgeRating' });
  const id = await app.release(notes('rated'));
  expect(await app.finish(id)).toMatchObject({ failure: { code: 'age-rating-missing' }, left: ['draft'] });

  await app.retry(id);
  const view = await app.finish(id, 2);

  expect(view).toMatchObject({ state: 'succeeded', left: [] });
  expect(await submissionsMade(world().emulator)).toEqual([view.remote?.submissionId]);
});

test('a first submission of an app whose questionnaire was never filled in is told so by the Store itself', async () => {
  const app = await world().app();
  const draft = await beginDraft(APPS.neverPublishedUnrated);

  const view = await app.finish(
    await app.release({
      ...target(APPS.neverPublishedUnrated),
      ...listing,
      packages: await clock(app, 'Contoso.Camera'),
      options: { onForeignDraft: 'adopt' },
    }),
  );

  expect(view).toMatchObject({ state: 'failed', failure: { code: 'age-rating-missing' }, left: ['draft'] });
  expect(view.remote).toMatchObject({ submissionId: draft, status: 'CommitFailed' });
});

/** A draft over the API that has what a release cannot set. */
async function beginDraft(applicationId: string = APPS.neverPublished): Promise<string> {
  const { https, account } = world().emulator;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: account.clientId,
    client_secret: account.clientSecret,
    resource: 'https://manage.devcenter.microsoft.com',
  });
  const granted = await fetch(`${https}/${account.tenantId}/oauth2/token`, { method: 'POST', body: form });
  const { access_token: token } = (await granted.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const address = `${https}/v1.0/my/applications/${applicationId}/submissions`;
  const draft = (await (await fetch(address, { method: 'POST', headers })).json()) as { id: string; pricing: object };
  const begun = {
    ...draft,
    applicationCategory: 'Productivity',
    visibility: 'Public',
    pricing: { ...draft.pricing, priceId: 'Free' },
    listings: { 'en-us': { baseListing: { title: 'Clock', description: 'To be written.' } } },
  };
  const answer = await fetch(`${address}/${draft.id}`, { method: 'PUT', headers, body: JSON.stringify(begun) });
  expect(answer.status).toBe(200);
  return draft.id;
}

describe('an app that a release must leave alone', () => {
  test.each([
    ['its price is hidden', APPS.paidHidden, 'price-hidden'],
    ['its rollout runs', APPS.rollout, 'rollout-running'],
    ['the API does not support it', APPS.unsupported, 'unsupported-features'],
    ['it is of another account', APPS.foreign, 'product-forbidden'],
  ])('for %s: the release fails and nothing was sent', async (_why, applicationId, code) => {
    const app = await world().app();

    const view = await app.finish(await app.release({ ...target(applicationId), ...notes('x') }));

    expect(view).toMatchObject({ state: 'failed', failure: { code, step: 'checkProduct' }, left: [] });
    expect(await submissionsMade(world().emulator)).toEqual([]);
    expect(requestsOf(world().emulator, 'createSubmission')).toBe(0);
  });
});

test('a hundred packages whose names are as long as can be are refused together, in a failure that fits', async () => {
  const app = await world().app();
  const sample = await app.upload('9.40.0.0');
  const packages = Array.from({ length: 100 }, (_, index) => ({
    fileName: `${String(index).padStart(3, '0')}${'x'.repeat(240)}.msix`,
    source: { upload: sample.upload },
  }));

  const id = await app.release({ ...target(APPS.simple), packages });
  const view = await app.finish(id);

  expect(view).toMatchObject({ state: 'failed', failure: { code: 'document-unfit' } });
  expect(view.packages).toHaveLength(100);
  expect(view.failure!.errors.length).toBeGreaterThan(10);
  const longest = Math.max(...app.host.history(app.instanceOf(id)).map((event) => JSON.stringify(event).length));
  expect(longest).toBeLessThan(48 * 1024);
});
