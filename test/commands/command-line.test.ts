// What a command line says that cannot be meant is refused at once, with what could be meant.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeStateDirectory } from '../../embedded/host/state-directory';
import { parsePort } from '../../embedded/host/settings';
import { parseCertification, parseOptions } from '../../emulator/options';

const start = join(__dirname, '../../dist/commands/start.js');
let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'command-line-'));
  writeFileSync(join(directory, 'file'), '');
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Runs `npm start` with these arguments until it has ended by itself. */
async function refused(...args: string[]): Promise<{ code: unknown; text: string }> {
  const child = spawn(process.execPath, [start, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => (text += part));
  const [code] = (await once(child, 'close')) as [unknown];
  return { code, text };
}

test('a port that is taken is named, with what to do', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server has an AddressInfo once it listens.
  const { port } = server.address() as AddressInfo;

  const { code, text } = await refused('--state', join(directory, 'state'), '--port', String(port));
  server.close();

  expect(code).toBe(1);
  expect(text).toContain(`Port ${port} on 127.0.0.1 is taken. Stop what listens there, or choose another with --port.`);
});

test.each([
  [['--port', 'abc'], '--port abc is no port: give a whole number from 1 to 65535, or 0 for any free one.'],
  [['--certification', '5'], '--certification 5 has no unit: write 5ms, 5s, 5m, 5h or 5d.'],
  [['--frob'], "Unknown option '--frob'"],
])('npm start -- %j', async (args, message) => {
  const { code, text } = await refused('--state', join(directory, 'none'), ...args);

  expect(code).toBe(1);
  expect(text).toContain(message);
});

test.each(['65536', '-1', '', '1e3', '80 '])('%j is no port', (text) => {
  expect(() => parsePort(text)).toThrow(`--port ${text} is no port`);
});

test.each([
  ['7071', 7071],
  ['0', 0],
])('%j is a port', (text, port) => {
  expect(parsePort(text)).toBe(port);
});

test.each(['5', '0', '1.5', ' 7 '])('the emulator does not guess the unit of --certification %j', (text) => {
  expect(() => parseCertification(text)).toThrow(/has no unit: write .*ms, .*s, .*m, .*h or .*d\./);
  expect(() => parseOptions(['--certification', text])).toThrow('has no unit');
});

test('a duration with a unit is taken', () => {
  expect([parseCertification('200ms'), parseCertification('3d')]).toEqual([200, 3 * 86_400_000]);
});

test('the emulator names its options beside an unknown one', () => {
  expect(() => parseOptions(['--frob'])).toThrow(/Unknown option '--frob'[\s\S]*--http-port N/);
});

// /proc answers "no such entry" for whatever is made in it: Node's own recursive mkdir tries for ever there.
const impossible = process.platform === 'linux' ? ['/proc/none/state', '/dev/null/state'] : [];

test.each([...impossible, 'file', 'file/below'])('a state directory under %s is refused', (path) => {
  const at = path.startsWith('/') ? path : join(directory, path);

  expect(() => makeStateDirectory(at)).toThrow(`The directory ${at} cannot be made`);
});

test('npm start ends, and says why, when its state cannot be kept', async () => {
  const { code, text } = await refused('--port', '0', '--state', join(directory, 'file'));

  expect(code).toBe(1);
  expect(text).toContain('is a file. Name one that can be written to.');
});
