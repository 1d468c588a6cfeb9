/** The port of the submission API on the emulator and Azurite: the real client, the real identity library, real blobs. */
import { ClientSecretCredential } from '@azure/identity';
import { createHash } from 'node:crypto';
import type { Emulator } from '../../emulator/start';
import { marketplaceDirectory } from '../../src/activities/offers/marketplace/directory';
import { ofMarketplace } from '../../src/activities/offers/marketplace/failures';
import { marketplaceApi } from '../../src/activities/offers/marketplace/marketplace-api';
import type { DraftTask, OfferApi, OfferDirectory, TaskFile } from '../../src/activities/offers/offer-api';
import type { Failure, Result } from '../../src/domain/failure';
import { withIntent, withReadBack } from '../../src/domain/offer/draft-ledger';
import { offerKey } from '../../src/domain/offer/offer';
import type { Members, OfferContent } from '../../src/domain/offer/offer-content';
import { memorySource, piecesOf } from '../../src/packages';
import { createTransport } from '../../src/partner-center/http';
import { createIngestionClient, ingestionTransport } from '../../src/partner-center/ingestion';
import { connectStorage, type Storage } from '../../src/storage/connect';
import { offers as openOffers } from '../../src/storage/offers';
import { IngestionApi, png } from '../emulator/ingestion-api';
import { countingAllowance, recordingBudget, testTiming } from '../partner-center/fakes';
import { storageAccount } from '../support/storage-account';

export interface MarketplaceWorld {
  readonly emulator: Emulator;
  readonly storage: Storage;
  readonly offers: ReturnType<typeof openOffers>;
  /** A plain client, for what others do. */
  readonly raw: IngestionApi;
  readonly directory: OfferDirectory;
  /** A new activity run on a product. */
  api(productId: string): OfferApi;
  task(productId: string, plan: TaskPlan): DraftTask;
}

export interface TaskPlan {
  readonly expected: OfferContent;
  readonly desired: OfferContent;
  readonly releaseId?: string;
  readonly files?: readonly Buffer[];
  readonly secrets?: Readonly<Record<string, string>>;
  /** The document's changes with their queries. */
  readonly whole?: object;
  readonly isOver?: () => boolean;
}

/** One storage for the tests of this file; each test has records of its own, since it has a product of its own or resets. */
export function marketplaceWorld(emulator: () => Emulator): () => MarketplaceWorld {
  const azurite = storageAccount();
  let world: MarketplaceWorld;
  beforeEach(async () => {
    await emulator().reset();
    // Whatever the service likes to do: nothing may rely on the order of branches, or on lists that come whole.
    await emulator().actions.setSwitches({ 'ingestion.pages': 'irregular', 'ingestion.branchOrder': 'newestFirst' });
    const storage = connectStorage({ connectionString: azurite.connectionString });
    await clear(storage);
    world = await open(emulator(), storage);
  });
  return () => world;
}

async function clear(storage: Storage): Promise<void> {
  const container = await storage.container('offers');
  for await (const { name } of container.listBlobsFlat()) await container.deleteBlob(name);
}

async function open(emulator: Emulator, storage: Storage): Promise<MarketplaceWorld> {
  const { account, https } = emulator;
  const credential = new ClientSecretCredential(account.tenantId, account.clientId, account.clientSecret, {
    authorityHost: https,
    disableInstanceDiscovery: true,
  });
  const transport = createTransport({
    ...ingestionTransport,
    baseUrl: `${https}/v1.0/ingestion/`,
    credential,
    scope: 'https://api.partner.microsoft.com/.default',
    budget: recordingBudget(),
    timing: testTiming(),
  });
  const session = {
    client: createIngestionClient(transport),
    call: { allowance: countingAllowance() },
    pauseMs: 1,
  };
  const offers = openOffers(storage);
  return {
    emulator,
    storage,
    offers,
    raw: await IngestionApi.signIn(emulator),
    directory: marketplaceDirectory(session),
    api: (productId) => marketplaceApi({ offers }, { ...session, product: { kind: 'marketplace-product', productId } }),
    task: (productId, plan) => taskOf(offers, keyOf(productId), plan),
  };
}

export function keyOf(productId: string): string {
  return offerKey({ kind: 'marketplace-product', productId });
}

function taskOf(offers: ReturnType<typeof openOffers>, key: string, plan: TaskPlan): DraftTask {
  const { expected, desired, releaseId = 'rel_1', files = [], secrets = {}, isOver = () => false } = plan;
  const own = new Map(files.map((bytes) => [sha256Of(bytes), fileOf(bytes)]));
  return {
    releaseId,
    expected,
    desired,
    ledger: {
      read: () => offers.readLedger(key),
      intend: async (resource, there, wanted) => {
        await offers.changeLedger(key, (ledger) => withIntent(ledger, releaseId, { key: resource, there, wanted }));
      },
      readBack: async (resource, there, isAsWanted = false) => {
        await offers.changeLedger(key, (ledger) => withReadBack(ledger, resource, there, isAsWanted));
      },
    },
    files: {
      find: async (sha256) => {
        const mine = own.get(sha256);
        if (mine !== undefined)
          return { ...mine, file: { name: sha256, pointer: '/packages/0', releaseId, part: 'packages', index: 0 } };
        const kept = await offers.readFile(key, sha256);
        return kept === undefined ? undefined : fileOf(kept);
      },
      keep: (sha256, bytes) => offers.keepFile(key, sha256, bytes),
    },
    secretOf: async (name) => ({ value: secrets[name] ?? '' }),
    wholeChanges: async () => plan.whole,
    isOver,
    signal: new AbortController().signal,
  };
}

function fileOf(bytes: Uint8Array): TaskFile {
  return { size: bytes.length, pieces: piecesOf(bytes), open: async () => memorySource(bytes) };
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A content with some resources changed; `null` takes one out. */
export function changed(content: OfferContent, changes: Readonly<Record<string, Members | null>>): OfferContent {
  const entries = Object.entries({ ...content, ...changes });
  return Object.fromEntries(entries.flatMap(([key, value]) => (value === null ? [] : [[key, value]])));
}

/** What a `Result` holds. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

/** What a call was refused with: as a `Result`, or thrown and read by the port's own reading. */
export async function failureOf(call: Promise<unknown>): Promise<Failure> {
  try {
    const result = (await call) as Partial<Extract<Result<unknown>, { ok: false }>>;
    if (result.ok === false && result.failure !== undefined) return result.failure;
  } catch (error) {
    const failure = ofMarketplace(error);
    if (failure === undefined) throw error;
    return failure;
  }
  throw new Error('It succeeded');
}

/** Does what an activity does after unclear answers: calls again. */
export async function untilClear<T>(call: () => Promise<Result<T>>): Promise<Result<T>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (attempt === 5 || ofMarketplace(error)?.retryable !== true) throw error;
    }
  }
}

/** All that is in the container of offers, as text. */
export async function everythingStored({ storage }: MarketplaceWorld): Promise<string> {
  const container = await storage.container('offers');
  const texts: string[] = [];
  for await (const { name } of container.listBlobsFlat()) {
    texts.push((await container.getBlobClient(name).downloadToBuffer()).toString('latin1'));
  }
  return texts.join('\n');
}

/** As an activity does: plain resources, then files, slice by slice, until all is done. */
export async function deliverTo(world: MarketplaceWorld, product: string, plan: TaskPlan): Promise<void> {
  const task = (): DraftTask => world.task(product, plan);
  valueOf(await untilClear(() => world.api(product).write(task())));
  for (let slice = 1; ; slice++) {
    const sent = valueOf(await untilClear(() => world.api(product).upload(task())));
    if (sent.done) return;
    if (slice > 30) throw new Error(`It does not end: ${JSON.stringify(sent)}`);
    await world.emulator.actions.advanceClock('2s');
  }
}

/** A file as a list of a listing has it. */
export function picture(fileName: string, bytes: Buffer, said: Members = {}): Members {
  return { fileName, bytes: `sha256:${sha256Of(bytes)}`, ...said };
}

/** A wide logo that differs from others by its label. */
export function labelled(label: string): Buffer {
  return Buffer.concat([png(255, 115), Buffer.from(label)]);
}

const configurationKey = 'plans/basic/packageConfiguration';

/** A content with another package of its first plan. */
export function withPackage(before: OfferContent, fileName: string, bytes: Buffer, version: string): OfferContent {
  const packages = [{ type: 'AzureApplicationPackage', fileName, bytes: `sha256:${sha256Of(bytes)}` }];
  return changed(before, { [configurationKey]: { ...before[configurationKey], version, packages } });
}

/** One change of every kind that needs no files, on the content of the seeded application. */
export function everyKind(before: OfferContent): OfferContent {
  const basic = before['plans/basic/availability'] ?? {};
  return changed(before, {
    setup: { ...before['setup'], sellingOption: 'ListingOnly', callToAction: 'free' },
    resellerConfiguration: { resellerChannelState: 'Disabled', tenantIds: [] },
    property: { ...before['property'], termsOfUse: 'https://contoso.example/new-terms' },
    availability: { ...before['availability'], enterpriseLicensing: 'None' },
    'listings/en-us': { ...before['listings/en-us'], description: 'Watches more.' },
    'plans/basic': { ...before['plans/basic'], friendlyName: 'Basic, renamed' },
    'plans/basic/listings/en-us': { ...before['plans/basic/listings/en-us'], summary: 'For less.' },
    'plans/basic/availability': { ...basic, marketStates: { ...(basic['marketStates'] as Members), AT: 'Enabled' } },
    'plans/basic/packageConfiguration': { ...before['plans/basic/packageConfiguration'], version: '1.0.1' },
  });
}
