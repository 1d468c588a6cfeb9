/** A plain client of the emulator for its own tests: it hides nothing and repeats nothing. */
import type { Emulator } from '../../emulator/start';

/** JSON as the wire has it: the tests of the emulator look at it member by member, and must not trust a type. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- see above
export type Json = any;

/** An answer with its parsed body (undefined when empty, text when it is not JSON). */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

/** Sends a request as given. */
export async function send(url: string, init: RequestInit = {}): Promise<Reply> {
  const response = await fetch(url, init);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : isJson ? JSON.parse(text) : text,
  };
}

/** Posts a form. */
export function postForm(url: string, fields: Record<string, string>): Promise<Reply> {
  return send(url, { method: 'POST', body: new URLSearchParams(fields) });
}

/** A token of the v2 endpoint for the submission API. */
export async function token(
  emulator: Emulator,
  client: { clientId: string; clientSecret: string } = emulator.account,
  scope = 'https://manage.devcenter.microsoft.com/.default',
): Promise<string> {
  const reply = await postForm(`${emulator.https}/${emulator.account.tenantId}/oauth2/v2.0/token`, {
    grant_type: 'client_credentials',
    client_id: client.clientId,
    client_secret: client.clientSecret,
    scope,
  });
  if (reply.status !== 200) throw new Error(JSON.stringify(reply.body));
  return reply.body.access_token as string;
}

/** A client of the submission API with one token. */
export class Api {
  constructor(
    readonly emulator: Emulator,
    private readonly bearer: string,
  ) {}

  get authorization(): string {
    return `Bearer ${this.bearer}`;
  }

  static async signIn(emulator: Emulator, client = emulator.account): Promise<Api> {
    return new Api(emulator, await token(emulator, client));
  }

  request(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    return send(`${this.emulator.https}/v1.0/my/${path}`, {
      method,
      headers: {
        authorization: this.authorization,
        ...(body !== undefined && { 'content-type': 'application/json; charset=UTF-8' }),
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
  put(path: string, body: unknown): Promise<Reply> {
    return this.request('PUT', path, body);
  }
  delete(path: string): Promise<Reply> {
    return this.request('DELETE', path);
  }

  application(id: string): Promise<Reply> {
    return this.get(`applications/${id}`);
  }

  /** Makes a draft of an application and gives its path and document. */
  draft(app: string): Promise<{ path: string; document: Json }> {
    return this.draftOf(`applications/${app}`);
  }

  /** Makes a draft of whatever is at this path: an application, a flight, an add-on. */
  async draftOf(product: string): Promise<{ path: string; document: Json }> {
    const reply = await this.post(`${product}/submissions`);
    if (reply.status !== 201) throw new Error(`${reply.status} ${JSON.stringify(reply.body)}`);
    return { path: `${product}/submissions/${reply.body.id}`, document: reply.body };
  }

  /** Commits a draft, lets all of certification pass, and gives the status. */
  async commitAndSettle(path: string): Promise<Json> {
    const reply = await this.post(`${path}/commit`);
    if (reply.status !== 202) throw new Error(`${reply.status} ${JSON.stringify(reply.body)}`);
    await this.emulator.actions.advanceClock('60s');
    return (await this.get(`${path}/status`)).body;
  }
}
