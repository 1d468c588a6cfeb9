import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { BlockBlobClient } from '@azure/storage-blob';
import { startProgram } from '../support/embedded-process';
import { APPS, trustAuthority } from '../support/emulator';
import { buildEmulator, startEmulatorProgram, type EmulatorReady } from '../support/emulator-process';
import { postForm, send, type Json, type Reply } from './api';

let script: string;
let data: string;
beforeAll(() => {
  script = buildEmulator();
});
afterAll(() => rmSync(dirname(script), { recursive: true }));
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'emulator-data-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true, maxRetries: 20 }));

async function signIn({ https, account }: EmulatorReady): Promise<(method: string, path: string) => Promise<Reply>> {
  const reply = await postForm(`${https}/${account.tenantId}/oauth2/token`, {
    grant_type: 'client_credentials',
    client_id: account.clientId,
    client_secret: account.clientSecret,
    resource: 'https://manage.devcenter.microsoft.com',
  });
  const headers = { authorization: `Bearer ${reply.body.access_token}` };
  return (method, path) => send(`${https}/v1.0/my/${path}`, { method, headers });
}

test('one folder, one emulator; what was answered outlives an orderly end and a kill', async () => {
  const first = await startEmulatorProgram(script, ['--data', data, '--http-port', '0', '--certification', '1h']);
  const forget = trustAuthority(first.ready.ca);
  const api = await signIn(first.ready);
  const { body: draft } = await api('POST', `applications/${APPS.published}/submissions`);
  const path = `applications/${APPS.published}/submissions/${draft.id}`;
  const upload = (body: Json) => new BlockBlobClient(String(body.fileUploadUrl).replaceAll('+', '%2B'));
  await upload(draft).uploadData(Buffer.from('kept'));
  const refused = await startProgram(script, ['--data', data]).catch(String);
  const port = new URL(first.ready.https).port;
  const code = await first.end('SIGTERM');

  const second = await startEmulatorProgram(script, ['--data', data, '--port', port]);
  const kept = await upload((await api('GET', path)).body).downloadToBuffer();
  await api('POST', `${path}/commit`);
  await second.end('SIGKILL');

  const third = await startEmulatorProgram(script, ['--data', data, '--port', port]);
  const status = await api('GET', `${path}/status`);
  const journal: Json = (await send(`${third.ready.control}/journal?application=${APPS.published}`)).body;
  forget();
  await third.end('SIGTERM');

  expect(first.ready).toMatchObject({
    https: expect.stringMatching(/^https:\/\/localhost:\d+$/),
    http: expect.stringMatching(/^http:\/\/localhost:\d+$/),
    control: `${first.ready.https}/control`,
    vault: first.ready.https,
    ca: join(data, 'ca.pem'),
    account: { clientSecret: 'Contoso~Emulator+Secret/1=' },
  });
  expect(refused).toMatch(/Another emulator is running/);
  expect([code, String(kept)]).toEqual([0, 'kept']);
  expect([status.status, status.body.status]).toEqual([200, 'CommitStarted']);
  expect((journal as { operation: string; status: number }[]).map((entry) => [entry.operation, entry.status])).toEqual([
    ['createSubmission', 201],
    ['putBlob', 201],
    ['getSubmission', 200],
    ['getBlobProperties', 200],
    ['getBlob', 206],
    ['commitSubmission', 202],
    ['getSubmissionStatus', 200],
  ]);
  for (const file of ['ca-key.pem', 'token-key.pem']) expect(statSync(join(data, file)).mode & 0o077).toBe(0);
});

test.each([
  ['of a file', () => ['--data', join(__filename, 'x')], /cannot be made: .*is a file\. Name another one with --data/],
  ['where nothing can be made', () => ['--data', '/proc/nope/x'], /\/proc\/nope\/x cannot be made: .*--data/],
  ['whose uploads are a file', () => (writeFileSync(join(data, 'blobs'), ''), ['--data', data]), /Azurite ended/],
  ['whose state is a folder', () => (mkdirSync(join(data, 'emulator.sqlite')), ['--data', data]), /cannot be opened/],
])('a data folder %s ends the program at once, with the reason', (_what, args, reason) => {
  const run = spawnSync(process.execPath, [script, ...args()], { encoding: 'utf8', timeout: 30_000 });

  expect([run.signal, run.status]).toEqual([null, 1]);
  expect(run.stderr).toMatch(reason);
});

test('options without sense and a seed with a mistake are told at the start', async () => {
  const seed = join(data, 'seed.json');
  writeFileSync(seed, '{"tenants":[]}');
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [script, '--data', data, ...args], { encoding: 'utf8' });

  expect(run('--seed', seed).stderr).toMatch(/not valid/);
  expect(run('--certification', 'soon').stderr).toMatch(/"soon" is not a duration/);
  expect(run('--help').stdout).toMatch(/--http-port/);
});
