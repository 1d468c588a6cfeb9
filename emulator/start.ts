import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { OfferControl } from './cloud-partner/control/offer-control';
import { offerRoutes } from './cloud-partner/control/routes';
import { settleOffers } from './cloud-partner/lifecycle/settle-offers';
import { cloudPartnerOperations } from './cloud-partner/operations';
import { Actions } from './control/actions';
import { happen } from './control/meanwhile';
import { Portal } from './control/portal';
import { controlRoutes } from './control/routes';
import { serverCertificate } from './core/certificates';
import { Clock } from './core/clock';
import { makeDirectory } from './core/directory';
import { Database } from './core/database';
import { Dispatcher } from './core/dispatcher';
import { parseDuration } from './core/duration';
import { Faults } from './core/faults';
import { Journal } from './core/journal';
import { addRelayedRoutes, createRoutes, listenHttp, listenHttps, type Listener } from './core/server';
import type { Services } from './core/services';
import { Switches } from './core/settings';
import { openSigningKey } from './core/signing-key';
import { World } from './core/world';
import { discoveryOperations } from './entra/discovery';
import { tokenOperations } from './entra/token';
import { getSecretOperations } from './key-vault/get-secret';
import { listSecretsOperations } from './key-vault/list-secrets';
import { missingVaultOperations } from './key-vault/missing-operations';
import { ingestionOperations } from './ingestion/operations';
import { settleProducts } from './ingestion/settle';
import { keepStrangersOut } from './page/guard';
import { pageRoutes } from './page/routes';
import { plant, printedAccount, readSeed } from './seed/load';
import { Seed, type SeedInput } from './seed/schema';
import { uploadOperations } from './storage/upload-operations';
import { UploadStorage } from './storage/upload-storage';
import { settle } from './store/lifecycle/settle';
import { storeOperations } from './store/operations';
import { RateLimit } from './store/rate-limit';

/** How to start an emulator; everything may be left out. */
export interface EmulatorOptions {
  /** HTTPS port; 0 = any free one (default). */
  readonly port?: number;
  /** Plain HTTP port; 0 = any free one; absent = no plain HTTP. */
  readonly httpPort?: number;
  /** Path of a seed file, or a seed; absent = the default seed. */
  readonly seed?: string | SeedInput;
  /** Folder for state, certificate authority and blobs; absent = a temporary one, removed by `stop`. */
  readonly data?: string;
  /** From commit to publication: milliseconds or a duration such as `5s`. Default `5s`. */
  readonly certification?: number | string;
  /** Connection string of a storage account for uploads; absent = an Azurite of its own, started when first needed. */
  readonly storage?: string;
  readonly switches?: Partial<Switches>;
}

/** A running emulator. */
export interface Emulator {
  /** Origin, such as `https://localhost:41234`. */
  readonly https: string;
  /** Origin for plain HTTP, if asked for. */
  readonly http?: string;
  /** Path of the certificate authority's PEM file. */
  readonly ca: string;
  /** Base URL of the control endpoint. */
  readonly control: string;
  /** The seed's first identity. */
  readonly account: { readonly tenantId: string; readonly clientId: string; readonly clientSecret: string };
  /** What the control endpoint does, in process. */
  readonly actions: Actions;
  readonly portal: Portal;
  /** The same for offers of the Cloud Partner Portal. */
  readonly offers: OfferControl;
  /** Starts the upload storage now rather than when it is first needed. */
  readonly startStorage: () => Promise<void>;
  /** Back to the seed: state, clock, settings, faults and journal. */
  readonly reset: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts an emulator on loopback ports. Leaves nothing behind when it cannot. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const seed = typeof options.seed === 'object' ? Seed.parse(options.seed) : readSeed(options.seed);
  const directory = options.data === undefined ? mkdtempSync(join(tmpdir(), 'pcp-emulator-')) : resolve(options.data);
  makeDirectory(directory);
  const database = new Database(options.data === undefined ? ':memory:' : join(directory, 'emulator.sqlite'));
  const services = createServices(options, seed, { directory, database });
  const dispatcher: Dispatcher = new Dispatcher(services, {
    settle: async () => {
      settleOffers(services);
      await settle(services);
      await settleProducts(services);
    },
    happen: (what, call) => happen({ actions, portal, offers }, what, call),
  });
  const actions = new Actions(services, dispatcher);
  const portal = new Portal(services, dispatcher);
  const offers = new OfferControl(services, dispatcher);
  const own = [
    ...controlRoutes(services, actions, portal),
    ...offerRoutes(offers),
    ...pageRoutes(services, dispatcher),
  ];
  const operations = allOperations(services);
  const uploads = uploadOperations(services);
  services.faults.know([...operations, ...uploads].map(({ name }) => name));
  const app = createRoutes(operations, own, dispatcher);
  addRelayedRoutes(app, uploads, dispatcher);
  keepStrangersOut(app);
  const listeners: Listener[] = [];
  const stop = once(async () => {
    services.faults.clear();
    await Promise.all(listeners.map((listener) => listener.close()));
    await app.close();
    await services.storage.stop();
    database.close();
    if (options.data === undefined) rmSync(directory, { recursive: true, force: true });
  });
  try {
    const certificate = await serverCertificate(directory);
    listeners.push(await listenHttps(app, certificate, options.port ?? 0));
    if (options.httpPort !== undefined) listeners.push(await listenHttp(app, options.httpPort));
    const [https = '', http] = listeners.map((listener) => listener.origin);
    return {
      https,
      ...(http !== undefined && { http }),
      ca: certificate.caFile,
      control: `${https}/control`,
      account: printedAccount(seed),
      actions,
      portal,
      offers,
      startStorage: () => services.storage.start(),
      reset: () => actions.reset(),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function once(task: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= task());
}

function createServices(
  options: EmulatorOptions,
  seed: Seed,
  place: { directory: string; database: Database },
): Services {
  const { certification = '5s' } = options;
  const settings = {
    certification: typeof certification === 'number' ? certification : parseDuration(certification),
    switches: Switches.parse(options.switches ?? {}),
  };
  const world = new World(place.database, () => plant(seed, settings));
  // What was kept from an earlier run gives way to what is asked for now.
  if (options.certification !== undefined) world.settings.certification = settings.certification;
  Object.assign(world.settings.switches, options.switches);
  world.flush();
  const clock = new Clock(() => world.clock);
  return {
    world,
    clock,
    faults: new Faults(),
    journal: new Journal(place.database),
    signingKey: openSigningKey(place.directory),
    storage: new UploadStorage(
      options.data === undefined ? undefined : join(place.directory, 'blobs'),
      options.storage,
    ),
    rateLimit: new RateLimit(world, clock),
  };
}

function allOperations(services: Services) {
  return [
    ...tokenOperations(services),
    ...discoveryOperations(services),
    ...getSecretOperations(services),
    ...listSecretsOperations(services),
    ...missingVaultOperations(),
    ...storeOperations(services),
    ...cloudPartnerOperations(services),
    ...ingestionOperations(services),
  ];
}
