import { ofCloudPartner } from '../../src/activities/offers/cloud-partner/failures';
import { failureOf } from '../partner-center/fakes';
import { membersOf, summary, tell, worldsForFile } from './cloud-partner-setup';
import type { OfferWorld } from './cloud-partner-setup';

const worldOf = worldsForFile();

const phaseOf = async (world: OfferWorld, id: string) => (await world.api.readProgress(id))?.phase;
const summaryIn = async (world: OfferWorld, id: string) => {
  const content = await world.api.readPublication(id);
  return content === undefined ? undefined : membersOf(content)[summary];
};
const edit = { definition: { offer: { [summary]: 'Next' } } };

describe.each([
  ['not migrated', 'contoso-linux'],
  ['migrated', 'contoso-linux-pro'],
])('an offer that is %s', (_form, offerId) => {
  test('goes to its preview, and live as an operation of its own, and each shows what it is made of', async () => {
    const world = await worldOf(offerId);
    await world.person('edit', edit);
    const live = await world.api.readLive();
    const { publicationId: publish, status } = await world.api.publish({ changed: [], emails: tell });
    const seen = [[status, await phaseOf(world, publish), await summaryIn(world, publish)]];
    await world.pass();
    const gate = await world.api.lastPublication();
    seen.push([gate?.remote.status ?? '', gate?.phase, await summaryIn(world, publish)]);

    const { publicationId: goLive } = await world.api.promote(publish, tell);

    seen.push(['', await phaseOf(world, publish), await summaryIn(world, publish)]);
    seen.push(['', await phaseOf(world, goLive), await summaryIn(world, goLive)]);
    await world.pass();
    seen.push(['', await phaseOf(world, publish), await summaryIn(world, publish)]);
    seen.push(['', await phaseOf(world, goLive), await summaryIn(world, goLive)]);
    expect(seen).toEqual([
      ['running', 'previewing', undefined],
      ['running: publisher-signoff', 'preview-ready', 'Next'],
      ['', 'going-live', 'Next'],
      ['', 'going-live', 'Next'],
      ['', 'live', 'Next'],
      ['', 'live', 'Next'],
    ]);
    expect(goLive).not.toBe(publish);
    expect(live.kind === 'shown' && membersOf(live.content)[summary]).not.toBe('Next');
    expect(await world.api.readLive()).toMatchObject({ kind: 'shown', publicationId: goLive });
    expect((await world.api.lastPublication())?.publicationId).toBe(goLive);
    expect((await world.api.readProgress(publish))?.remote.submissionId).toBe(publish);
  });

  test.each(['200', '202'])('is canceled while its preview is made, by an answer %s', async (form) => {
    const world = await worldOf(offerId);
    await world.emulator.actions.setSwitches({ 'cloudPartner.cancelStatus': form });
    const { publicationId } = await world.api.publish({ changed: [], emails: tell });
    const last = await world.api.lastPublication();
    if (last === null) throw new Error('Nothing was begun');

    const canceled = [await world.api.cancel(last, tell), await world.api.cancel(last, tell)];

    await world.pass();
    expect(canceled).toEqual([true, true]);
    expect(world.requests('cancelOperation')).toBe(1);
    expect(await phaseOf(world, publicationId)).toBe('canceled');
    expect(await world.api.readPublication(publicationId)).toBeUndefined();
  });

  test('is canceled at the gate', async () => {
    const world = await worldOf(offerId);
    const publicationId = await world.preview();
    const last = await world.api.lastPublication();
    if (last === null) throw new Error('Nothing was begun');

    const canceled = await world.api.cancel(last, tell);

    expect(canceled).toBe(true);
    expect(await phaseOf(world, publicationId)).toBe('canceled');
  });

  test('names what was begun also where the answer has no address', async () => {
    const world = await worldOf(offerId);
    for (const operation of ['publishOffer', 'goLive']) {
      world.emulator.actions.addFault({ operation, when: 'after', answer: { status: 202, body: 'absent' } });
    }

    const publish = await world.preview();
    const { publicationId: goLive } = await world.api.promote(publish, tell);

    expect((await world.api.lastPublication())?.publicationId).toBe(goLive);
    expect(await phaseOf(world, publish)).toBe('going-live');
  });
});

test('an offer that was never published has no publication, and nothing is live', async () => {
  const world = await worldOf('contoso-gateway');

  expect(await world.api.lastPublication()).toBeNull();
  expect(await world.api.readLive()).toEqual({ kind: 'never' });
  expect(await world.api.readProgress('dd4b5f0e-bc63-5f8e-9e95-1b5e66be239a')).toBeUndefined();
  expect(await world.api.readPublication('dd4b5f0e-bc63-5f8e-9e95-1b5e66be239a')).toBeUndefined();
});

test.each([
  ['Blocked', 'displayprovision', 'blocked'],
  ['CertificationFailed', 'displaycertify', 'rejected'],
] as const)(
  'a publication that ends as %s has failed before its preview, and says why in plain text',
  async (result, step, _word) => {
    const world = await worldOf('contoso-linux');
    const text = 'No <b>image</b> was found &amp; kept. See https://x.example/report?sig=abc';
    const messages = [
      { text },
      { text: 'Well.', level: 'information' as const },
      { text: 'Hm.', level: 'warning' as const },
    ];
    await world.emulator.offers.addOutcome({ result, step, messages });

    const publicationId = await world.preview();

    const progress = await world.api.readProgress(publicationId);
    expect(progress).toMatchObject({ phase: 'failed', failedIn: 'preview' });
    expect(progress?.remote.status).toBe(`failed: ${step}`);
    expect(progress?.remote.errors).toEqual([
      { code: step, details: 'No image was found & kept. See https://x.example/report' },
    ]);
    expect(progress?.remote.warnings).toEqual([{ code: step, details: 'Hm.' }]);
    expect(await world.api.readPublication(publicationId)).toBeUndefined();
  },
);

test('a go-live that fails has failed after the preview, whichever operation is asked for', async () => {
  const world = await worldOf('contoso-linux');
  await world.emulator.offers.addOutcome({ of: 'goLive', result: 'Blocked' });
  const publish = await world.preview();

  const { publicationId: goLive } = await world.api.promote(publish, tell);
  await world.pass();

  for (const id of [publish, goLive]) {
    expect(await world.api.readProgress(id)).toMatchObject({ phase: 'failed', failedIn: 'live' });
  }
});

test('a publication that another one has taken the place of can never go live', async () => {
  const world = await worldOf('contoso-linux');
  const first = await world.preview();

  await world.person('publish');

  expect(await phaseOf(world, first)).toBe('canceled');
  expect(await world.api.readPublication(first)).toBeUndefined();
  expect((await world.api.lastPublication())?.publicationId).not.toBe(first);
});

test('what somebody else has begun is not canceled in the place of what has ended', async () => {
  const world = await worldOf('contoso-linux');
  await world.preview();
  const first = await world.api.lastPublication();
  if (first === null) throw new Error('Nothing was begun');
  await world.person('publish');

  const canceled = await world.api.cancel(first, tell);

  expect([canceled, world.requests('cancelOperation')]).toEqual([false, 0]);
  expect((await world.api.lastPublication())?.phase).toBe('previewing');
});

test('a go-live that cannot be canceled is told so', async () => {
  const world = await worldOf('contoso-linux');
  await world.emulator.actions.setSwitches({ 'cloudPartner.cancelGoLive': 'refuse' });
  await world.api.promote(await world.preview(), tell);
  const last = await world.api.lastPublication();
  if (last === null) throw new Error('Nothing was begun');

  expect(await world.api.cancel(last, tell)).toBe(false);
});

describe('failures', () => {
  test('a refused publication has the words of the service as errors', async () => {
    const world = await worldOf('contoso-linux');
    await world.emulator.offers.addOutcome({ result: 'Refused', messages: [{ text: 'The image is too large.' }] });

    const failure = ofCloudPartner(await failureOf(world.api.publish({ changed: [], emails: tell })));

    expect(failure).toMatchObject({ code: 'submission-refused', retryable: false });
    expect(failure?.errors?.map(({ message }) => message)).toEqual(['The image is too large.']);
    expect(failure?.correlationId).toEqual(expect.any(String));
    expect(failure).not.toHaveProperty('unclear');
  });

  test.each(['publish', 'promote', 'cancel'] as const)(
    'a lost answer to %s is unclear, and the offer shows it',
    async (change) => {
      const world = await worldOf('contoso-linux');
      const operation = { publish: 'publishOffer', promote: 'goLive', cancel: 'cancelOperation' }[change];
      if (change !== 'publish') await world.preview();
      const before = await world.api.lastPublication();
      world.emulator.actions.addFault({ operation, when: 'after', answer: { status: 504 } });

      const error = await failureOf(sent(world, change));

      expect(ofCloudPartner(error)).toMatchObject({ unclear: true, retryable: true });
      expect(world.requests(operation)).toBe(1);
      const after = await world.api.lastPublication();
      expect([after?.publicationId === before?.publicationId, after?.phase]).toEqual(
        { publish: [false, 'previewing'], promote: [false, 'going-live'], cancel: [true, 'canceled'] }[change],
      );
    },
  );

  test('operations that cannot be read after something was begun leave it unclear', async () => {
    const world = await worldOf('contoso-linux');
    world.emulator.actions.addFault({ operation: 'listOperations', skip: 1, times: 9, answer: { status: 403 } });

    const error = await failureOf(world.api.publish({ changed: [], emails: tell }));

    world.emulator.actions.clearFaults();
    expect(ofCloudPartner(error)).toMatchObject({ code: 'partner-center-unavailable', unclear: true });
  });

  test("what is not of the API is nobody's expectation", () => {
    expect(ofCloudPartner(new Error('a bug'))).toBeUndefined();
  });
});

async function sent(world: OfferWorld, change: 'publish' | 'promote' | 'cancel'): Promise<unknown> {
  const last = await world.api.lastPublication();
  if (change === 'publish') return world.api.publish({ changed: [], emails: tell });
  if (last === null) throw new Error('Nothing was begun');
  return change === 'promote' ? world.api.promote(last.publicationId, tell) : world.api.cancel(last, tell);
}
