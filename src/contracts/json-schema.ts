import { z } from 'zod';
import { gatesOf, untilsOf } from './kind-faults';
import { ReleaseDocument } from './release-document';
import { offerKinds, storeKinds } from './target-kinds';
import type { TargetKind } from './target-kinds';

/** A JSON Schema as data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** JSON Schema (2020-12) of the release document, for editors. */
export function releaseSchema(): JsonSchema {
  const byKind = [...storeKinds, ...offerKinds].map(ofKind);
  return { title: 'Release document', ...z.toJSONSchema(ReleaseDocument, { io: 'input' }), allOf: byKind };
}

/** What the kind of target decides about the options. */
function ofKind(kind: TargetKind): JsonSchema {
  const options = { until: { enum: untilsOf(kind) }, approvals: { items: { enum: gatesOf(kind) } } };
  return {
    if: { properties: { target: { properties: { kind: { const: kind } } } } },
    then: { properties: { options: { properties: options } } },
  };
}

/** Schemas under their names, referring to each other as an OpenAPI document wants it. */
export class Components {
  private readonly schemas = new Map<string, unknown>();

  /** What a request may hold: nothing that is not named. */
  ofRequest(schema: z.ZodType): JsonSchema {
    return this.add(z.toJSONSchema(schema, { io: 'input' }));
  }

  /** What an answer holds: members may be added at any time, and clients ignore what they do not know. */
  ofAnswer(schema: z.ZodType): JsonSchema {
    return this.add(
      z.toJSONSchema(schema, {
        io: 'output',
        override: ({ jsonSchema }) => {
          if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
        },
      }),
    );
  }

  /** All of them, by name. */
  all(): JsonSchema {
    return Object.fromEntries([...this.schemas].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** The first form of a name counts: requests come first, and what they demand holds for answers too. */
  private add({ $schema: _, $defs = {}, ...schema }: z.core.JSONSchema.BaseSchema): JsonSchema {
    for (const [name, one] of Object.entries($defs)) {
      if (!this.schemas.has(name)) this.schemas.set(name, pointed(one));
    }
    return pointed(schema);
  }
}

/** Names of schemas are looked up where OpenAPI keeps them. */
function pointed(schema: z.core.JSONSchema.BaseSchema): JsonSchema {
  const text = JSON.stringify(schema).replaceAll('"$ref":"#/$defs/', '"$ref":"#/components/schemas/');
  // What was an object stays one.
  return JSON.parse(text) as JsonSchema;
}
