/* eslint-disable @typescript-eslint/no-unsafe-call -- JSON of the wire, looked at member by member */
/** A plain client of the emulated Partner Center submission API for its tests: it hides nothing and repeats nothing. */
import type { Emulator } from '../../emulator/start';
import { buildZip } from '../support/msix';
import { send, token, type Json, type Reply } from './api';

/** Products of the default seed. */
export const PRODUCTS = {
  /** An application with a managed application and a solution template, published. */
  monitor: 'a0f0e000-0000-4000-8000-000000000001',
  /** SaaS, published. */
  hub: 'a0f0e000-0000-4000-8000-000000000002',
  /** A modular app of Business Central, published. */
  ledger: 'a0f0e000-0000-4000-8000-000000000003',
  /** A container offer that was never published. */
  worker: 'a0f0e000-0000-4000-8000-000000000004',
} as const;

/** Plans of `PRODUCTS.monitor`. */
export const PLANS = {
  basic: 'a0f0e000-0000-4000-8000-0000000000e1',
  template: 'a0f0e000-0000-4000-8000-0000000000e2',
} as const;

const SCOPE = 'https://api.partner.microsoft.com/.default';

/** A ZIP that passes as the package of an application. */
export function applicationPackage(): Promise<Buffer> {
  return buildZip({ 'mainTemplate.json': Buffer.from('{}'), 'createUiDefinition.json': Buffer.from('{}') });
}

/** The head of a PNG of a size; what follows is not looked at. */
export function png(width: number, height: number): Buffer {
  const head = Buffer.alloc(24);
  head.write('89504e470d0a1a0a0000000d49484452', 'hex');
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return head;
}

/** What a reply was refused with, if it was: the status and what its text says of each member. */
export function refusalOf({ status, body }: Reply): { status: number; data?: Json } {
  const text = String(body);
  const start = text.indexOf('{');
  return { status, ...(start > 0 && { data: JSON.parse(text.slice(start)).data }) };
}

const BLOCK_BLOB = { 'x-ms-blob-type': 'BlockBlob' };

/** Sends bytes to the URL that a file resource shows. */
export function upload(url: string, bytes: Buffer, headers: Record<string, string> = BLOCK_BLOB): Promise<Reply> {
  return send(url, { method: 'PUT', headers, body: new Uint8Array(bytes) });
}

/** A client with one token. */
export class IngestionApi {
  constructor(
    readonly emulator: Emulator,
    readonly bearer: string,
  ) {}

  static async signIn(emulator: Emulator, client = emulator.account): Promise<IngestionApi> {
    return new IngestionApi(emulator, await token(emulator, client, SCOPE));
  }

  request(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    return send(`${this.emulator.https}/v1.0/ingestion/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.bearer}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }

  get(path: string): Promise<Reply> {
    return this.request('GET', path);
  }
  post(path: string, body?: unknown): Promise<Reply> {
    return this.request('POST', path, body);
  }
  /** With `If-Match: *`, unless told otherwise; null: without. */
  put(path: string, body: unknown, ifMatch: string | null = '*'): Promise<Reply> {
    return this.request('PUT', path, body, ifMatch === null ? {} : { 'if-match': ifMatch });
  }
  delete(path: string): Promise<Reply> {
    return this.request('DELETE', path);
  }

  /** All rows of a list, page by page. */
  async all(path: string): Promise<Json[]> {
    const rows: Json[] = [];
    let next: string | undefined = path;
    while (next !== undefined) {
      const reply: Reply = await this.get(next);
      if (reply.status !== 200) throw new Error(`${reply.status} ${JSON.stringify(reply.body)}`);
      rows.push(...reply.body.value);
      next = reply.body.nextLink?.replace('v1.0/ingestion/', '');
    }
    return rows;
  }

  /** The id of the draft of a module, of the product or of a plan. */
  async draft(product: string, module: string, variant?: string): Promise<string> {
    const rows = await this.all(`products/${product}/branches/getByModule(module=${module})`);
    return rows.find((row) => row.variantID === variant)?.currentDraftInstanceID as string;
  }

  /** The rows of one kind in the draft of a module. */
  async rows(product: string, kind: string, module: string, variant?: string): Promise<Json[]> {
    const instance = await this.draft(product, module, variant);
    return this.all(`products/${product}/${kind}/getByInstanceID(instanceID=${instance})`);
  }

  /** A request for a submission of every draft of a product, but for modules that are named. */
  async everything(product: string, without: readonly string[] = []): Promise<Json> {
    const modules = ['Listing', 'Property', 'Package', 'Availability', 'ResellerConfiguration'];
    const wanted = modules.filter((module) => !without.includes(module));
    const variants = await this.all(`products/${product}/variants`);
    const resources = [];
    for (const type of wanted) resources.push({ type, value: await this.draft(product, type) });
    const variantResources = [];
    for (const { id } of variants.filter((each) => each.resourceType === 'AzureSkuVariant')) {
      const own = [];
      for (const type of ['Availability', 'Package', 'Listing'])
        own.push({ type, value: await this.draft(product, type, id) });
      variantResources.push({ variantID: id, resources: own });
    }
    return {
      resourceType: 'SubmissionCreationRequest',
      targets: [{ type: 'Scope', value: 'preview' }],
      resources,
      variantResources,
    };
  }

  /** Submits every draft of a product, but for modules that are named. */
  async submit(product: string, without: readonly string[] = []): Promise<Json> {
    const reply = await this.post(`products/${product}/submissions`, await this.everything(product, without));
    if (reply.status !== 201) throw new Error(`${reply.status} ${JSON.stringify(reply.body)}`);
    return reply.body;
  }

  /** State and substate of a submission after all that is due has happened. */
  async stateOf(product: string, submission: string): Promise<string> {
    const { state, substate } = (await this.get(`products/${product}/submissions/${submission}`)).body;
    return `${state}/${substate}`;
  }

  /** Submits everything and takes it to the store. */
  async publish(product: string): Promise<Json> {
    const { id } = await this.submit(product);
    await this.emulator.actions.advanceClock('60s');
    const promoted = await this.post(`products/${product}/submissions/${id}/promote`);
    if (promoted.status !== 200) throw new Error(`${promoted.status} ${JSON.stringify(promoted.body)}`);
    await this.emulator.actions.advanceClock('60s');
    return (await this.get(`products/${product}/submissions/${id}`)).body;
  }
}
