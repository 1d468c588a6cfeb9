/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return -- documents are loose JSON here */
import { BlockBlobClient } from '@azure/storage-blob';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADD_ONS, APPS, emulatorForFile, FLIGHTS, startTrustedEmulator } from '../support/emulator';
import { Api, send } from './api';

/** What holds for flights and add-ons as it does for applications, and how the control endpoint names them. */
const APP = `applications/${APPS.published}`;
const FLIGHT = `${APP}/flights/${FLIGHTS.published}`;
const ADD_ON = `inappproducts/${ADD_ONS.published}`;
const KINDS = [
  { kind: 'Flight', product: FLIGHT, names: { flight: FLIGHTS.published }, facts: { application: APPS.published } },
  { kind: 'AddOn', product: ADD_ON, names: { addOn: ADD_ONS.published }, facts: {} },
] as const;
const emulator = emulatorForFile();
let api: Api;
beforeEach(async () => {
  await emulator().reset();
  await emulator().actions.freezeClock();
  api = await Api.signIn(emulator());
});
const control = (method: string, path: string, body?: object) =>
  send(`${emulator().control}/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
const pendingOf = async (product: string) => {
  const { body } = await api.get(product);
  return (body.pendingFlightSubmission ?? body.pendingInAppProductSubmission)?.id;
};

describe.each(KINDS)('submissions of $kind', ({ kind, product, names, facts }) => {
  test('R7: bodies are sent as elsewhere', async () => {
    const url = new URL(`${emulator().https}/v1.0/my/${product}/submissions`);
    const unsized = await new Promise<number | undefined>((resolve, reject) => {
      const sent = request(url, { method: 'POST', headers: { authorization: api.authorization } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('error', reject);
      sent.removeHeader('transfer-encoding');
      sent.useChunkedEncodingByDefault = false;
      sent.end();
    });
    const form = await api.request('POST', `${product}/submissions`, undefined, {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': '0',
    });

    expect([unsized, form.status, form.body.target]).toEqual([411, 400, 'mediaType']);
    expect(await pendingOf(product)).toBeUndefined();
  });

  test('R9: requests count for the tenant, whatever they are about', async () => {
    await emulator().actions.setSwitches({ rateLimit: 2 });
    const replies = [await api.get(APP), await api.get(product), await api.post(`${product}/submissions`)];

    expect(replies.map(({ status }) => status)).toEqual([200, 200, 429]);
  });

  test('R28, R30: statuses follow each other in time, the same for both readings', async () => {
    const { path } = await api.draftOf(product);
    const committed = await api.post(`${path}/commit`);
    const seen: string[] = [];
    for (let second = 0; second <= 60; second++) {
      const { body } = await api.get(`${path}/status`);
      if (seen.at(-1) !== body.status) {
        const whole = await api.get(path);
        expect({ status: whole.body.status, statusDetails: whole.body.statusDetails }).toEqual(body);
        seen.push(body.status as string);
      }
      await emulator().actions.advanceClock('1s');
    }

    expect([committed.status, committed.body]).toEqual([202, { status: 'CommitStarted' }]);
    expect(seen).toEqual(['CommitStarted', 'PreProcessing', 'Certification', 'Release', 'Publishing', 'Published']);
  });

  test('R33: Manual waits in Release for a person', async () => {
    const { path, document } = await api.draftOf(product);
    await api.put(path, { ...document, targetPublishMode: 'Manual' });
    const waiting = await api.commitAndSettle(path);
    await control('POST', 'portal/publish', names);
    await emulator().actions.advanceClock('60s');

    expect([waiting.status, (await api.get(path)).body.status]).toEqual(['Release', 'Published']);
  });

  test.each([
    'CommitFailed',
    'PreProcessingFailed',
    'CertificationFailed',
    'ReleaseFailed',
    'PublishFailed',
    'PendingCommit',
  ] as const)('R37: ends in %s when it is asked for, and keeps its place', async (result) => {
    await emulator().actions.addOutcome({ ...names, result });
    const application = await api.draft(APPS.published);
    const { path, document } = await api.draftOf(product);

    const other = await api.commitAndSettle(application.path);
    const { status } = await api.commitAndSettle(path);

    expect(other.status).toBe('Published');
    expect([status, await pendingOf(product)]).toEqual([result, document.id]);
  });

  test('R37: an outcome for the application is not for it', async () => {
    await emulator().actions.addOutcome({ application: APPS.published, result: 'CertificationFailed' });
    const { path } = await api.draftOf(product);

    expect((await api.commitAndSettle(path)).status).toBe('Published');
    await emulator().actions.clearOutcomes();
  });

  test('R17: a draft that a person touches cannot be changed any more', async () => {
    const { path, document } = await api.draftOf(product);
    emulator().actions.addFault({ operation: `update${kind}Submission`, match: names, meanwhile: { portal: 'touch' } });

    const replies = [await api.put(path, document), await api.post(`${path}/commit`), await api.delete(path)];

    expect(replies.map(({ status, body }) => [status, body.code])).toEqual(Array(3).fill([400, 'InvalidOperation']));
    expect((await api.get(path)).body).not.toHaveProperty('fileUploadUrl');
  });

  test('R17: a person can draft, submit, cancel and delete', async () => {
    const act = async (action: string) => {
      const { body } = await control('POST', `portal/${action}`, names);
      return body && [body.status, body.portal];
    };

    const seen = [await act('draft'), await act('submit'), await act('cancel'), await act('delete')];

    expect(seen).toEqual([['PendingCommit', true], ['CommitStarted', true], ['Canceled', true], undefined]);
    expect(await pendingOf(product)).toBeUndefined();
  });

  test('R45: GET renews the upload URL of the same blob', async () => {
    const { path, document } = await api.draftOf(product);
    await emulator().actions.advanceClock('30h');
    api = await Api.signIn(emulator());
    const { body } = await api.get(path);

    const [before, after] = [new URL(document.fileUploadUrl), new URL(body.fileUploadUrl)];
    expect(after.pathname).toBe(before.pathname);
    expect(after.searchParams.get('se')! > before.searchParams.get('se')!).toBe(true);
  });

  test('R44: an upload is known by the product and the submission', async () => {
    const { document } = await api.draftOf(product);

    await new BlockBlobClient(document.fileUploadUrl.replaceAll('+', '%2B')).uploadData(Buffer.from('x'));

    expect(emulator().actions.journal({ operation: 'putBlob', ...names })).toMatchObject([
      { ...names, ...facts, submission: document.id, status: 201 },
    ]);
  });

  test('a create that fails may leave a draft that takes no update', async () => {
    const create = { operation: `create${kind}Submission`, when: 'after', zombie: true } as const;
    emulator().actions.addFault({ ...create, answer: { status: 500 } });
    const failed = await api.post(`${product}/submissions`);
    const path = `${product}/submissions/${await pendingOf(product)}`;
    const { body: before } = await api.get(path);

    const { status } = await api.put(path, { ...before, targetPublishMode: 'Manual' });

    expect([failed.status, status]).toEqual([500, 200]);
    expect((await api.get(path)).body.targetPublishMode).toBe('Immediate');
  });

  test('an update can be lost', async () => {
    const { path, document } = await api.draftOf(product);
    emulator().actions.addFault({ operation: `update${kind}Submission`, discard: 'sent' });

    const { body } = await api.put(path, { ...document, targetPublishMode: 'Manual' });

    expect([body.targetPublishMode, (await api.get(path)).body.targetPublishMode]).toEqual(['Manual', 'Immediate']);
  });

  test('the journal and faults tell it from its like', async () => {
    emulator().actions.addFault({ operation: '*', match: names, answer: { status: 503 } });
    const others = [await api.get(APP), await api.get(`inappproducts/${ADD_ONS.pendingDraft}`)];
    const met = await api.get(product);
    const { document } = await api.draftOf(product);

    const { body } = await control('GET', `journal?${new URLSearchParams(names).toString()}`);

    expect([...others.map(({ status }) => status), met.status]).toEqual([200, 200, 503]);
    expect(body).toMatchObject([
      { operation: `get${kind}`, ...names, ...facts, status: 503 },
      { operation: `create${kind}Submission`, ...names, ...facts, submission: document.id, status: 201 },
    ]);
  });
});

test('R8: absent members can be null, of flights and add-ons too', async () => {
  await emulator().actions.setSwitches({ absentMembers: 'null' });

  const { body: flight } = await api.get(FLIGHT);
  const { body: addOn } = await api.get(`inappproducts/${ADD_ONS.neverPublished}`);
  const portal = await api.get(`${APP}/flights/${FLIGHTS.portal}/submissions/1152921505700511021`);

  expect([flight.pendingFlightSubmission, addOn.lastPublishedInAppProductSubmission]).toEqual([null, null]);
  expect(portal.body.fileUploadUrl).toBeNull();
});

test('isSeekEnabled of a flight is kept and shown in the same place as that of an application', async () => {
  await emulator().actions.setSwitches({ seekEnabledPlace: 'packageDeliveryOptions' });
  const { path, document } = await api.draftOf(FLIGHT);
  document.packageDeliveryOptions.isSeekEnabled = true;

  const { body } = await api.put(path, document);

  expect(body.packageDeliveryOptions).toMatchObject({ isSeekEnabled: true });
  expect(body.packageDeliveryOptions.packageRollout).not.toHaveProperty('isSeekEnabled');
});

test('a product that is none answers 404 to the portal, no name at all 400', async () => {
  const replies = [
    await control('POST', 'portal/draft', { flight: '0f11e000-0000-4000-8000-0000000000ff' }),
    await control('POST', 'portal/draft', { addOn: 'none' }),
    await control('POST', 'portal/draft', {}),
  ];

  expect(replies.map(({ status }) => status)).toEqual([404, 404, 400]);
});

test('flights, their ranks and add-ons outlive a restart', async () => {
  const data = mkdtempSync(join(tmpdir(), 'emulator-products-'));
  try {
    const first = await startTrustedEmulator({ data });
    const before = await Api.signIn(first);
    const { body: flight } = await before.post(`${APP}/flights`, { friendlyName: 'Nightly', rankHigherThan: 'Beta' });
    const add = (on: Api, productId: string) =>
      on.post('inappproducts', { applicationIds: [APPS.published], productId, productType: 'Durable' });
    const { body: addOn } = await add(before, 'one');
    await first.stop();

    const second = await startTrustedEmulator({ data });
    const after = await Api.signIn(second);
    const again = [await after.get(`${APP}/flights/${flight.flightId}`), await after.get(`inappproducts/${addOn.id}`)];
    const { body: other } = await add(after, 'two');
    await second.stop();

    expect(again.map(({ body }) => body)).toEqual([flight, addOn]);
    expect(other.id).not.toBe(addOn.id);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});
