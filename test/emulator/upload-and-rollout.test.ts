import { BlockBlobClient, type RestError } from '@azure/storage-blob';
import { APPS, emulatorForFile } from '../support/emulator';
import { buildZip } from '../support/msix';
import { Api, send } from './api';

const MUSIC = `applications/${APPS.rollout}/submissions/1152921505700510061`;
const emulator = emulatorForFile();
let api: Api;
beforeEach(async () => {
  await emulator().reset();
  api = await Api.signIn(emulator());
});
const expiry = (url: string) => Date.parse(new URL(url).searchParams.get('se') ?? '');
const escaped = (url: string) => url.replaceAll('+', '%2B');
const uploadUrl = async (path: string): Promise<string> => {
  const { body } = await api.get(path);
  return (body as { fileUploadUrl: string }).fileUploadUrl;
};

describe('R44: upload URLs', () => {
  test('the real client uploads in one piece and in blocks, the later upload wins', async () => {
    const { document } = await api.draft(APPS.published);
    const blob = new BlockBlobClient(escaped(document.fileUploadUrl as string));

    await blob.uploadData(Buffer.alloc(1000, 1));
    await blob.uploadData(Buffer.alloc(3_000_000, 2), { maxSingleShotSize: 1, blockSize: 1_000_000, concurrency: 3 });

    expect((await blob.getProperties()).contentLength).toBe(3_000_000);
  });

  test('one in three carries a bare plus sign, which must be escaped', async () => {
    const urls: string[] = [];
    for (const app of [APPS.published, APPS.simple, APPS.paidHidden, APPS.paidTier]) {
      urls.push((await api.draft(app)).document.fileUploadUrl as string);
    }
    const [bare = ''] = urls.filter((url) => url.includes('+'));
    const body = await buildZip({ 'a.txt': 'a' });
    const put = (url: string) =>
      send(url, { method: 'PUT', headers: { 'x-ms-blob-type': 'BlockBlob', 'x-ms-version': '2021-12-02' }, body });

    const asIs = await put(bare);
    const decoded = await put(bare.replaceAll('+', '%20'));
    const right = await put(escaped(bare));

    expect(urls.filter((url) => url.includes('+')).length).toBeGreaterThanOrEqual(1);
    expect(urls.filter((url) => url.includes('+')).length).toBeLessThanOrEqual(2);
    expect([asIs.status, decoded.status, right.status]).toEqual([403, 403, 201]);
  });

  test('without a blob type, or with blocks that were never sent, the storage refuses', async () => {
    const { document } = await api.draft(APPS.published);
    const url = escaped(document.fileUploadUrl as string);

    const untyped = await send(url, { method: 'PUT', headers: { 'x-ms-version': '2021-12-02' }, body: 'x' });
    const unknown = (): Promise<unknown> =>
      new BlockBlobClient(url).commitBlockList([Buffer.from('none').toString('base64')]);

    expect(untyped.status).toBe(400);
    await expect(unknown()).rejects.toMatchObject({ code: 'InvalidBlockList' });
  });

  test('a fault gives a URL that has expired, once', async () => {
    const { path } = await api.draft(APPS.published);
    emulator().actions.addFault({ operation: 'getSubmission', expiredUploadUrl: true });
    const stale = await uploadUrl(path);
    const fresh = await uploadUrl(path);

    const refused = await new BlockBlobClient(escaped(stale))
      .uploadData(Buffer.from('x'))
      .catch((error: unknown) => error);

    expect(expiry(stale)).toBeLessThan(Date.now());
    expect((refused as RestError).statusCode).toBe(403);
    await new BlockBlobClient(escaped(fresh)).uploadData(Buffer.from('x'));
  });
});

describe('R45: renewal', () => {
  test('ends with the commit', async () => {
    await emulator().actions.freezeClock();
    const { path } = await api.draft(APPS.published);
    const later = async (): Promise<number> => {
      await emulator().actions.advanceClock('1h');
      api = await Api.signIn(emulator());
      return expiry(await uploadUrl(path));
    };

    const first = await later();
    const renewed = await later();
    await api.post(`${path}/commit`);
    const committed = [await later(), await later()];

    expect(renewed - first).toBe(3_600_000);
    expect(committed[1]).toBe(committed[0]);
    expect(committed[0]).toBeLessThan(renewed);
  });

  test('GET renews the expiry of the same blob, or not by switch', async () => {
    const { path, document } = await api.draft(APPS.published);
    await emulator().actions.advanceClock('30h');
    api = await Api.signIn(emulator());

    const renewed = await uploadUrl(path);
    await emulator().actions.setSwitches({ sasRenewOnGet: false });
    const stale = await uploadUrl(path);

    expect(new URL(renewed).pathname).toBe(new URL(document.fileUploadUrl as string).pathname);
    expect(expiry(renewed)).toBeGreaterThan(Date.now() + 53 * 3_600_000);
    expect(expiry(stale)).toBeLessThan(Date.now());
  });

  test('a URL lives for about a day', async () => {
    const { document } = await api.draft(APPS.published);

    const hours = (expiry(document.fileUploadUrl as string) - Date.now()) / 3_600_000;

    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThanOrEqual(24);
  });
});

describe('R38: package rollout', () => {
  test('percentage, 100 % included, stays in progress; then finalize', async () => {
    const lower = await api.post(`${MUSIC}/updatepackagerolloutpercentage?percentage=12.5`);
    const full = await api.post(`${MUSIC}/UpdatePackageRolloutPercentage?percentage=100`);
    const blocked = await api.post(`applications/${APPS.rollout}/submissions`);
    const done = await api.post(`${MUSIC}/finalizepackagerollout`);
    const read = await api.get(`${MUSIC}/packagerollout`);

    const fallback = { fallbackSubmissionId: '1152921505700510060', isPackageRollout: true };
    expect(lower.body).toEqual({
      ...fallback,
      packageRolloutPercentage: 12.5,
      packageRolloutStatus: 'PackageRolloutInProgress',
    });
    expect(full.body).toEqual({
      ...fallback,
      packageRolloutPercentage: 100,
      packageRolloutStatus: 'PackageRolloutInProgress',
    });
    expect(blocked.status).toBe(409);
    expect(done.body).toEqual({
      ...fallback,
      packageRolloutPercentage: 100,
      packageRolloutStatus: 'PackageRolloutComplete',
    });
    expect(read.body).toEqual(done.body);
    expect((await api.get(MUSIC)).body.packageDeliveryOptions.packageRollout).toEqual(done.body);
    expect((await api.post(`applications/${APPS.rollout}/submissions`)).status).toBe(201);
  });

  test('halt goes back to nothing and cannot be undone', async () => {
    const halted = await api.post(`${MUSIC}/haltpackagerollout`);
    const again = [
      await api.post(`${MUSIC}/haltpackagerollout`),
      await api.post(`${MUSIC}/finalizepackagerollout`),
      await api.post(`${MUSIC}/updatepackagerolloutpercentage?percentage=50`),
    ];

    expect(halted.body).toMatchObject({ packageRolloutPercentage: 0, packageRolloutStatus: 'PackageRolloutStopped' });
    expect(again.map((reply) => reply.status)).toEqual([409, 409, 409]);
  });

  test.each(['', '?percentage=', '?percentage=many', '?percentage=101', '?percentage=-1', '?percentage=1,5'])(
    'percentage "%s" is refused',
    async (query) => {
      expect((await api.post(`${MUSIC}/updatepackagerolloutpercentage${query}`)).status).toBe(400);
    },
  );

  test.each([
    ['25', 25],
    ['25.0', 25],
    ['0', 0],
    ['.5', 0.5],
  ])('percentage "%s" is taken', async (text, percentage) => {
    const { status, body } = await api.post(`${MUSIC}/updatepackagerolloutpercentage?percentage=${text}`);

    expect([status, body.packageRolloutPercentage]).toEqual([200, percentage]);
  });

  test('a draft that asks for a rollout has none yet', async () => {
    const { path, document } = await api.draft(APPS.published);
    document.packageDeliveryOptions.packageRollout = { isPackageRollout: true, packageRolloutPercentage: 5 };
    await api.put(path, document);

    const { status, body } = await api.post(`${path}/updatepackagerolloutpercentage?percentage=50`);

    expect([status, body.code]).toEqual([409, 'InvalidState']);
  });

  test('a submission without a rollout says so', async () => {
    const path = `applications/${APPS.published}/submissions/1152921505700510003`;

    const read = await api.get(`${path}/packagerollout`);
    const halted = await api.post(`${path}/haltpackagerollout`);

    expect(read.body).toEqual({
      isPackageRollout: false,
      packageRolloutPercentage: 0,
      packageRolloutStatus: 'PackageRolloutNotStarted',
      fallbackSubmissionId: '0',
    });
    expect(halted.status).toBe(409);
    expect((await api.get(`applications/${APPS.published}/submissions/1/packagerollout`)).status).toBe(404);
  });
});
