/**
 * The whole app on the real durable engine with a virtual clock, against the emulator over HTTPS and a real Azurite:
 * everything is real but time. Releases run for days in milliseconds, and may be killed at any named point.
 *
 * ```ts
 * const world = releaseWorld();                      // one storage account, one emulator for the file
 * const app = await world().app();                   // one app: a durable host of its own, shared storage
 * const id = await app.release({ changes: … });      // the record is written and the run started
 * await app.host.run(app.instanceOf(id));
 * expect(await app.view(id)).toMatchObject({ state: 'succeeded' });
 * ```
 *
 * The emulator's clock moves by `pollAdvance` after each poll of a status, so that a certification takes three polls.
 */
import { createHash } from 'node:crypto';
import { createActivities, type Activities } from '../../src/activities';
import { registerApp } from '../../src/app';
import { readSettings } from '../../src/config/settings';
import { FunctionName, instanceIdOf } from '../../src/contracts/names';
import { isOfferKind } from '../../src/contracts/target-kinds';
import { foreignIdOf } from '../../src/domain/product';
import { newReleaseView } from '../../src/domain/new-release';
import type { ReleaseView } from '../../src/domain/release';
import type { ReleaseDocument } from '../../src/domain/release-document';
import type { TimelineEntry } from '../../src/domain/release-event';
import { uploadId } from '../../src/packages';
import { openRooms, type Rooms } from '../../src/rooms';
import { createServices } from '../../src/services';
import type { BudgetClock } from '../../src/storage/budget-row';
import type { ObservedRequest, RequestObserver } from '../../src/storage/connect';
import { newReleaseId } from '../../src/storage/release-id';
import type { StorageAccount } from './azurite';
import { storageAccount } from './storage-account';
import { createDurableHost, type DurableHost } from './durable-host';
import { APPS, emulatorForFile } from './emulator';
import { buildMsix } from './msix';
import type { Emulator } from '../../emulator/start';

export const account = 'contoso';
const publisher = 'CN=0BE04A07-4250-427B-B4BC-000000000001';

/** A package of the default seed's published app. */
export interface SamplePackage {
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly upload: string;
}

export interface World {
  readonly azurite: StorageAccount;
  readonly emulator: Emulator;
  /** An app on the shared storage and emulator; `settings` besides the usual. */
  app(settings?: Record<string, string>): Promise<ReleaseApp>;
}

/** Sets up the world for a test file; call it at the top level. `certification` is the emulator's. */
export function releaseWorld(options: { readonly certification?: string } = {}): () => World {
  const emulator = emulatorForFile({ certification: '60s', ...options });
  const azurite = storageAccount();
  const apps: ReleaseApp[] = [];
  beforeAll(async () => {
    const { https, account: identity } = emulator();
    // The identity of the app itself, as the platform would give it.
    process.env['AZURE_AUTHORITY_HOST'] = https;
    process.env['AZURE_TENANT_ID'] = identity.tenantId;
    process.env['AZURE_CLIENT_ID'] = identity.clientId;
    process.env['AZURE_CLIENT_SECRET'] = identity.clientSecret;
  });
  afterEach(() => apps.splice(0).forEach((app) => app.host.close()));
  return () => {
    return {
      azurite,
      emulator: emulator(),
      app: async (settings = {}) => {
        const app = await ReleaseApp.start(emulator(), azurite, settings);
        apps.push(app);
        return app;
      },
    };
  };
}

export class ReleaseApp {
  private constructor(
    readonly host: DurableHost,
    readonly rooms: Rooms,
    /** The activities themselves, for a test that calls them without an orchestrator. */
    readonly activities: Activities,
    private readonly world: { readonly death: Death; readonly emulator: Emulator },
  ) {}

  static async start(emulator: Emulator, azurite: StorageAccount, extra: Record<string, string>): Promise<ReleaseApp> {
    const { https, account: identity } = emulator;
    const credential = { kind: 'client-secret', secret: 'contoso-client-secret' };
    const { tenantId, clientId } = identity;
    const settings = readSettings({
      PUBLISHER_ACCOUNTS: JSON.stringify({ [account]: { tenantId, clientId, credential } }),
      PUBLISHER_KEY_VAULT_URL: https,
      PUBLISHER_AUTHORITY_HOST: https,
      PUBLISHER_STORE_API_URL: https,
      PUBLISHER_MARKETPLACE_API_URL: https,
      PUBLISHER_CLOUD_PARTNER_API_URL: https,
      PUBLISHER_STORAGE: azurite.connectionString,
      PUBLISHER_REQUESTS_PER_MINUTE: '1000',
      PUBLISHER_MARKETPLACE_REQUESTS_PER_MINUTE: '1000',
      ...extra,
    });
    const started: { host?: DurableHost } = {};
    const now = (): Date => started.host?.now ?? new Date();
    const budgetClock = virtualBudgetClock(now);
    const death: Death = { isDead: false };
    const surroundings = { now, budgetClock, storageObserver: mortal(death) };
    const host = await createDurableHost({
      now: new Date(),
      register: () => registerApp(createServices(settings, surroundings)),
    });
    started.host = host;
    const rooms = openRooms(settings, { budgetClock });
    const deps = { ...rooms, settings, stopping: new AbortController().signal, now };
    const app = new ReleaseApp(
      host,
      rooms,
      createActivities(deps, { ring: async () => undefined, log: () => undefined }),
      { death, emulator },
    );
    app.moveCertification('25s');
    return app;
  }

  /** Lets the emulator's time pass with each poll. */
  moveCertification(by: string): () => void {
    const polls = [FunctionName.pollStoreSubmission, FunctionName.pollOffer, FunctionName.uploadOfferFiles];
    const move = () => this.world.emulator.actions.advanceClock(by);
    const stops = polls.map((poll) => this.host.at('activity-returned', move, poll));
    return () => stops.forEach((stop) => stop());
  }

  /**
   * Kills the app at its n-th request to our storage, counted from now: before it is sent, or once it was applied and
   * before the answer is seen. From then on, nothing of what still runs reaches storage.
   */
  dieAtStorageRequest(n: number, when: 'before' | 'after'): void {
    Object.assign(this.world.death, { left: n, when, kill: () => this.host.kill() });
  }

  /** Whether the hour of `dieAtStorageRequest` has come. */
  get hasDied(): boolean {
    return this.world.death.isDead;
  }

  /** The request that was to be died at: method and path. */
  get hour(): string {
    const { last } = this.world.death;
    return last === undefined ? 'none' : `${last.method} ${new URL(last.url).pathname}`;
  }

  /** How many requests to our storage the app has made since the last count was begun. */
  countStorageRequests(): () => number {
    this.world.death.seen = 0;
    return () => this.world.death.seen ?? 0;
  }

  /** Starts the app again after it died. */
  revive(): void {
    Object.assign(this.world.death, { isDead: false, left: undefined, last: undefined });
    this.host.restart();
  }

  /** Builds a package and leaves it as a pipeline does. */
  async upload(
    version = '9.0.0.0',
    fileName = `Contoso.Notes_${version}_x64.msix`,
    architecture: 'x64' | 'arm64' = 'x64',
  ): Promise<SamplePackage> {
    const languages = ['en-US', 'de-DE'];
    const bytes = await buildMsix({ name: 'Contoso.Notes', publisher, version, architecture, languages });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const container = await this.rooms.storage.container('uploads');
    await container.getBlockBlobClient(sha256).uploadData(bytes);
    return { fileName, bytes, sha256, upload: uploadId(sha256) };
  }

  /** Stores a release and starts its run; the document is completed with account and target. */
  async release(document: Partial<ReleaseDocument>): Promise<string> {
    const id = await this.store(document);
    this.startRun(id, 1, document.target?.kind);
    return id;
  }

  /** Stores a release without starting it. */
  async store(document: Partial<ReleaseDocument>): Promise<string> {
    const whole: ReleaseDocument = {
      account,
      target: { kind: 'store-app', applicationId: APPS.published },
      ...document,
    };
    const id = newReleaseId();
    const at = this.host.now.toISOString();
    await this.rooms.documents.insert(id, whole);
    await this.rooms.releases.insert({
      view: newReleaseView(id, whole, { by: null, at }),
      tenant: this.world.emulator.account.tenantId,
      product: foreignIdOf(whole.target),
      docHash: id,
      idempotency: null,
    });
    return id;
  }

  /** Of the account. */
  get tenant(): string {
    return this.world.emulator.account.tenantId;
  }

  startRun(id: string, run: number, kind: ReleaseDocument['target']['kind'] = 'store-app'): void {
    const name = isOfferKind(kind) ? FunctionName.publishToMarketplace : FunctionName.publishToStore;
    this.host.start(name, { releaseId: id, run }, instanceIdOf(id, run));
  }

  /** What `POST …/retry` does. */
  async retry(id: string): Promise<void> {
    const { record } = await this.rooms.releases.retryRun(id, this.host.now.toISOString());
    this.startRun(id, record.view.run, record.view.target.kind);
  }

  instanceOf(id: string, run = 1): string {
    return instanceIdOf(id, run);
  }

  /** Runs a release to its end. */
  async finish(id: string, run = 1): Promise<ReleaseView> {
    await this.host.run(this.instanceOf(id, run));
    return this.view(id);
  }

  async view(id: string): Promise<ReleaseView> {
    const found = await this.rooms.releases.read(id);
    if (found === undefined) throw new Error(`There is no release ${id}`);
    return found.record.view;
  }

  async timeline(id: string): Promise<readonly TimelineEntry[]> {
    return (await this.rooms.timeline.list(id, 200)).value;
  }
}

interface Death {
  isDead: boolean;
  seen?: number;
  left?: number;
  when?: 'before' | 'after';
  /** The request that is died at. */
  last?: ObservedRequest | undefined;
  kill?: () => void;
}

/** Lets no request of a dead process through, and ends it at its hour. */
function mortal(death: Death): RequestObserver {
  const die = (): never => {
    death.isDead = true;
    death.kill?.();
    throw new Error('The process is dead.');
  };
  return {
    before: (request) => {
      if (death.isDead) throw new Error('The process is dead.');
      death.seen = (death.seen ?? 0) + 1;
      if (death.left !== undefined) death.left -= 1;
      if (death.left !== 0) return;
      // Requests overlap: what counts is the answer of this one, however many were sent meanwhile.
      death.last = request;
      if (death.when === 'before') die();
    },
    after: (request) => {
      if (death.isDead || (request === death.last && death.when === 'after')) die();
    },
  };
}

/** Time passes for the budget as it does for the host, and when the budget waits. */
function virtualBudgetClock(now: () => Date): BudgetClock {
  let waited = 0;
  const time = (): number => now().getTime() + waited;
  return {
    monotonic: time,
    serviceTime: time,
    delay: async (ms) => {
      waited += ms;
    },
  };
}

/** How many requests of an operation reached the emulator. */
export function requestsOf(emulator: Emulator, operation: string): number {
  return emulator.actions.journal({ operation }).length;
}

/** The submissions that were made since the seed, of whatever app. */
export async function submissionsMade(emulator: Emulator): Promise<string[]> {
  const { submissions } = (await emulator.actions.state()) as { submissions: Record<string, unknown> };
  return Object.keys(submissions).filter((id) => id >= firstMadeSubmission);
}

/** The emulator numbers what it makes from here. */
const firstMadeSubmission = '1152921505700600001';
