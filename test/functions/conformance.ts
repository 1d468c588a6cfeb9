import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import served from '../../docs/openapi.json';

/** What an answer must be, by the OpenAPI document that is served; making it anew takes a test file a second. */

interface Described {
  readonly paths: Record<string, Record<string, { readonly responses: Record<string, Response> }>>;
}
interface Response {
  readonly content?: Record<string, unknown>;
}

// The document is what is tested: its form is known here.
const document = served as unknown as Described;
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema(served, 'openapi.json');
const compiled = new Map<string, ValidateFunction>();

export interface Answered {
  readonly status: number;
  /** The media type. */
  readonly type: string;
  readonly body: unknown;
}

/** Everything about an answer that the OpenAPI document does not say; empty when it conforms. */
export function deviations(method: string, path: string, answer: Answered): string[] {
  const template = Object.keys(document.paths).find((one) => matcher(one).test(path.replace(/\?.*/s, ''))) ?? '';
  const verb = method.toLowerCase();
  const operation = document.paths[template]?.[verb];
  // The host answers these itself, without a body.
  if (operation === undefined || (answer.body === '' && [401, 404].includes(answer.status))) return [];
  const status = String(answer.status);
  const response = operation.responses[status];
  if (response === undefined) return [`${method} ${template} answered ${status}, which is not described`];
  const [type] = Object.keys(response.content ?? {});
  if (type === undefined) return answer.body === '' ? [] : ['a body that is not described'];
  return [...ofType(type, answer), ...ofBody(['paths', template, verb, 'responses', status, 'content', type], answer)];
}

function ofType(described: string, { type }: Answered): string[] {
  return type.startsWith(described) ? [] : [`${type} instead of ${described}`];
}

function ofBody(path: readonly string[], { body }: Answered): string[] {
  const validate = validator([...path, 'schema']);
  if (validate(body)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function matcher(template: string): RegExp {
  return new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`);
}

function validator(path: readonly string[]): ValidateFunction {
  const pointer = path.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
  const known = compiled.get(pointer) ?? ajv.compile({ $ref: `openapi.json#/${pointer}` });
  compiled.set(pointer, known);
  return known;
}
