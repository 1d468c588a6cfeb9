import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { openApiDocument } from '../../src/contracts/openapi';

/** What an answer must be, by the OpenAPI document that is served. */

interface Described {
  readonly paths: Record<string, Record<string, { readonly responses: Record<string, Response> }>>;
}
interface Response {
  readonly content?: Record<string, unknown>;
}

// The document is what is tested: its form is known here.
const document = openApiDocument() as unknown as Described;
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema(openApiDocument(), 'openapi.json');
const compiled = new Map<string, ValidateFunction>();

/** Everything about an answer that the OpenAPI document does not say; empty when it conforms. */
export function deviations(
  method: string,
  path: string,
  answer: { status: number; type: string; body: unknown },
): string[] {
  const template = Object.keys(document.paths).find((one) => matcher(one).test(path.replace(/\?.*/s, '')));
  const operation = template === undefined ? undefined : document.paths[template]?.[method.toLowerCase()];
  // The host answers these itself, without a body.
  if (operation === undefined || (answer.body === '' && [401, 404].includes(answer.status))) return [];
  const response = operation.responses[String(answer.status)];
  if (response === undefined) return [`${method} ${template} answered ${answer.status}, which is not described`];
  const type = Object.keys(response.content ?? {})[0];
  if (type === undefined) return answer.body === '' ? [] : ['a body that is not described'];
  if (!answer.type.startsWith(type) && !/schema/.test(answer.type)) return [`${answer.type} instead of ${type}`];
  const validate = validator([
    'paths',
    template ?? '',
    method.toLowerCase(),
    'responses',
    String(answer.status),
    'content',
    type,
    'schema',
  ]);
  return validate(answer.body)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
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
