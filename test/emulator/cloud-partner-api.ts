/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return -- documents are loose JSON here */
/** A plain client of the emulator's Cloud Partner Portal API: it hides nothing and repeats nothing. */
import type { Emulator } from '../../emulator/start';
import { send, token, type Json, type Reply } from './api';

const SCOPE = 'https://cloudpartner.azure.com/.default';
const VERSION = '2017-10-31';

/** Offers of the default seed, named by their state, below `publishers/`. */
export const OFFERS = {
  /** Live, with the plan `base`. */
  live: 'contoso/offers/contoso-linux',
  /** Live, and taken over by Partner Center. */
  migrated: 'contoso/offers/contoso-linux-pro',
  neverPublished: 'contoso/offers/contoso-gateway',
  /** Of another account. */
  foreign: 'fabrikam/offers/fabrikam-router',
} as const;

/** Members of an offer, or of a plan, by their names without the prefix. */
export const marketplace = (name: string): string => `microsoft-azure-marketplace.${name}`;
export const machine = (name: string): string => `microsoft-azure-virtualmachines.${name}`;

/** A body of `publish` that tells one address. */
export const TELL = { metadata: { 'notification-emails': 'release@contoso.example' } };

/** A virtual machine that can be published. */
export function machineOffer(id: string, change: (body: Json) => void = () => undefined): Json {
  const body = {
    publisherId: 'contoso',
    offerTypeId: 'microsoft-azure-virtualmachines',
    id,
    offerTypeVersions: { 'microsoft-azure-virtualmachines': 87, 'microsoft-azure-marketplace': 39 },
    eTag: 'any',
    definition: {
      displayText: 'Contoso Linux Next',
      offer: {
        [marketplace('title')]: 'Contoso Linux Next',
        [marketplace('summary')]: 'Hardened & fast',
        [marketplace('categoryMap')]: [{ categoryL1: 'compute', 'categoryL2-compute': ['operating-systems'] }],
        [marketplace('smallLogo')]: 'https://assets.contoso.example/48.png',
      },
      plans: [
        {
          planId: 'base',
          [machine('skuTitle')]: 'Base',
          virtualMachinePricing: { isByol: true, freeTrialDurationInMonths: 0 },
          [machine('vmImages')]: {
            '9.4.1': { osVhdUrl: 'https://contososa.blob.core.windows.net/vhds/l9.vhd?sv=1&sp=rl&sig=secret' },
          },
          regions: ['US', 'DE'],
        },
      ],
    },
  };
  change(body);
  return body;
}

/** A client with one token. */
export class CloudPartner {
  constructor(
    readonly emulator: Emulator,
    private readonly bearer: string,
  ) {}

  static async signIn(emulator: Emulator, client = emulator.account): Promise<CloudPartner> {
    return new CloudPartner(emulator, await token(emulator, client, SCOPE));
  }

  /** An address such as `publishers/contoso/offers`, with the version unless it names one. */
  url(path: string): string {
    const query = path.includes('api-version') ? '' : `${path.includes('?') ? '&' : '?'}api-version=${VERSION}`;
    return `${this.emulator.https}/api/${path}${query}`;
  }

  request(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    return send(this.url(path), {
      method,
      headers: {
        authorization: `Bearer ${this.bearer}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }

  /** As `GET`, with the text of the answer: numbers as they are on the wire. */
  async text(path: string): Promise<string> {
    const response = await fetch(this.url(path), { headers: { authorization: `Bearer ${this.bearer}` } });
    return response.text();
  }

  /** Follows the relative address that a 202 gives. */
  follow(place: string | null): Promise<Reply> {
    return this.get((place ?? '').replace('/api/', ''));
  }

  get(path: string): Promise<Reply> {
    return this.request('GET', path);
  }

  /** About an offer, such as `OFFERS.live`. */
  offer(offer: string, rest = ''): Promise<Reply> {
    return this.get(`publishers/${offer}${rest}`);
  }
  put(offer: string, body: unknown, ifMatch?: string): Promise<Reply> {
    return this.request('PUT', `publishers/${offer}`, body, ifMatch === undefined ? {} : { 'if-match': ifMatch });
  }
  publish(offer: string, body: unknown = TELL): Promise<Reply> {
    return this.request('POST', `publishers/${offer}/publish`, body);
  }
  goLive(offer: string, body?: unknown): Promise<Reply> {
    return this.request('POST', `publishers/${offer}/golive`, body);
  }
  cancel(offer: string, body?: unknown): Promise<Reply> {
    return this.request('POST', `publishers/${offer}/cancel`, body);
  }

  /** Changes the draft, whatever has happened to it. */
  async change(offer: string, change: (body: Json) => void): Promise<Reply> {
    const { body } = await this.offer(offer);
    change(body);
    return this.put(offer, body, '*');
  }

  /** Publishes and lets all of its steps pass, up to the one that waits for the publisher. */
  async preview(offer: string): Promise<Reply> {
    const reply = await this.publish(offer);
    if (reply.status !== 202) throw new Error(`${reply.status} ${JSON.stringify(reply.body)}`);
    await this.emulator.actions.advanceClock('60s');
    return reply;
  }

  /** Publishes, goes live, and lets all of it pass. */
  async release(offer: string): Promise<Reply> {
    await this.preview(offer);
    const reply = await this.goLive(offer);
    if (reply.status !== 202) throw new Error(`${reply.status} ${JSON.stringify(reply.body)}`);
    await this.emulator.actions.advanceClock('60s');
    return reply;
  }

  /** What is in each slot: the status of the answer, and one member of the offer. */
  async slots(offer: string, member = marketplace('summary')): Promise<unknown[]> {
    const replies = await Promise.all(
      ['Draft', 'Preview', 'Production'].map((slot) => this.offer(offer, `/slot/${slot}`)),
    );
    return replies.map(({ status, body }): unknown => (status === 200 ? body.definition.offer[member] : status));
  }

  /** Status of each step. */
  async steps(offer: string): Promise<string[]> {
    const { body } = await this.offer(offer, '/status');
    return body.steps.map((step: Json) => step.status);
  }
}
