import { z } from 'zod';
import { problemCatalogue, type ProblemCode } from '../domain/problem-catalogue';
import { Components, type JsonSchema } from './json-schema';
import type { Answer, AnswerHeader, Operation } from './operation';
import { operations } from './operations';
import { IdempotencyKey } from './parameters';
import { Problem } from './problem';

/** The OpenAPI 3.1 document of the whole HTTP surface, from the schemas that requests are checked by. */
export function openApiDocument(): JsonSchema {
  const components = new Components();
  const all: readonly Operation[] = Object.values(operations);
  // Requests first: what they demand of a schema counts.
  const bodies = new Map(all.map((operation) => [operation.name, requestBody(operation, components)]));
  const problem = components.ofAnswer(Problem);
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const operation of all) {
    const method = operation.method.toLowerCase();
    const described = describe(operation, components, problem);
    paths[operation.path] = { ...paths[operation.path], [method]: { ...described, ...bodies.get(operation.name) } };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Partner Center Publisher',
      version: '1',
      description:
        'Publishes to Microsoft Partner Center. The contract grows by addition: clients ignore members, steps, codes and events they do not know.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/api' }],
    paths,
    components: { schemas: components.all(), securitySchemes },
  };
}

const securitySchemes = {
  functionKey: {
    type: 'apiKey',
    in: 'header',
    name: 'x-functions-key',
    description: 'Where PUBLISHER_CALLERS is function-keys.',
  },
  entraId: {
    type: 'http',
    scheme: 'bearer',
    description: 'Where PUBLISHER_CALLERS is entra-id: a token with the app role reader, publisher or approver.',
  },
};

function describe(operation: Operation, components: Components, problem: JsonSchema): JsonSchema {
  const { name, summary, description, access } = operation;
  return {
    operationId: name,
    summary,
    ...(description === undefined ? {} : { description }),
    security: access === 'open' ? [] : [{ functionKey: [] }, { entraId: [] }],
    parameters: [
      ...pathParameters(operation),
      ...queryParameters(operation, components),
      ...headers(operation, components),
    ],
    responses: { ...answers(operation, components), ...problems(operation, problem) },
  };
}

function requestBody({ body }: Operation, components: Components): JsonSchema {
  if (body === undefined) return {};
  const content = { 'application/json': { schema: components.ofRequest(body.schema) } };
  return { requestBody: { required: body.optional !== true, content } };
}

function pathParameters({ path }: Operation): JsonSchema[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters({ query }: Operation, components: Components): JsonSchema[] {
  return Object.entries(query.shape).map(([name, member]) => {
    // The members of a zod object are zod schemas; only their class is not known here.
    const { description, pattern: _, ...schema } = components.ofRequest(member as z.ZodType);
    return { name, in: 'query', ...(description === undefined ? {} : { description }), schema };
  });
}

function headers({ headers: names = [] }: Operation, components: Components): JsonSchema[] {
  return names.map((name) => ({ name, in: 'header', schema: components.ofRequest(headerSchemas[name]) }));
}

const headerSchemas = {
  'Idempotency-Key': IdempotencyKey,
  'If-None-Match': z.string().meta({ description: 'The ETag that the caller has.' }),
};

const answerHeaders: Readonly<Record<AnswerHeader, JsonSchema>> = {
  Location: { description: 'Where it is.', schema: { type: 'string' } },
  'Retry-After': { description: 'Seconds after which it is worth asking again.', schema: { type: 'integer' } },
  ETag: { description: 'Of this state.', schema: { type: 'string' } },
};

function answers(operation: Operation, components: Components): Record<string, JsonSchema> {
  return Object.fromEntries(
    Object.entries(operation.answers).map(([status, answer]) => [status, answerOf(answer, components)]),
  );
}

function answerOf(answer: Answer, components: Components): JsonSchema {
  const { description, schema, mediaType = 'application/json', headers: names = [] } = answer;
  return {
    description,
    ...(names.length === 0 ? {} : { headers: Object.fromEntries(names.map((name) => [name, answerHeaders[name]])) }),
    ...(schema === undefined ? {} : { content: { [mediaType]: { schema: components.ofAnswer(schema) } } }),
  };
}

/** What can come besides, by status; those of every operation included. */
function problems(operation: Operation, problem: JsonSchema): Record<string, JsonSchema> {
  const codes = problemsOf(operation).filter((code) => !(problemCatalogue[code].status in operation.answers));
  return Object.fromEntries(
    codes.map((code) => {
      const { status } = problemCatalogue[code];
      const description = codes.filter((other) => problemCatalogue[other].status === status).join(', ');
      return [status, { description, content: { 'application/problem+json': { schema: problem } } }];
    }),
  );
}

/** Every code that an operation can answer. */
export function problemsOf({ access, body, problems: own }: Operation): readonly ProblemCode[] {
  return [
    ...(body === undefined ? [] : (['invalid-json', body.problem] as const)),
    'invalid-parameter',
    ...(access === 'open' ? [] : (['unauthenticated', 'role-missing'] as const)),
    ...(body === undefined ? [] : (['cross-origin', 'too-large', 'unsupported-media-type'] as const)),
    ...own,
    'internal-error',
    'storage-unavailable',
  ];
}
