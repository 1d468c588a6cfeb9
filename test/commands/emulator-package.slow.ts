import { execFileSync, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { emulatorPackage } from '../../commands/emulator-package';
import { trustAuthority } from '../support/emulator';
import { startEmulatorProgram } from '../support/emulator-process';
import { postForm, send } from '../emulator/api';
import { blocks, pipelineSteps, session } from './emulator-readme';

const root = join(__dirname, '../..');
const tarball = 'partner-center-emulator-0.1.0.tgz';
/** An install asks the registry for hundreds of packages: how long that takes is not ours to say. */
const registryLimitMs = 1_500_000;
/** One of them that is never answered is asked for again, before the whole install is given up. */
const impatient = { npm_config_fetch_timeout: '60000', npm_config_fetch_retries: '5' };
let place: string;
/** Where npx has put the package. */
let installed: string;

/** As in a shell of somebody else: no jest, no npm around it. */
function environment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_ENV$|JEST)/i.test(name));
  const path = `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`;
  return { ...Object.fromEntries(entries), PATH: path, ...extra };
}

function bash(script: string, env: Record<string, string> = {}): SpawnSyncReturns<string> {
  return spawnSync('bash', ['-c', script], {
    cwd: place,
    env: environment(env),
    encoding: 'utf8',
    timeout: registryLimitMs,
  });
}

/** Folders of npx that hold the tarball of this test. */
function npxFolders(): string[] {
  const cache = execFileSync('npm', ['config', 'get', 'cache'], { encoding: 'utf8', env: environment() }).trim();
  const folder = join(cache, '_npx');
  return (existsSync(folder) ? readdirSync(folder) : [])
    .map((name) => join(folder, name))
    .filter((name) => {
      const manifest = join(name, 'package.json');
      return existsSync(manifest) && readFileSync(manifest, 'utf8').includes(place.split('/').at(-1)!);
    });
}

beforeAll(() => {
  place = realpathSync(mkdtempSync(join(tmpdir(), 'emulator-packed-')));
  execFileSync(process.execPath, [join(root, 'dist/commands/emulator-pack.js'), '--output', place], {
    env: environment(),
  });
  for (const text of blocks('json')) writeFileSync(join(place, 'seed.json'), text);
  const version = bash(`npx --yes ./${tarball} --version`, impatient);
  if (version.status !== 0) throw new Error(version.stderr);
  installed = join(npxFolders()[0]!, 'node_modules/partner-center-emulator');
}, registryLimitMs);
afterAll(() => {
  for (const folder of npxFolders()) rmSync(folder, { recursive: true, maxRetries: 20 });
  rmSync(place, { recursive: true, maxRetries: 20 });
});

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => !name.startsWith('node_modules'));

test('holds the emulator and nothing of the app, and asks for what it requires and no more', () => {
  const names = emulatorPackage(root).map(({ name }) => name);
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  const text = filesOf(installed)
    .filter((name) => name.endsWith('.js') && !name.startsWith('page/browser'))
    .map((name) => readFileSync(join(installed, name), 'utf8'))
    .join('\n');
  const required = [...text.matchAll(/require(?:\.resolve)?\(["']((?:@[\w-]+\/)?[\w.:-]+)[^"']*["']\)/g)]
    .map(([, name]) => name!)
    .filter((name) => !/^(node:|\.)/.test(name) && !builtinModules.includes(name));

  // Held back: see commands/emulator-package.ts.
  expect(Object.keys(manifest.dependencies)).toEqual([...new Set([...required, 'applicationinsights'])].sort());
  expect(Object.values(manifest.dependencies).join(' ')).toMatch(/^(\d[\w.-]* ?)+$/);
  expect(manifest).toMatchObject({ license: 'MIT', bin: { 'partner-center-emulator': 'main.js' } });
  expect(names).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'seed/default.json', 'seed/schema.json']));
  expect(text).not.toMatch(/durable-functions|@azure\/functions/);
  expect(readFileSync(join(installed, 'README.md'), 'utf8')).not.toMatch(/\]\(\.\.\//);
});

test('starts from where npx put it, answers over HTTPS, ends with SIGTERM, and leaves the package as it was', async () => {
  const before = filesOf(installed);
  const program = await startEmulatorProgram(join(installed, 'main.js'), ['--data', join(place, 'data')]);
  const forget = trustAuthority(program.ready.ca);
  const { https, account } = program.ready;
  const signedIn = await postForm(`${https}/${account.tenantId}/oauth2/token`, {
    grant_type: 'client_credentials',
    client_id: account.clientId,
    client_secret: account.clientSecret,
    resource: 'https://manage.devcenter.microsoft.com',
  });
  const headers = { authorization: `Bearer ${signedIn.body.access_token}` };
  const list = await send(`${https}/v1.0/my/applications`, { headers });
  const draft = await send(`${https}/v1.0/my/applications/9NCONTOSO003/submissions`, { method: 'POST', headers });
  const page = await send(`${https}/page/main.js`);
  forget();
  const code = await program.end('SIGTERM');

  expect([list.status, list.body.totalCount, draft.status, page.status, code]).toEqual([200, 11, 201, 200, 0]);
  expect(existsSync(join(place, 'data/blobs'))).toBe(true);
  expect(filesOf(installed)).toEqual(before);
});

test('every shell recipe of the README does what it says', () => {
  const ended = bash(`${session()}\nkill $(jobs -p)\nwait || true\n`);

  expect([ended.status, ended.stderr]).toEqual([0, expect.not.stringMatching(/printed/)]);
});

test('the example of a library passes in the runner of Node', () => {
  mkdirSync(join(place, 'node_modules'), { recursive: true });
  symlinkSync(installed, join(place, 'node_modules/partner-center-emulator'));
  writeFileSync(join(place, 'release.test.js'), blocks('js').join('\n'));

  const ended = bash('node --test release.test.js');

  expect([ended.status, ended.stdout]).toEqual([0, expect.stringMatching(/pass 1/)]);
});

test('its types are those of the emulator', () => {
  writeFileSync(
    join(place, 'typed.ts'),
    `import { startEmulator, type Emulator } from 'partner-center-emulator';
     export async function use(): Promise<string> {
       const emulator: Emulator = await startEmulator({ certification: '5s' });
       // @ts-expect-error: not a fault
       emulator.actions.addFault({ operation: 5 });
       // @ts-expect-error: not an option
       await startEmulator({ certificates: true });
       return emulator.https;
     }`,
  );
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const options = '--noEmit --strict --skipLibCheck --module node16 --moduleResolution node16 --types node';

  const ended = bash(`node ${compiler} ${options} --typeRoots ${join(root, 'node_modules/@types')} typed.ts`);

  expect([ended.status, ended.stdout]).toEqual([0, '']);
});

test.each([0, 1])('the pipeline %i of the README finds the emulator in its next step', (index) => {
  const [start = '', rehearse = '', ...others] = pipelineSteps(blocks('yaml')[index]!);
  writeFileSync(
    join(place, 'rehearse-release.sh'),
    '#!/bin/sh\ncurl -sS --fail "$EMULATOR_CONTROL/clock" && echo "$AZURE_CLIENT_ID"\n',
    {
      mode: 0o755,
    },
  );
  const variables = join(place, `variables-${index}`);
  writeFileSync(variables, '');
  const folder = join(place, `agent-${index}`);

  // What the services do between two steps: GitHub reads a file, Azure reads the output.
  const ended = bash(`set -e
    export RUNNER_TEMP=${folder} AGENT_TEMPDIRECTORY=${folder} GITHUB_ENV=${variables}
    rm -f emulator.json
    { ${start}
    } > output
    sed -n 's/^##vso\\[task.setvariable variable=\\([A-Z_]*\\)]/\\1=/p' output >> ${variables}
    while IFS='=' read -r name value; do export "$name=$value"; done < ${variables}
    ${[rehearse, ...others].join('\n')}
    kill $(jobs -p)
    wait || true`);

  expect([ended.status, ended.stderr]).toEqual([0, '']);
  expect(ended.stdout).toMatch(/"frozen":false[^]*11111111-0000-4000-8000-00000000c0de/);
});
