/**
 * Releases that succeed and fail, with every kind of secret in play; then everything that was kept, logged or answered is
 * searched for all of them.
 */
import { TableClient } from '@azure/data-tables';
import { BlobServiceClient } from '@azure/storage-blob';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Release } from '../../src/contracts/release';
import { startFileServer, type FileServer } from '../packages/file-server';
import { APPS, CLIENTS, expectNothingUnhit } from '../support/emulator';
import { build, notes, releaseOf, type Document, type Pipeline } from '../support/e2e-pipeline';
import { SecretScan, type Secret } from '../support/e2e-secrets';
import { e2eWorld, keysIn } from '../support/e2e-world';

const world = e2eWorld();
const emulator = () => world().emulator;

const random = (): string => randomBytes(24).toString('base64');
const signature = { live: random(), refused: random(), quoted: random(), report: random() };
let files: FileServer;
let pipeline: Pipeline;
let refused: Release;

const query = (sig: string): string => `sv=2026-01-01&sp=r&sig=${encodeURIComponent(sig)}`;

function fromUrl(fileName: string, path: string, sig: string): Document {
  return { packages: [{ fileName, source: { url: `http://127.0.0.1:${files.port}/${path}?${query(sig)}` } }] };
}

async function run(applicationId: string, rest: Document): Promise<Release> {
  const { id } = await pipeline.start(releaseOf(applicationId, rest));
  return pipeline.ended(id);
}

/** Everything that a secret of this run may be. */
function secrets(): Secret[] {
  const accountKey = /AccountKey=([^;]+)/.exec(world().connectionString)?.[1] ?? '';
  const uploads = world().blobs.passed.flatMap(({ url }) => /[?&]sig=([^&]+)/.exec(url)?.[1] ?? []);
  return [
    { name: 'the client secret', value: emulator().account.clientSecret },
    { name: 'the secret of the app’s identity', value: CLIENTS.vaultReader.clientSecret },
    { name: 'the storage account key', value: accountKey },
    ...keysIn(world().stateOf()).map((value) => ({ name: 'a key of the host', value })),
    ...Object.entries(signature).map(([name, value]) => ({ name: `the signature "${name}"`, value })),
    ...[...new Set(uploads)].map((value) => ({ name: 'a signature of an upload', value })),
  ];
}

/** Everything that was kept, logged and answered. */
async function scanned(): Promise<SecretScan> {
  const scan = new SecretScan(secrets());
  scan.lookAtState(world().stateOf(), ['keys.json', 'lock.db']);
  await scan.lookAtStorage(world().connectionString, ['ingestion']);
  for (const line of world().output().split('\n')) scan.look('log', line);
  for (const { method, path, headers, text } of pipeline.answers) {
    const isUpload = method === 'POST' && path === '/uploads';
    const body = isUpload ? JSON.stringify({ ...(JSON.parse(text) as object), uploadUrl: '' }) : text;
    scan.look(`answer to ${method} ${path.replace(/rel_\w+/, '{id}')}`, body);
    scan.look(`headers to ${method}`, JSON.stringify([...headers]));
  }
  return scan;
}

beforeAll(async () => {
  files = await startFileServer();
  const live = await build('9.6.0.0');
  files.bytes = live.bytes;
  files.before = ({ url }, response) => {
    if (url?.startsWith('/live') === true) return false;
    // A storage that quotes what it was asked for.
    response.writeHead(403, { 'content-type': 'text/plain' }).end(`Refused: ${url} sig=${signature.refused}`);
    return true;
  };
  await world().app('app', {
    PUBLISHER_ALLOWED_HOSTS: `127.0.0.1:${files.port}`,
    PUBLISHER_ALLOW_LOOPBACK_SOURCES: 'true',
  });
  pipeline = world().pipeline();
  const quote = `https://a.blob.core.windows.net/c/b?${query(signature.quoted)} and eyJhbGciOiJub25l.eyJhIjoiYiJ9abc.c2lnbmF0dXJl`;
  const json = { code: 'InvalidParameterValue', message: `Refused: ${quote}`, target: quote };
  const { actions } = emulator();
  actions.addFault({
    operation: 'updateSubmission',
    match: { application: APPS.paidTier },
    answer: { status: 400, body: 'json', json },
  });
  await actions.addOutcome({
    application: APPS.failed,
    result: 'CertificationFailed',
    reports: [{ date: '2026-11-20T10:00:00Z', reportUrl: `https://reports.example/1?${query(signature.report)}` }],
  });
  const uploaded = await build('9.6.0.0', 'Contoso.Sketch', 3_000_000);
  const [fromAddress, fromUpload, unread, unwanted, uncertified] = await Promise.all([
    run(APPS.published, fromUrl(live.fileName, 'live.msix', signature.live)),
    pipeline.packages(uploaded).then((packages) => run(APPS.simple, packages)),
    run(APPS.pendingDraft, fromUrl('Drafts.msix', 'refused.msix', signature.refused)),
    run(APPS.paidTier, notes('refused, with quotations')),
    run(APPS.failed, { ...notes('not certified'), options: { onForeignDraft: 'replace' } }),
  ]);
  expect([fromAddress.state, fromUpload.state]).toEqual(['succeeded', 'succeeded']);
  expect([unread.failure?.code, unwanted.failure?.code, uncertified.failure?.code]).toEqual([
    'package-unavailable',
    'submission-refused',
    'certification-failed',
  ]);
  refused = unread;
  for (const { id } of [fromAddress, fromUpload, unread, unwanted, uncertified]) {
    for (const part of ['', '/document', '/timeline']) await pipeline.send('GET', `/releases/${id}${part}`);
  }
  for (const path of ['/releases', '/accounts', '/accounts/contoso/check', '/health']) await pipeline.send('GET', path);
});
afterAll(() => files.close());

test('no secret is kept, logged or answered, but for the sealed query of a release that may be retried', async () => {
  const scan = await scanned();

  expect([...scan.findings].filter((finding) => !finding.includes(`${refused.id}.sealed.json`))).toEqual([]);
  expect([...scan.findings]).toContain(`blob documents/${refused.id}.sealed.json: the signature "refused"`);
  expect(Object.keys(scan.looked).sort()).toEqual(['answer', 'blob', 'file', 'headers', 'log', 'row', 'table']);
  expectNothingUnhit(emulator());
});

test('the scan finds what is planted, wherever and however written', async () => {
  const connection = world().connectionString;
  const { clientSecret } = emulator().account;
  const [key = ''] = keysIn(world().stateOf());
  const table = TableClient.fromConnectionString(connection, 'timeline', { allowInsecureConnection: true });
  await table.createEntity({
    partitionKey: 'planted',
    rowKey: '1',
    text: Buffer.from(`: ${clientSecret}.`).toString('base64'),
  });
  const container = BlobServiceClient.fromConnectionString(connection).getContainerClient('work');
  await container
    .getBlockBlobClient('planted')
    .uploadData(Buffer.from(`{"url":"https://a/b?${query(signature.live)}"}`));
  await (await world().app()).kill();
  const database = new DatabaseSync(join(world().stateOf(), 'state.db'));
  database.exec('PRAGMA journal_mode = WAL');
  database.prepare('INSERT INTO history VALUES (?, ?, ?)').run('planted', 1, JSON.stringify({ result: `key ${key}` }));
  const text = 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJub2JvZHkifQ.c2lnbmF0dXJl';
  pipeline.answers.push({
    method: 'GET',
    path: '/planted',
    status: 200,
    headers: new Headers({ location: key }),
    text,
  });
  const scan = await scanned();
  database.close();

  const planted = [...scan.findings].filter((finding) => !finding.includes(refused.id));
  expect(planted.map((finding) => finding.split(': ').join(' → '))).toEqual(
    expect.arrayContaining([
      'table timeline → the client secret',
      'blob work/planted → the signature "live"',
      'blob work/planted → something like a signature',
      'row state.db history → a key of the host',
      'answer to GET /planted → something like an access token',
      'headers to GET → a key of the host',
    ]),
  );
  expect(planted.some((finding) => finding.startsWith('file state.db-wal'))).toBe(true);
});
