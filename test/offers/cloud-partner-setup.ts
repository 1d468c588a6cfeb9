import { cloudPartnerApi } from '../../src/activities/offers/cloud-partner/cloud-partner-api';
import { cloudPartnerDirectory } from '../../src/activities/offers/cloud-partner/directory';
import { draftTask } from '../../src/activities/offers/draft-task';
import type { DraftTask, OfferApi, OfferDirectory } from '../../src/activities/offers/offer-api';
import type { Members } from '../../src/domain/json-value';
import { putBackOf } from '../../src/domain/offer/draft-ledger';
import type { DraftLedger } from '../../src/domain/offer/draft-ledger';
import type { OfferContent } from '../../src/domain/offer/offer-content';
import { productKey } from '../../src/domain/product';
import { createCloudPartnerClient, cloudPartnerTransport } from '../../src/partner-center/cloud-partner-portal';
import { createTransport } from '../../src/partner-center/http';
import { createUrlSources } from '../../src/packages';
import { connectStorage } from '../../src/storage/connect';
import { documents } from '../../src/storage/documents';
import { offers } from '../../src/storage/offers';
import { newReleaseId } from '../../src/storage/release-id';
import { work } from '../../src/storage/work';
import type { Emulator } from '../../emulator/start';
import { send, token } from '../emulator/api';
import { countingAllowance, recordingBudget, testTiming } from '../partner-center/fakes';
import type { StorageAccount } from '../support/azurite';
import { storageAccount } from '../support/storage-account';
import { emulatorForFile } from '../support/emulator';

export const title = 'microsoft-azure-marketplace.title';
export const summary = 'microsoft-azure-marketplace.summary';
export const logo = 'microsoft-azure-marketplace.smallLogo';
export const marketo = 'microsoft-azure-marketplace.marketoLeadConfiguration';
export const images = 'microsoft-azure-virtualmachines.vmImages';
export const skuTitle = 'microsoft-azure-virtualmachines.skuTitle';
export const tell = ['release@contoso.example'];
export const secret = 'Contoso~Marketo~Secret';

/** A release's view of one offer, on the real client, the real emulator and real blobs. */
export class OfferWorld {
  readonly api: OfferApi;
  readonly directory: OfferDirectory;
  readonly key: string;
  readonly releaseId = newReleaseId();
  readonly secretsRead: string[] = [];
  private readonly storage;

  constructor(
    readonly emulator: Emulator,
    readonly azurite: StorageAccount,
    private readonly bearer: string,
    readonly offerId: string,
  ) {
    const product = { kind: 'cloud-partner-offer', publisherId: 'contoso', offerId } as const;
    this.key = `${productKey(product)}`;
    this.storage = connectStorage({ connectionString: azurite.connectionString });
    const client = createCloudPartnerClient(
      createTransport({
        ...cloudPartnerTransport,
        baseUrl: `${emulator.https}/api/`,
        scope: 'https://cloudpartner.azure.com/.default',
        credential: {
          getToken: async () => ({ token: this.bearer, expiresOnTimestamp: Date.now() + 3_600_000 }),
          dropToken: () => undefined,
        },
        budget: recordingBudget(),
        timing: testTiming(),
      }),
    );
    const call = { allowance: countingAllowance() };
    this.api = cloudPartnerApi(this.deps(), { client, call, product });
    this.directory = cloudPartnerDirectory({ client, call });
  }

  /** The content with changes, as a release document makes it. */
  applied(content: OfferContent, changes: object): OfferContent {
    const { content: after, faults } = this.judged(content, changes);
    expect(faults).toEqual([]);
    return after;
  }

  judged(content: OfferContent, changes: object) {
    const target = { kind: 'cloud-partner-offer', publisherId: 'contoso', offerId: this.offerId } as const;
    const document = { account: 'contoso', target, changes };
    return this.api.apply(content, { document, packages: [], assets: {} });
  }

  /** Looks, and makes the task that the changes mean; their document is stored as a release stores it. */
  async task(changes: object): Promise<DraftTask> {
    const expected = await this.api.readDraft();
    const { document } = { document: { changes } };
    await documents(this.storage).insert(this.releaseId, document);
    const stored = await documents(this.storage).read<{ changes: object }>(this.releaseId);
    return this.taskOf({ expected, desired: this.applied(expected, stored?.changes ?? {}) });
  }

  taskOf(plan: { expected: OfferContent; desired: OfferContent; isPutBack?: true }): DraftTask {
    const deps = this.deps();
    const product = { kind: 'cloud-partner-offer', publisherId: 'contoso', offerId: this.offerId } as const;
    return draftTask(deps, { releaseId: this.releaseId, run: 1, token: 't', account: 'contoso', product }, plan);
  }

  private deps() {
    return {
      offers: offers(this.storage),
      work: work(this.storage),
      documents: documents(this.storage),
      packages: {
        // No host may be read: no file is recognised.
        open: () => createUrlSources({ allowedHosts: [] }).open('https://assets.contoso.example'),
        drop: () => Promise.reject(new Error('No files')),
      },
      stopping: new AbortController().signal,
      readSecret: async (name: string) => {
        this.secretsRead.push(name);
        return { value: secret, version: 'first' };
      },
      now: () => new Date(),
      settings: {
        sliceMs: 60_000,
        settleMs: 1,
        pollFloorMs: 1,
        requestsPerMinute: 20,
        marketplaceRequestsPerMinute: 20,
      },
    };
  }

  /** The task that a cancel makes of the ledger. */
  async putBack(): Promise<DraftTask> {
    const draft = await this.api.readDraft();
    return this.taskOf({ expected: draft, desired: putBackOf(draft, await this.ledger()).content, isPutBack: true });
  }

  ledger(): Promise<DraftLedger> {
    return offers(this.storage).readLedger(this.key);
  }

  clearLedger(): Promise<DraftLedger> {
    return offers(this.storage).changeLedger(this.key, () => ({ entries: {} }));
  }

  /** What a person does in the portal. */
  person(action: 'edit' | 'publish' | 'goLive' | 'cancel' | 'migrate', more: object = {}): Promise<void> {
    return this.emulator.offers.portal.act({ action, publisher: 'contoso', offer: this.offerId, ...more });
  }

  /** Lets whatever is under way come to its end or to its gate. */
  pass(): Promise<void> {
    return this.emulator.actions.advanceClock('60s');
  }

  requests(operation: string): number {
    return this.emulator.actions.journal({ operation }).length;
  }

  /** The draft as the service has it, with what it never shows. */
  async stored(): Promise<{ offer: Members; plans: readonly Members[] }> {
    const { slots } = await this.emulator.offers.offer('contoso', this.offerId);
    if (slots.draft === null) throw new Error('The offer has no draft');
    return slots.draft;
  }

  /** The draft as the service sends it. */
  async sentOffer(): Promise<unknown> {
    const url = `${this.emulator.https}/api/publishers/contoso/offers/${this.offerId}?api-version=2017-10-31`;
    return (await send(url, { headers: { authorization: `Bearer ${this.bearer}` } })).body;
  }

  /** Publishes the draft, and lets it come to its preview. */
  async preview(): Promise<string> {
    const { publicationId } = await this.api.publish({ changed: [], emails: tell });
    await this.pass();
    return publicationId;
  }
}

/** Worlds for the tests of one file; the ledger of each offer is empty at the start of a test. */
export function worldsForFile(): (offerId: string) => Promise<OfferWorld> {
  const emulator = emulatorForFile();
  const azurite = storageAccount();
  beforeEach(async () => {
    await emulator().reset();
    await emulator().actions.freezeClock();
  });
  return async (offerId) => {
    const bearer = await token(emulator(), emulator().account, 'https://cloudpartner.azure.com/.default');
    const world = new OfferWorld(emulator(), azurite, bearer, offerId);
    await world.clearLedger();
    return world;
  };
}

/** The offer's own members in a content. */
export function membersOf(content: OfferContent | undefined): Members {
  const members = content?.['offer']?.['offer'];
  if (typeof members !== 'object' || members === null) throw new Error('The content has no offer');
  return members as Members; // checked to be an object, and lists do not come here
}
