/** The OpenAPI document that a running service gives away, and whether its answers keep to it. */
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

/** An answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
interface Operation {
  readonly responses: Readonly<Record<string, Response>>;
}
interface Response {
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, unknown>>;
}

/** Headers without which an answer of this status is of no use. */
const indispensable: Readonly<Record<string, readonly string[]>> = {
  '202': ['Location', 'Retry-After'],
  '304': ['ETag'],
};

/** Holds answers against one OpenAPI document. */
export class Contract {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly compiled = new Map<string, ValidateFunction>();

  private constructor(private readonly document: Described) {
    addFormats(this.ajv);
    this.ajv.addSchema(document, 'openapi.json');
  }

  /** Reads the document of a service, as any client may. */
  static async of(base: string): Promise<Contract> {
    const response = await fetch(`${base}/openapi.json`);
    if (!response.ok) throw new Error(`GET /openapi.json answered ${response.status}`);
    // What it is shows when answers are held against it.
    return new Contract((await response.json()) as Described);
  }

  /** Throws with everything about an answer that the document does not say. */
  demand(method: string, path: string, answer: WireAnswer): void {
    const found = this.deviations(method, path, answer);
    if (found.length === 0) return;
    throw new Error(`${method} ${path} answered ${answer.status}: ${found.join('; ')}\n${answer.text.slice(0, 2000)}`);
  }

  private deviations(method: string, path: string, answer: WireAnswer): string[] {
    const plain = path.replace(/\?.*/s, '');
    const template = Object.keys(this.document.paths).find((one) => matcher(one).test(plain)) ?? '';
    const verb = method.toLowerCase();
    const operation = this.document.paths[template]?.[verb];
    if (operation === undefined) return ['an operation that is not described'];
    const status = String(answer.status);
    // The platform refuses keys itself, without a body.
    if (status === '401' && answer.text === '') return [];
    const response = operation.responses[status];
    if (response === undefined) return ['a status that is not described'];
    const pointer = ['paths', template, verb, 'responses', status];
    return [...this.ofHeaders(pointer, response, answer), ...this.ofBody(pointer, response, answer)];
  }

  private ofHeaders(pointer: readonly string[], response: Response, { status, headers }: WireAnswer): string[] {
    const described = Object.keys(response.headers ?? {});
    const absent = (indispensable[String(status)] ?? []).filter((name) => !headers.has(name));
    const odd = described.filter((name) => {
      const value = headers.get(name);
      if (value === null) return false;
      return !this.validator([...pointer, 'headers', name, 'schema'])(/^\d+$/.test(value) ? Number(value) : value);
    });
    return [...absent.map((name) => `no ${name}`), ...odd.map((name) => `${name}: ${headers.get(name)}`)];
  }

  private ofBody(pointer: readonly string[], response: Response, { headers, text }: WireAnswer): string[] {
    const [type] = Object.keys(response.content ?? {});
    if (type === undefined) return text === '' ? [] : ['a body that is not described'];
    const given = headers.get('content-type') ?? '';
    if (!given.startsWith(type) && !given.startsWith('application/schema+json')) return [`${given} instead of ${type}`];
    const validate = this.validator([...pointer, 'content', type, 'schema']);
    if (validate(JSON.parse(text))) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  }

  private validator(path: readonly string[]): ValidateFunction {
    const pointer = path.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
    const known = this.compiled.get(pointer) ?? this.ajv.compile({ $ref: `openapi.json#/${pointer}` });
    this.compiled.set(pointer, known);
    return known;
  }
}

function matcher(template: string): RegExp {
  return new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`);
}
