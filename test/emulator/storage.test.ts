import { BlockBlobClient, RestError } from '@azure/storage-blob';
import { startAzurite } from '../support/azurite';
import { APPS, emulatorForFile, startTrustedEmulator } from '../support/emulator';
import { buildMsix, buildZip } from '../support/msix';
import { Api, send, type Json } from './api';

const NOTES = { name: 'Contoso.Notes', publisher: 'CN=0BE04A07-4250-427B-B4BC-000000000001', version: '1.5.0.0' };
const emulator = emulatorForFile();
let api: Api;
beforeEach(async () => {
  await emulator().reset();
  api = await Api.signIn(emulator());
});

/** A draft with a package that waits for its upload. */
async function draftWithPackage(client: Api, app: string): Promise<{ path: string; url: string }> {
  const { path, document }: { path: string; document: Json } = await client.draft(app);
  const added = { fileName: 'New.msix', fileStatus: 'PendingUpload' };
  await client.put(path, { ...document, applicationPackages: [...(document.applicationPackages as unknown[]), added] });
  return { path, url: String(document.fileUploadUrl) };
}

/** The real client, which asks once. */
function blobAt(url: string): BlockBlobClient {
  return new BlockBlobClient(url.replaceAll('+', '%2B'), undefined, { retryOptions: { maxTries: 1 } });
}

async function refusal(attempt: Promise<unknown>): Promise<unknown> {
  const error: unknown = await attempt.catch((reason: unknown) => reason);
  return error instanceof RestError ? [error.statusCode, error.code] : error;
}

function idOf(number: number): string {
  return Buffer.from(String(number).padStart(4, '0')).toString('base64');
}

test('uploads go to a storage account that is given; while it is away, a commit waits for it', async () => {
  const first = await startAzurite();
  const other = await startTrustedEmulator({ storage: first.connectionString });
  const client = await Api.signIn(other);
  const notes = await draftWithPackage(client, APPS.published);
  const sketch = await draftWithPackage(client, APPS.simple);
  const archive = await buildZip({ 'New.msix': await buildMsix(NOTES) });
  await blobAt(notes.url).uploadData(archive);

  const read: Json = await client.commitAndSettle(notes.path);
  await first.stop();
  const away: Json = await client.commitAndSettle(sketch.path);
  const unreachable = await refusal(blobAt(sketch.url).uploadData(archive));
  const second = await startAzurite({ blobPort: first.blobPort });
  const back: Json = (await client.get(`${sketch.path}/status`)).body;
  await other.stop();
  await second.stop();

  expect(new URL(notes.url).origin).toBe(other.https);
  expect([read.status, away.status]).toEqual(['Published', 'CommitStarted']);
  expect(unreachable).toEqual([undefined, 'ECONNRESET']);
  expect([back.status, back.statusDetails.errors[0].code]).toEqual(['CommitFailed', 'MissingFiles']);
});

describe('R44: the upload URL', () => {
  test('expires by the clock of the emulator in the middle of an upload; the next GET gives a fresh one', async () => {
    const { path, url } = await draftWithPackage(api, APPS.published);
    const archive = await buildZip({ 'New.msix': await buildMsix(NOTES) });
    await blobAt(url).stageBlock(idOf(0), archive.subarray(0, 100), 100);

    await emulator().actions.advanceClock('25h');
    const stale = await refusal(blobAt(url).stageBlock(idOf(1), archive.subarray(100), archive.length - 100));
    api = await Api.signIn(emulator());
    const fresh = String((await api.get(path)).body.fileUploadUrl);
    await blobAt(fresh).stageBlock(idOf(1), archive.subarray(100), archive.length - 100);
    await blobAt(fresh).commitBlockList([idOf(0), idOf(1)]);

    expect(stale).toEqual([403, 'AuthenticationFailed']);
    expect((await api.commitAndSettle(path)).status).toBe('Published');
  });

  test('that GET does not renew stays expired (switch)', async () => {
    await emulator().actions.setSwitches({ sasRenewOnGet: false });
    const { path } = await draftWithPackage(api, APPS.published);
    await emulator().actions.advanceClock('25h');
    api = await Api.signIn(emulator());

    const again = String((await api.get(path)).body.fileUploadUrl);

    expect(await refusal(blobAt(again).uploadData(Buffer.from('late')))).toEqual([403, 'AuthenticationFailed']);
  });

  test('says in XML, with a detail, why it is refused', async () => {
    const { url } = await draftWithPackage(api, APPS.published);
    await emulator().actions.advanceClock('25h');

    const reply = await send(url.replaceAll('+', '%2B'), { method: 'PUT', headers: { 'x-ms-blob-type': 'BlockBlob' } });

    expect([reply.status, reply.headers.get('x-ms-error-code')]).toEqual([403, 'AuthenticationFailed']);
    expect(reply.body).toMatch(
      /^<\?xml.*<Code>AuthenticationFailed<\/Code>.*Signature not valid in the specified time/,
    );
  });

  test.each([
    ['DELETE', 403, 'AuthorizationPermissionMismatch'],
    ['POST', 405, 'UnsupportedHttpVerb'],
    ['PATCH', 405, 'UnsupportedHttpVerb'],
    ['OPTIONS', 405, 'UnsupportedHttpVerb'],
  ])('does not take %s, says so as Azure Storage does, and keeps what was uploaded', async (method, status, code) => {
    const { url } = await draftWithPackage(api, APPS.published);
    await blobAt(url).uploadData(Buffer.from('kept'));

    const reply = await send(url.replaceAll('+', '%2B'), { method, headers: { 'x-ms-version': '2021-12-02' } });

    expect([reply.status, reply.headers.get('x-ms-error-code')]).toEqual([status, code]);
    expect(reply.headers.get('content-type')).toMatch(/^application\/xml/);
    expect(reply.body).toMatch(new RegExp(`<Code>${code}</Code>`));
    expect(String(await blobAt(url).downloadToBuffer())).toBe('kept');
  });

  test('is not deleted with a wrong signature either', async () => {
    const { url } = await draftWithPackage(api, APPS.published);

    const reply = await send(url.replace(/sig=[^&]*/, 'sig=AAAA'), { method: 'DELETE' });

    expect([reply.status, reply.headers.get('x-ms-error-code')]).toEqual([403, 'AuthenticationFailed']);
  });

  test('is refused with a wrong signature', async () => {
    const { url } = await draftWithPackage(api, APPS.published);
    const wrong = url.replace(/sig=[^&]*/, 'sig=AAAA');

    expect(await refusal(blobAt(wrong).uploadData(Buffer.from('x')))).toEqual([403, 'AuthenticationFailed']);
  });

  test('takes blocks whose requests name the blob type, too, which means nothing there', async () => {
    const { url } = await draftWithPackage(api, APPS.published);
    const put = (query: string, body: string) =>
      send(`${url.replaceAll('+', '%2B')}&${query}`, {
        method: 'PUT',
        headers: { 'x-ms-blob-type': 'BlockBlob', 'x-ms-version': '2021-12-02' },
        body,
      });
    const list = (id: string) => `<?xml version="1.0" encoding="utf-8"?><BlockList><Latest>${id}</Latest></BlockList>`;

    const block = await put(`comp=block&blockid=${encodeURIComponent(idOf(0))}`, 'in blocks');
    const unknown = await put('comp=blocklist', list(idOf(7)));
    const known = await put('comp=blocklist', list(idOf(0)));

    expect([block.status, unknown.status, known.status]).toEqual([201, 400, 201]);
    expect(String(await blobAt(url).downloadToBuffer())).toBe('in blocks');
  });

  test.each(['zip', ''])('takes any content type: "%s"', async (type) => {
    const { url } = await draftWithPackage(api, APPS.published);

    const put = await send(url.replaceAll('+', '%2B'), {
      method: 'PUT',
      headers: { 'content-type': type, 'x-ms-blob-type': 'BlockBlob', 'x-ms-version': '2021-12-02' },
      body: 'whole',
    });

    expect([put.status, put.body]).toEqual([201, undefined]);
    expect(String(await blobAt(url).downloadToBuffer())).toBe('whole');
  });

  test('takes one PUT, blocks, and what is read back; an unknown block and a PUT without its type are refused', async () => {
    const { url } = await draftWithPackage(api, APPS.published);
    const blob = blobAt(url);
    const untyped = await send(url.replaceAll('+', '%2B'), { method: 'PUT', body: 'x' });
    const unknown = await refusal(blob.commitBlockList([idOf(7)]));
    await blob.uploadData(Buffer.from('whole'));
    await blob.stageBlock(idOf(0), 'in blocks', 9);
    const { uncommittedBlocks } = await blob.getBlockList('uncommitted');
    await blob.commitBlockList([idOf(0)]);

    expect([untyped.status, untyped.headers.get('x-ms-error-code')]).toEqual([400, 'MissingRequiredHeader']);
    expect(unknown).toEqual([400, 'InvalidBlockList']);
    expect(uncommittedBlocks?.map(({ size }) => size)).toEqual([9]);
    expect(String(await blob.downloadToBuffer())).toBe('in blocks');
  });
});

test('the operations of the upload storage meet faults, and are in the journal with their submission', async () => {
  const { url } = await draftWithPackage(api, APPS.published);
  const { actions } = emulator();
  const blob = blobAt(url);
  actions.addFault({ operation: 'putBlock', skip: 1, match: { application: APPS.published }, answer: { status: 503 } });
  actions.addFault({ operation: 'putBlockList', when: 'after', cut: true });

  await blob.stageBlock(idOf(0), 'one', 3);
  const busy = await refusal(blob.stageBlock(idOf(1), 'two', 3));
  const lost = await refusal(blob.commitBlockList([idOf(0)]));

  expect([busy, lost]).toEqual([
    [503, 'ServerBusy'],
    [undefined, 'ECONNRESET'],
  ]);
  expect(String(await blob.downloadToBuffer())).toBe('one');
  const uploads = actions
    .journal({ application: APPS.published })
    .filter(({ operation }) => operation.includes('Block'));
  expect(uploads.map(({ operation, status }) => [operation, status])).toEqual([
    ['putBlock', 201],
    ['putBlock', 503],
    ['putBlockList', 0],
  ]);
  expect(JSON.stringify(uploads)).not.toMatch(/sig=(?!REDACTED)/);
});
