import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';
import { deployableFiles, zipOf } from '../../commands/deployable';
import { productionOf } from '../../commands/production-packages';
import { FunctionName } from '../../src/contracts/names';
import { loadReport } from '../support/load-report';

const root = join(__dirname, '../..');
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'deployable-'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('the zip', () => {
  test('loads where no other file can be read, and registers every function', async () => {
    await unpack(await buffer(zipOf(deployableFiles(root))), directory);

    const report = await loadReport(directory, { alone: true });

    expect(report.functions).toEqual(Object.values(FunctionName).sort());
  });

  test('holds compiled code, host.json, the manifests and production packages, sorted, and nothing else', () => {
    const names = deployableFiles(root).map(({ name }) => name);

    const rest = names.filter((name) => !/^(dist\/src\/.*\.js|node_modules\/.*)$/.test(name));
    expect(rest).toEqual(['host.json', 'package-lock.json', 'package.json']);
    expect(names).toEqual([...names].sort());
    expect(names.filter((name) => /\.map$|\.ts$|node_modules\/(jest|typescript|azurite|@types)\//.test(name))).toEqual(
      [],
    );
  });

  test('has the same bytes each time', async () => {
    const files = [{ name: 'a.js', content: () => Buffer.from('a'.repeat(5000)) }];

    const [first, second] = [await buffer(zipOf(files)), await buffer(zipOf(files))];

    expect(first.equals(second)).toBe(true);
  });

  test('says how the app runs, not how it is developed', () => {
    const { manifest, lock } = productionOf(root);

    expect(Object.keys(manifest)).toEqual(
      expect.arrayContaining(['name', 'version', 'main', 'engines', 'dependencies']),
    );
    for (const member of ['devDependencies', 'scripts', 'allowScripts']) expect(manifest).not.toHaveProperty([member]);
    expect(lock).not.toHaveProperty(['packages', '', 'devDependencies']);
    expect(lock).not.toHaveProperty(['packages', 'node_modules/jest']);
  });
});

describe('a project that cannot be deployed is refused', () => {
  test('when what is installed is not what is locked', () => {
    project({ 'node_modules/a': { version: '1.0.1' } }, { 'node_modules/a': { version: '1.0.0' } });

    expect(() => productionOf(directory)).toThrow('node_modules/a is not installed as package-lock.json has it');
  });

  test('when a package runs on this machine only', () => {
    const packages = { 'node_modules/a': { version: '1.0.0', os: ['linux'] } };
    project(packages, packages);

    expect(() => productionOf(directory)).toThrow('node_modules/a is made for this machine');
  });

  test('when nothing is installed', () => {
    project({}, {});
    rmSync(join(directory, 'node_modules'), { recursive: true });

    expect(() => productionOf(directory)).toThrow('npm ci');
  });
});

/** Writes a project whose lock file, and whose note of what is installed, have these packages. */
function project(locked: object, installed: object): void {
  const write = (name: string, content: object): void => {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), JSON.stringify(content));
  };
  write('package.json', { name: 'a-project' });
  write('package-lock.json', { packages: { '': { name: 'a-project' }, ...locked } });
  write('node_modules/.package-lock.json', { packages: installed });
}

async function unpack(zip: Buffer, target: string): Promise<void> {
  const file = await fromBufferPromise(zip, { lazyEntries: true });
  for await (const entry of file.eachEntry()) {
    const path = join(target, entry.fileName);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, await buffer(await file.openReadStreamPromise(entry)));
  }
}
