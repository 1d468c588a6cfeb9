/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return -- documents are loose JSON here */
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emulatorForFile, startTrustedEmulator } from '../support/emulator';
import { send, type Json, type Reply } from './api';
import { CloudPartner, machine, machineOffer, marketplace, OFFERS, TELL } from './cloud-partner-api';

const NEW = 'contoso/offers/contoso-next';
const LIVE = { publisher: 'contoso', offer: 'contoso-linux' };
const emulator = emulatorForFile();
let api: CloudPartner;
beforeEach(async () => {
  await emulator().reset();
  await emulator().actions.freezeClock();
  api = await CloudPartner.signIn(emulator());
});
function control(method: string, path: string, body?: unknown): Promise<Reply> {
  return send(`${emulator().control}/${path}`, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
}
const summaryOf = ({ body }: Reply): unknown => body.definition.offer[marketplace('summary')];

describe('outcomes', () => {
  test('Refused: the next publication answers 422 at once, the one after it goes on', async () => {
    const messages = [{ text: 'The image is too large.' }];
    const set = await control('POST', 'offer-outcomes', { ...LIVE, result: 'Refused', messages });

    const replies = [
      await api.publish(OFFERS.migrated),
      await api.publish(OFFERS.live),
      await api.publish(OFFERS.live),
    ];

    expect(set.body).toMatchObject({ of: 'publish', result: 'Refused' });
    expect(replies.map(({ status, body }) => [status, body?.error.message])).toEqual([
      [202, undefined],
      [422, 'The image is too large.'],
      [202, undefined],
    ]);
  });

  test('Blocked: a step says why, and the next publication is a fresh start', async () => {
    const messages = [
      { text: 'No virtual machine image was found for the plan silver.' },
      { text: 'Look at the plan.', level: 'information' },
    ];
    await control('POST', 'offer-outcomes', { result: 'Blocked', step: 'displayprovision', messages });
    const { headers } = await api.publish(OFFERS.live);
    await emulator().actions.advanceClock('60s');

    const { body: status } = await api.offer(OFFERS.live, '/status');
    const { body: detail } = await api.follow(headers.get('location'));
    const { body: rows } = await api.offer(OFFERS.live, '/submissions?status=failed');
    const again = await api.preview(OFFERS.live);
    expect([status.status, detail.status, rows.length, again.status]).toEqual(['failed', 'failed', 1, 202]);
    expect(status.steps[2]).toMatchObject({
      status: 'blocked',
      progressPercentage: 0,
      messages: [
        { messageHtml: messages[0]?.text, level: 'error' },
        { messageHtml: messages[1]?.text, level: 'information' },
      ],
    });
    expect(status.steps.map((step: Json): unknown => step.status).slice(3)).toEqual(Array(3).fill('notStarted'));
  });

  test('CertificationFailed: its step is rejected, and there is no preview to go live with', async () => {
    await api.put(NEW, machineOffer('contoso-next'));
    await control('POST', 'offer-outcomes', { result: 'CertificationFailed' });
    await api.preview(NEW);

    const { body } = await api.offer(NEW, '/status');

    expect([body.status, body.steps[1].status, body.steps[1].messages.length]).toEqual(['failed', 'rejected', 1]);
    expect((await api.goLive(NEW)).status).toBe(400);
    expect(await api.slots(NEW)).toEqual(['Hardened & fast', 404, 404]);
  });

  test.each([
    [{}, 1, 'inProgress'],
    [{ step: 'displaypackage', stuckAs: 'waitingForApproval' }, 3, 'waitingForApproval'],
  ])('Stuck %j: never goes on, and can be cancelled', async (request, step, shown) => {
    await control('POST', 'offer-outcomes', { result: 'Stuck', ...request });
    await api.publish(OFFERS.live);
    await emulator().actions.advanceClock('50m');

    const steps = await api.steps(OFFERS.live);
    const { status } = await api.cancel(OFFERS.live);

    expect([steps[step], status]).toEqual([shown, 200]);
  });

  test('of a go-live: production stays as it was', async () => {
    await api.change(OFFERS.live, ({ definition }) => void (definition.offer[marketplace('summary')] = 'Second'));
    await control('POST', 'offer-outcomes', { of: 'goLive', result: 'Blocked' });
    await api.release(OFFERS.live);

    const { body } = await api.offer(OFFERS.live, '/status');

    expect([body.status, body.steps[5].status]).toEqual(['failed', 'blocked']);
    expect(await api.slots(OFFERS.live)).toEqual(['Second', 'Second', 'Hardened Linux image']);
  });

  test('a go-live can be refused, and tried again', async () => {
    await control('POST', 'offer-outcomes', { of: 'goLive', result: 'Refused' });
    await api.preview(OFFERS.live);

    const replies = [await api.goLive(OFFERS.live), await api.goLive(OFFERS.live)];

    expect(replies.map(({ status }) => status)).toEqual([422, 202]);
  });

  test.each([
    { result: 'Blocked', step: 'live' },
    { result: 'Blocked', of: 'goLive', step: 'displaycertify' },
    { result: 'Unheard' },
    { result: 'Blocked', step: 'none' },
  ])('%j makes no sense', async (request) => {
    expect((await control('POST', 'offer-outcomes', request)).status).toBe(400);
  });

  test('that nothing has met are told, and can be taken back', async () => {
    await control('POST', 'offer-outcomes', { result: 'Succeeded' });
    const { body: unhit } = await control('GET', 'unhit');
    const { body: waiting } = await control('GET', 'offer-outcomes');
    await control('DELETE', 'offer-outcomes');

    expect([unhit.outcomes, waiting.length]).toEqual([waiting, 1]);
    expect((await control('GET', 'unhit')).body.outcomes).toEqual([]);
  });
});

describe('a person in the portal', () => {
  test('changes the price between two requests, and the client notices by its ETag', async () => {
    const price = { coreMultiplier: { currency: 'USD', single: 0.5 }, isByol: false };
    emulator().actions.addFault({
      operation: 'putOffer',
      match: { offer: 'contoso-linux' },
      meanwhile: { offerPortal: { action: 'edit', plans: { base: { virtualMachinePricing: price } } } },
    });
    const { body, headers } = await api.offer(OFFERS.live);

    const refused = await api.put(OFFERS.live, body, headers.get('etag') ?? '');

    const { body: after } = await api.offer(OFFERS.live);
    expect(refused.status).toBe(412);
    expect(after.definition.plans[0].virtualMachinePricing).toMatchObject(price);
    expect(after.definition.plans[0]).toHaveProperty([machine('vmImages')]);
  });

  test('changes the summary right before a publication', async () => {
    emulator().actions.addFault({ operation: 'publishOffer', meanwhile: { offerPortal: { action: 'edit' } } });

    await api.preview(OFFERS.live);

    expect(summaryOf(await api.offer(OFFERS.live, '/slot/Preview'))).toBe('Changed in the portal.');
  });

  test('publishes, goes live and cancels', async () => {
    const act = async (action: string) => (await control('POST', 'offer-portal', { ...LIVE, action })).status;
    const statusOf = async () => (await api.offer(OFFERS.live)).body.status as unknown;

    const seen: unknown[] = [await act('cancel'), await act('publish'), await act('publish'), await statusOf()];
    seen.push((await api.publish(OFFERS.live)).status);
    await emulator().actions.advanceClock('60s');
    seen.push(await act('goLive'), await act('cancel'), await statusOf());

    expect(seen).toEqual([404, 204, 404, 'running', 400, 204, 204, 'canceled']);
  });

  test('cannot do anything to what is not there, or is not named', async () => {
    const replies = [
      await control('POST', 'offer-portal', { publisher: 'contoso', offer: 'none', action: 'edit' }),
      await control('POST', 'offer-portal', { action: 'edit' }),
      await control('POST', 'offer-portal', { ...LIVE, action: 'touch' }),
    ];

    expect(replies.map(({ status }) => status)).toEqual([404, 400, 400]);
  });
});

test('the control endpoint shows what is in each slot, and what the API never shows', async () => {
  await api.change(OFFERS.live, ({ definition }) => void (definition.offer[marketplace('summary')] = 'Second'));

  const { body } = await control('GET', 'offers/contoso/contoso-linux');
  const { body: all } = await control('GET', 'offers');
  const { status } = await control('GET', 'offers/contoso/none');

  const summaries = ['draft', 'preview', 'production'].map(
    (slot): unknown => body.slots[slot].offer[marketplace('summary')],
  );
  expect(summaries).toEqual(['Second', 'Hardened Linux image', 'Hardened Linux image']);
  expect([body.version, body.migrated, body.status, body.operations.length]).toEqual(['1', false, 'succeeded', 2]);
  expect(body.eTag).toBe((await api.offer(OFFERS.live)).headers.get('etag'));
  expect([all.length, status]).toEqual([4, 404]);
});

describe('faults', () => {
  test('lose the answer to a publication that was started', async () => {
    emulator().actions.addFault({ operation: 'publishOffer', when: 'after', answer: { status: 504 } });

    const lost = await api.publish(OFFERS.live);

    const { body } = await api.offer(OFFERS.live, '/submissions?status=running');
    expect([lost.status, lost.headers.get('content-type'), body.length]).toEqual([504, 'text/html', 1]);
    expect(emulator().actions.journal({ operation: 'publishOffer', offer: 'contoso-linux' })).toMatchObject([
      { publisher: 'contoso', offer: 'contoso-linux', submission: body[0].id, status: 504 },
    ]);
  });

  test.each([
    [
      500,
      { error: { code: 'InternalServerError', message: expect.stringMatching(/^We cannot complete the request/) } },
    ],
    [429, { error: { code: 'TooManyRequests', message: 'Too Many Requests' } }],
    [401, undefined],
  ])('answer %i as the service would', async (status, body) => {
    emulator().actions.addFault({ operation: 'getOffer', answer: { status } });

    expect(await api.offer(OFFERS.live)).toMatchObject({ status, ...(body && { body }) });
  });

  test('lose an update, which shows what is stored', async () => {
    emulator().actions.addFault({ operation: 'putOffer', discard: 'stored' });

    const reply = await api.change(OFFERS.live, ({ definition }) => {
      definition.offer[marketplace('summary')] = 'Second';
    });

    expect([reply.status, summaryOf(reply)]).toEqual([200, 'Hardened Linux image']);
  });

  test('change an answer and keep its large numbers', async () => {
    emulator().actions.addFault({ operation: 'getOffer', patch: { definition: { displayText: 'Stale' } } });

    const text = await api.text(`publishers/${OFFERS.migrated}`);

    expect(text).toContain('"version":638730001234567890,');
    expect(text).toContain('"displayText":"Stale"');
  });

  test('meet the old address of an operation by its publisher and offer', async () => {
    emulator().actions.addFault({ operation: '*', match: LIVE, answer: { status: 503 } });

    const other = await api.get('operations/contoso$contoso-gateway$1$preview');
    const met = await api.get('operations/contoso$contoso-linux$1$preview');

    expect([other.status, met.status]).toEqual([404, 503]);
  });
});

test('a token that has expired is refused, and the next one is accepted', async () => {
  await emulator().actions.advanceClock('61m');
  const expired = await api.publish(OFFERS.live);

  const again = await (await CloudPartner.signIn(emulator())).publish(OFFERS.live);

  expect([expired.status, again.status]).toEqual([401, 202]);
});

describe('what lasts', () => {
  let data: string;
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'emulator-offers-'));
  });
  afterEach(() => rmSync(data, { recursive: true, force: true }));

  test('offers and operations outlive a restart', async () => {
    const first = await startTrustedEmulator({ data });
    const before = await CloudPartner.signIn(first);
    await before.put(NEW, machineOffer('contoso-next'));
    const { headers } = await before.publish(NEW, TELL);
    const etag = (await before.offer(NEW)).headers.get('etag') ?? '';
    await first.stop();

    const second = await startTrustedEmulator({ data });
    const after = await CloudPartner.signIn(second);
    await second.actions.advanceClock('60s');
    const { body } = await after.follow(headers.get('location'));
    const put = await after.put(NEW, machineOffer('contoso-next'), etag);
    await second.stop();

    expect(body.steps[4].status).toBe('waitingForPublisherReview');
    expect(put.status).toBe(200);
  });

  test('a folder of an emulator that knew no offers still opens', async () => {
    const first = await startTrustedEmulator({ data });
    await first.stop();
    const database = new DatabaseSync(join(data, 'emulator.sqlite'));
    database.exec("DELETE FROM documents WHERE key LIKE 'publishers/%' OR key LIKE 'offer%'");
    database.exec(`UPDATE documents SET json = json_remove(json, '$.settings.switches."cloudPartner.migrated"')
      WHERE key = 'single'`);
    database.close();

    const second = await startTrustedEmulator({ data });
    const after = await CloudPartner.signIn(second);
    const replies = [await after.get('publishers'), await after.offer(OFFERS.live)];
    await second.stop();

    expect(replies.map(({ status }) => status)).toEqual([200, 403]);
    expect(replies[0]?.body).toEqual([]);
  });
});
