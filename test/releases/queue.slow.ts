/** Several releases of one product: one at a time, in order, each published once, whatever becomes of the others. */
import { FunctionName } from '../../src/contracts/names';
import { APPS, expectNothingUnhit } from '../support/emulator';
import { releaseWorld, requestsOf, submissionsMade, type ReleaseApp } from '../support/release-app';

const world = releaseWorld();

beforeEach(() => world().emulator.reset());
afterEach(() => expectNothingUnhit(world().emulator));

const notes = (text: string) => ({ changes: { listings: { 'en-us': { baseListing: { releaseNotes: text } } } } });
const untilCommitted = { options: { until: 'committed' } } as const;

interface State {
  readonly applications: Record<string, { published?: string; pending?: string }>;
  readonly submissions: Record<
    string,
    {
      rolloutStatus: string;
      content: {
        listings: Record<string, { baseListing: { releaseNotes: string } }>;
        applicationPackages: { fileName: string; fileStatus: string }[];
      };
    }
  >;
}

async function state(): Promise<State> {
  return (await world().emulator.actions.state()) as unknown as State;
}

async function liveNotes(): Promise<string | undefined> {
  const { applications, submissions } = await state();
  return submissions[applications[APPS.published]?.published ?? '']?.content.listings['en-us']?.baseListing
    .releaseNotes;
}

async function livePackages(): Promise<string[]> {
  const { applications, submissions } = await state();
  const live = submissions[applications[APPS.published]?.published ?? ''];
  return (live?.content.applicationPackages ?? []).map(({ fileName }) => fileName);
}

/** Time passes for the emulator with each look too, for those who wait for a publication. */
function certificationGoesOn(app: ReleaseApp): void {
  app.host.at('activity-returned', () => world().emulator.actions.advanceClock('25s'), FunctionName.lookAtStoreProduct);
}

test('ten releases of one product, the first of which fails: the others are published in their order, though no bell is heard', async () => {
  const app = await world().app();
  world().emulator.actions.addFault({ operation: 'updateSubmission', answer: { status: 403, body: 'absent' } });

  const ids: string[] = [];
  for (let n = 0; n < 10; n++) {
    ids.push(await app.release(notes(`number ${n}`)));
    await app.host.runUntil(() => claimed(app, ids[n]!));
  }
  await app.host.run();

  const views = await Promise.all(ids.map((id) => app.view(id)));
  expect(views.map(({ state }) => state)).toEqual(['failed', ...Array<string>(9).fill('succeeded')]);
  const made = views.slice(1).map(({ remote }) => remote?.submissionId);
  expect(await submissionsMade(world().emulator)).toEqual([...made].sort());
  expect(made).toEqual([...made].sort());
  expect(await liveNotes()).toBe('number 9');
});

/** Whether the release has asked for the product. */
function claimed(app: ReleaseApp, id: string): boolean {
  return app.host
    .history(app.instanceOf(id))
    .some((event) => 'Name' in event && event.Name === FunctionName.acquireClaim);
}

describe('after a release that ended at "committed"', () => {
  test('the next one waits until that is live, and goes live after it', async () => {
    const app = await world().app();
    certificationGoesOn(app);
    const first = await app.finish(await app.release({ ...notes('first'), ...untilCommitted }));

    const second = await app.finish(await app.release(notes('second')));

    expect([first.state, second.state]).toEqual(['succeeded', 'succeeded']);
    expect(await liveNotes()).toBe('second');
    expect(requestsOf(world().emulator, 'deleteSubmission')).toBe(0);
  });

  test('one that asks for what is live now is not done: it is about to be replaced', async () => {
    const app = await world().app();
    certificationGoesOn(app);
    await app.finish(await app.release({ ...notes('forward'), ...untilCommitted }));

    const back = await app.finish(await app.release(notes('First release.')));

    expect(back.state).toBe('succeeded');
    expect(await liveNotes()).toBe('First release.');
  });

  test('one that builds on what that brings fits, once it is live', async () => {
    const app = await world().app();
    certificationGoesOn(app);
    const sample = await app.upload('9.30.0.0');
    const packages = [{ fileName: sample.fileName, source: { upload: sample.upload } }];
    await app.finish(await app.release({ packages, ...untilCommitted }));

    const next = await app.upload('9.31.0.0');
    const second = await app.finish(
      await app.release({
        packages: [{ fileName: next.fileName, source: { upload: next.upload } }],
        oldPackages: { remove: [sample.fileName] },
      }),
    );

    expect(second).toMatchObject({ state: 'succeeded', failure: null });
    expect(await livePackages()).toContain(next.fileName);
    expect(await livePackages()).not.toContain(sample.fileName);
  });

  test('the same packages again are found live', async () => {
    const app = await world().app();
    certificationGoesOn(app);
    const sample = await app.upload('9.32.0.0');
    const packages = [{ fileName: sample.fileName, source: { upload: sample.upload } }];
    await app.finish(await app.release({ packages, ...untilCommitted }));

    const again = await app.finish(await app.release({ packages }));

    expect(again).toMatchObject({ state: 'succeeded', failure: null });
    expect(await submissionsMade(world().emulator)).toHaveLength(1);
  });

  test('and came to nothing, the next one clears it and is published', async () => {
    const app = await world().app();
    certificationGoesOn(app);
    await world().emulator.actions.addOutcome({ result: 'CertificationFailed' });
    await app.finish(await app.release({ ...notes('first'), ...untilCommitted }));

    const second = await app.finish(await app.release(notes('second')));

    expect(second.state).toBe('succeeded');
    expect(await liveNotes()).toBe('second');
    expect(requestsOf(world().emulator, 'deleteSubmission')).toBe(1);
  });
});

test('a release whose submission went live, and was followed by another one, is not published again by a retry', async () => {
  const app = await world().app();
  world().emulator.actions.addFault({ operation: 'getSubmissionStatus', answer: { status: 403, body: 'absent' } });
  const first = await app.release(notes('first'));
  expect(await app.finish(first)).toMatchObject({ state: 'failed', left: ['publication'] });
  await world().emulator.actions.advanceClock('120s');
  const second = await app.finish(await app.release(notes('second')));

  await app.retry(first);
  const again = await app.finish(first, 2);

  expect(second.state).toBe('succeeded');
  expect(again).toMatchObject({ state: 'succeeded', left: [] });
  expect(await liveNotes()).toBe('second');
  expect(requestsOf(world().emulator, 'createSubmission')).toBe(2);
});

describe('nothing to do', () => {
  test('the same release again, one that also takes out an older package of that name', async () => {
    const app = await world().app();
    const first = await app.upload('9.33.0.0', 'Contoso.Notes_x64.msix');
    await app.finish(await app.release({ packages: [{ fileName: first.fileName, source: { upload: first.upload } }] }));
    const second = await app.upload('9.34.0.0', 'Contoso.Notes_x64.msix');
    const document = {
      packages: [{ fileName: second.fileName, source: { upload: second.upload } }],
      oldPackages: { remove: [second.fileName] },
    };
    expect(await app.finish(await app.release(document))).toMatchObject({ state: 'succeeded' });
    const before = await livePackages();

    const again = await app.finish(await app.release(document));

    expect(again).toMatchObject({ state: 'succeeded', failure: null });
    expect(await livePackages()).toEqual(before);
    expect(before).toContain('Contoso.Notes_x64.msix');
    expect(await submissionsMade(world().emulator)).toHaveLength(2);
  });

  test('the same packages again, whose rollout was halted since, are not live', async () => {
    const app = await world().app();
    const sample = await app.upload('9.35.0.0');
    const packages = [{ fileName: sample.fileName, source: { upload: sample.upload } }];
    const first = await app.finish(await app.release({ packages }));
    await haltedRollout(first.remote!.submissionId);

    const again = await app.finish(await app.release({ packages }));

    expect(again).toMatchObject({ state: 'failed', failure: { code: 'halted-packages' } });
  });
});

/** The live submission reads as one whose rollout was halted, and falls back to the seed's. */
async function haltedRollout(submissionId: string): Promise<void> {
  const json = (await wire(submissionId)) as { packageDeliveryOptions: { packageRollout: object } };
  Object.assign(json.packageDeliveryOptions.packageRollout, {
    isPackageRollout: true,
    packageRolloutStatus: 'PackageRolloutStopped',
    fallbackSubmissionId: '1152921505700510003',
  });
  const match = { submission: submissionId };
  world().emulator.actions.addFault({ operation: 'getSubmission', match, answer: { status: 200, body: 'json', json } });
}

/** A submission as the API shows it. */
async function wire(submissionId: string): Promise<unknown> {
  const { https, account } = world().emulator;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: account.clientId,
    client_secret: account.clientSecret,
    resource: 'https://manage.devcenter.microsoft.com',
  });
  const answer = await fetch(`${https}/${account.tenantId}/oauth2/token`, { method: 'POST', body: form });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  const address = `${https}/v1.0/my/applications/${APPS.published}/submissions/${submissionId}`;
  return (await fetch(address, { headers: { authorization: `Bearer ${token}` } })).json();
}
