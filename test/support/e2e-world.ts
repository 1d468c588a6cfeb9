/**
 * The service as it runs on one machine, each part a process of its own: storage, and apps of `dist/`; the emulator lives
 * in the test's process, for its faults, its journal and its state. Blobs go through a proxy that can hold and cut.
 *
 * ```ts
 * const world = e2eWorld({ settings: { PUBLISHER_SETTLE_TIME: 'PT2S' } });   // at the top level, once per file
 * test('…', async () => {
 *   const app = await world().app();          // started when it is not running
 *   const pipeline = world().pipeline();
 *   …
 *   await app.kill();                         // kill -9; world().app() starts it again on the same state
 * });
 * ```
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStorage, type Storage } from '../../embedded/storage/launcher';
import type { Emulator, EmulatorOptions } from '../../emulator/start';
import { startProgram, type Program } from './embedded-process';
import { CLIENTS, expectNothingLeft, startTrustedEmulator } from './emulator';
import { startE2eProxy, type E2eProxy } from './e2e-proxy';
import { account, Pipeline, type Door } from './e2e-pipeline';

const root = join(__dirname, '../..');
const dist = join(root, 'dist');

/** A running app. */
export interface E2eApp extends Door {
  readonly process: Program;
  /** What it has logged so far. */
  log(): string;
  /** `kill -9`, as a crash. */
  kill(): Promise<void>;
  /** SIGTERM, as a deployment. */
  stop(): Promise<unknown>;
}

export interface E2eWorldOptions {
  readonly settings?: Readonly<Record<string, string>>;
  readonly emulator?: EmulatorOptions;
}

/** One world for the tests of this file. Call it at the top level; what it returns gives the world in a test. */
export function e2eWorld(options: E2eWorldOptions = {}): () => E2eWorld {
  let world: E2eWorld | undefined;
  beforeAll(async () => {
    world = await E2eWorld.start(options);
  });
  afterEach(async () => {
    if (world !== undefined) await expectNothingLeft(world.emulator);
  });
  afterAll(() => world?.end());
  return () => {
    if (world === undefined) throw new Error('The world exists within tests only');
    return world;
  };
}

interface Ground {
  readonly directory: string;
  readonly emulator: Emulator;
  storage: Storage;
  readonly blobs: E2eProxy;
}

export class E2eWorld {
  private readonly apps = new Map<string, E2eApp>();
  private readonly logs: (() => string)[] = [];

  private constructor(
    private readonly ground: Ground,
    private readonly options: E2eWorldOptions,
  ) {}

  static async start(options: E2eWorldOptions): Promise<E2eWorld> {
    if (!existsSync(join(dist, 'src/main.js'))) throw new Error('There is nothing to run: npm run build');
    const directory = mkdtempSync(join(tmpdir(), 'publisher-e2e-'));
    const storage = await startStorageIn(directory);
    const blobs = await startE2eProxy(new URL(storage.blobEndpoint).origin);
    const emulator = await startTrustedEmulator({
      certification: '50ms',
      storage: through(storage, blobs),
      ...options.emulator,
    });
    return new E2eWorld({ directory, emulator, storage, blobs }, options);
  }

  get emulator(): Emulator {
    return this.ground.emulator;
  }

  /** Between everybody and the blobs. */
  get blobs(): E2eProxy {
    return this.ground.blobs;
  }

  /** What opens our storage, past the proxy. */
  get connectionString(): string {
    return this.ground.storage.connectionString;
  }

  get directory(): string {
    return this.ground.directory;
  }

  /** The app of this name, started when it is not running; each name has a state of its own. */
  async app(name = 'app', settings: Readonly<Record<string, string>> = {}): Promise<E2eApp> {
    const running = this.apps.get(name);
    if (running !== undefined) return running;
    const app = await this.startApp(name, settings);
    this.apps.set(name, app);
    return app;
  }

  /** The state directory of an app. */
  stateOf(name = 'app'): string {
    return join(this.directory, name);
  }

  /** A pipeline that speaks to the app of this name, whichever process that is at the time. */
  pipeline(name = 'app'): Pipeline {
    return new Pipeline(() => {
      const app = this.apps.get(name);
      if (app === undefined) throw new Error(`The app "${name}" does not run`);
      return app;
    });
  }

  /** What all apps have printed, those that have ended included. */
  output(): string {
    return this.logs.map((log) => log()).join('\n');
  }

  /** `kill -9`, as a crash. */
  async killStorage(): Promise<void> {
    const { storage } = this.ground;
    process.kill(storage.pid, 'SIGKILL');
    await storage.ended;
  }

  /** Starts the storage again on what is left of it, at its usual ports. */
  async restartStorage(): Promise<void> {
    const { connectionString } = this.ground.storage;
    this.ground.storage = await startStorageIn(this.directory);
    expect(this.ground.storage.connectionString).toBe(connectionString);
  }

  async end(): Promise<void> {
    await Promise.all([...this.apps.values()].map((app) => app.kill()));
    await this.emulator.stop();
    await this.blobs.close();
    await this.ground.storage.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async startApp(name: string, settings: Readonly<Record<string, string>>): Promise<E2eApp> {
    const args = ['--app', root, '--state', this.stateOf(name), '--json'];
    const program = await startProgram(join(dist, 'embedded/main.js'), args, {
      ...appSettings(this.emulator, through(this.ground.storage, this.blobs)),
      ...this.options.settings,
      ...settings,
    });
    let printed = '';
    program.process.stdout?.on('data', (text: Buffer) => (printed += text.toString()));
    const log = (): string => `${program.stderr()}${printed}`;
    this.logs.push(log);
    const end = (signal: NodeJS.Signals) => async (): Promise<unknown> => {
      this.apps.delete(name);
      return program.end(signal);
    };
    const { url = '', hostKey = '' } = program.ready;
    return {
      url,
      hostKey,
      process: program,
      log,
      kill: async () => void (await end('SIGKILL')()),
      stop: end('SIGTERM'),
    };
  }
}

function startStorageIn(directory: string): Promise<Storage> {
  return startStorage({ directory: join(directory, 'storage'), program: join(dist, 'embedded/storage/main.js') });
}

/** The connection string with its blobs behind the proxy. */
function through({ connectionString }: Storage, { url }: E2eProxy): string {
  return connectionString.replace(/(BlobEndpoint=)http:\/\/[^/]+/, `$1${url}`);
}

/** Leads an app to the emulator, at a pace for tests. */
function appSettings({ https, ca, account: identity }: Emulator, storage: string): Record<string, string> {
  const { tenantId, clientId } = identity;
  const credential = { kind: 'client-secret', secret: 'contoso-client-secret' };
  return {
    AzureWebJobsStorage: storage,
    NODE_EXTRA_CA_CERTS: ca,
    PUBLISHER_ACCOUNTS: JSON.stringify({ [account]: { tenantId, clientId, credential } }),
    PUBLISHER_KEY_VAULT_URL: https,
    PUBLISHER_AUTHORITY_HOST: https,
    PUBLISHER_STORE_API_URL: https,
    PUBLISHER_MARKETPLACE_API_URL: https,
    PUBLISHER_CLOUD_PARTNER_API_URL: https,
    PUBLISHER_POLL_FLOOR: 'PT1S',
    PUBLISHER_SETTLE_TIME: 'PT2S',
    PUBLISHER_REQUESTS_PER_MINUTE: '1000',
    AZURE_AUTHORITY_HOST: https,
    AZURE_TENANT_ID: tenantId,
    // The app's own identity may read the vault, and nothing else.
    AZURE_CLIENT_ID: CLIENTS.vaultReader.clientId,
    AZURE_CLIENT_SECRET: CLIENTS.vaultReader.clientSecret,
  };
}

/** What the keys file of an app holds: the host's, the master's and each function's. */
export function keysIn(stateDirectory: string): string[] {
  const keys = JSON.parse(readFileSync(join(stateDirectory, 'keys.json'), 'utf8')) as Record<string, unknown>;
  return Object.values(keys).flatMap((value) =>
    typeof value === 'string' ? [value] : Object.values(value as Record<string, string>),
  );
}
