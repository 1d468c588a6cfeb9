import type { Fault } from '../domain/release';
import { jsonPointer } from './json-pointer';

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };

/** What became of a text: its value with the faults that do not stand in the way of reading on, or where it breaks off. */
export type ParsedJson =
  | { readonly ok: true; readonly value: Json; readonly faults: readonly Fault[] }
  | { readonly ok: false; readonly message: string; readonly line: number; readonly column: number };

const maxDepth = 32;
const maxFaults = 100;
/** Names with a meaning of their own in JavaScript; nothing in a document is called so. */
const forbiddenNames: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads JSON as RFC 8259 has it, and more strictly than `JSON.parse`: a member that comes twice, a name that would
 * reach into JavaScript, text that is no Unicode and numbers too large to hold are faults; nesting is limited.
 * Members with such names are left out of the value.
 */
export function parseStrictJson(text: string): ParsedJson {
  const reader = new Reader(text);
  try {
    const value = reader.document();
    return { ok: true, value, faults: reader.faults };
  } catch (error) {
    if (!(error instanceof Break)) throw error;
    const before = text.slice(0, error.at);
    const line = before.split('\n').length;
    return { ok: false, message: error.message, line, column: error.at - before.lastIndexOf('\n') };
  }
}

/** Where the text stops being JSON. */
class Break extends Error {
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

const literals: readonly (readonly [string, Json])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

class Reader {
  readonly faults: Fault[] = [];
  private at = 0;
  private readonly path: (string | number)[] = [];

  constructor(private readonly text: string) {}

  document(): Json {
    const value = this.value();
    this.space();
    if (this.at < this.text.length) throw this.unexpected('the end');
    return value;
  }

  private value(): Json {
    this.space();
    if (this.path.length >= maxDepth) throw new Break(`It is nested deeper than ${maxDepth} levels`, this.at);
    switch (this.text.charAt(this.at)) {
      case '{':
        return this.object();
      case '[':
        return this.array();
      case '"':
        return this.string();
      default:
        return this.scalar();
    }
  }

  private object(): Json {
    const members: Record<string, Json> = {};
    this.at += 1;
    if (this.takes('}')) return members;
    do {
      this.space();
      if (this.text.charAt(this.at) !== '"') throw this.unexpected('a member name in double quotes');
      const name = this.string();
      this.expect(':');
      this.path.push(name);
      const value = this.value();
      if (this.mayHold(members, name)) members[name] = value;
      this.path.pop();
    } while (this.takes(','));
    this.expect('}');
    return members;
  }

  private mayHold(members: object, name: string): boolean {
    if (forbiddenNames.has(name)) {
      this.fault('forbidden-member', `No member may be called "${name}": leave it out.`);
      return false;
    }
    if (Object.hasOwn(members, name)) {
      this.fault('duplicate-member', `The member "${name.slice(0, 100)}" is there twice: leave one out.`);
    }
    return true;
  }

  private array(): Json {
    const items: Json[] = [];
    this.at += 1;
    if (this.takes(']')) return items;
    do {
      this.path.push(items.length);
      items.push(this.value());
      this.path.pop();
    } while (this.takes(','));
    this.expect(']');
    return items;
  }

  private string(): string {
    const start = this.at;
    this.at += 1;
    while (this.text.charAt(this.at) !== '"') {
      if (this.at >= this.text.length) throw new Break('A text has no end', start);
      this.at += this.text.charAt(this.at) === '\\' ? 2 : 1;
    }
    this.at += 1;
    const value = parseToken(this.text.slice(start, this.at));
    if (typeof value !== 'string') throw new Break('A text holds a control character or an unknown escape', start);
    if (/\p{Surrogate}/u.test(value))
      this.fault('invalid-text', 'The text holds half a character: send valid Unicode.');
    return value;
  }

  private scalar(): Json {
    for (const [word, value] of literals) {
      if (!this.text.startsWith(word, this.at)) continue;
      this.at += word.length;
      return value;
    }
    const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
    number.lastIndex = this.at;
    const token = number.exec(this.text)?.[0];
    if (token === undefined) throw this.unexpected('a value');
    this.at += token.length;
    const value = Number(token);
    if (!Number.isFinite(value)) this.fault('out-of-range', 'The number is too large: send a smaller one.');
    return Number.isFinite(value) ? value : 0;
  }

  private fault(code: string, message: string): void {
    const pointer = jsonPointer(this.path);
    const isKnown = this.faults.some((one) => one.pointer === pointer && one.code === code);
    if (this.faults.length < maxFaults && !isKnown) this.faults.push({ pointer, code, message });
  }

  private takes(sign: string): boolean {
    this.space();
    if (this.text.charAt(this.at) !== sign) return false;
    this.at += 1;
    return true;
  }

  private expect(sign: string): void {
    if (!this.takes(sign)) throw this.unexpected(`"${sign}"`);
  }

  private space(): void {
    while (/[ \t\n\r]/.test(this.text.charAt(this.at))) this.at += 1;
  }

  private unexpected(wanted: string): Break {
    const found = this.at < this.text.length ? JSON.stringify(this.text.charAt(this.at)) : 'the end of the text';
    return new Break(`Expected ${wanted}, found ${found}`, this.at);
  }
}

function parseToken(token: string): unknown {
  try {
    return JSON.parse(token);
  } catch {
    return undefined;
  }
}
