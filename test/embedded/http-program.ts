import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type IncomingHttpHeaders, request as send } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildEmbedded, type Program, startProgram } from '../support/embedded-process';

/** The runtime in a process of its own, with the app of HTTP functions. */
export interface HttpProgram {
  readonly program: Program;
  readonly directory: string;
  /** `http://host:port`. */
  readonly origin: string;
  /** Sends a request as it is written: nothing is normalised, encoded or added but Host. */
  raw(path: string, options?: RawRequest): Promise<RawAnswer>;
  /** What the app has recorded outside of the process, line by line. */
  effects(): string[];
  end(): Promise<void>;
}

export interface RawRequest {
  readonly method?: string;
  /** Name and value in turn: a name may come twice. */
  readonly headers?: readonly string[];
  readonly body?: string | Uint8Array;
  /** Sends the body without its length. */
  readonly chunked?: boolean;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

export async function startHttpApp(env: Record<string, string> = {}): Promise<HttpProgram> {
  const directory = mkdtempSync(join(tmpdir(), 'http-app-'));
  const effectsFile = join(directory, 'effects.txt');
  const app = join(__dirname, '../fixtures/http-app');
  const args = ['--app', app, '--state', join(directory, 'state'), '--json'];
  const program = await startProgram(join(buildEmbedded(), 'main.js'), args, { EFFECTS_FILE: effectsFile, ...env });
  const origin = program.ready['url'] ?? '';
  return {
    program,
    directory,
    origin,
    raw: (path, options) => raw(origin, path, options),
    effects: () => readFileSync(effectsFile, 'utf8').trim().split('\n'),
    async end() {
      await program.end('SIGTERM');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Sends one request on a connection of its own. */
export function raw(origin: string, path: string, options: RawRequest = {}): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(origin);
  const { method = 'GET', headers = [], body, chunked = false } = options;
  const length = body === undefined || chunked ? [] : ['Content-Length', String(Buffer.byteLength(body))];
  const encoding = chunked ? ['Transfer-Encoding', 'chunked'] : [];
  const own = headers.some((name, index) => index % 2 === 0 && name.toLowerCase() === 'host') ? [] : ['Host', host];
  return new Promise((resolve, reject) => {
    const request = send({ hostname, port, path, method, headers: [...own, ...length, ...encoding, ...headers] });
    request.on('error', reject).on('response', (response) => {
      let text = '';
      response.setEncoding('latin1').on('data', (part: string) => (text += part));
      response.on('error', reject).on('end', () => {
        const { statusCode: status = 0, headers: received, rawHeaders } = response;
        resolve({ status, headers: received, rawHeaders, body: text });
      });
    });
    request.end(body);
  });
}
