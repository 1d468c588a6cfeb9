/** A JSON object, or anything else that has members to look at. */
export type JsonObject = Record<string, unknown>;

/** True for an object that is neither null nor an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `JSON.parse` with an honest type. Throws SyntaxError. */
export function parseJson(text: string): unknown {
  return JSON.parse(text) as unknown; // JSON.parse answers any: unknown makes the caller look first.
}

/** The member as a string, or undefined when it is absent or something else. */
export function stringMember(object: JsonObject, name: string): string | undefined {
  const value = object[name];
  return typeof value === 'string' ? value : undefined;
}

/** The member as a number, or undefined when it is absent or something else. */
export function numberMember(object: JsonObject, name: string): number | undefined {
  const value = object[name];
  return typeof value === 'number' ? value : undefined;
}

/** JSON text of a value; nothing at all (undefined, a function) becomes `null`: text is never absent. */
export function jsonText(value: unknown): string {
  // JSON.stringify is declared to answer a string, and answers undefined for undefined and functions.
  const text = JSON.stringify(value) as string | undefined;
  return text ?? 'null';
}
