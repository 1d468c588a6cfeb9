import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element: its attributes and children by name, prefixes cut off. */
export interface XmlElement {
  attribute(name: string): string | undefined;
  /** Child elements of this name, in order. */
  children(name: string): readonly XmlElement[];
  /** Child elements of every name; those of one name are together. */
  all(): readonly XmlElement[];
}

/** A document's root. */
export interface XmlRoot extends XmlElement {
  readonly name: string;
  /** What `xmlns` says on the root. */
  readonly namespace: string | undefined;
}

const maxDepth = 64;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  attributesGroupName: false,
  textNodeName: '#text',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: maxDepth,
  // Entities are resolved below, in attributes only, so that none grows.
  processEntities: false,
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
});

/**
 * Parses the bytes of a small XML document (UTF-8, or UTF-16 with its mark). A document type is refused, so there are no
 * entities but XML's own five; elements nest 64 deep at most. Throws an Error with a sentence that says what is wrong.
 */
export function parseXml(bytes: Uint8Array): XmlRoot {
  const text = decode(bytes);
  if (text.includes('<!DOCTYPE') || text.includes('<!ENTITY')) throw new Error('it has a document type.');
  const valid = XMLValidator.validate(text);
  if (valid !== true)
    throw new Error(`it is no well-formed XML (${valid.err.msg.slice(0, 150)}, line ${valid.err.line}).`);
  const document: unknown = parser.parse(text);
  const roots = Object.entries(record(document)).filter(([key]) => key !== '#text');
  const [name, elements] = roots[0] ?? [];
  if (name === undefined || !Array.isArray(elements) || roots.length > 1 || elements.length > 1) {
    throw new Error('it has not exactly one root element.');
  }
  const root: unknown = elements[0];
  return { ...elementOf(root), name, namespace: namespaceOf(text) };
}

function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Error('its text is neither UTF-8 nor UTF-16.');
  }
}

const predefined: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function resolveEntities(text: string): string {
  return text.replace(/&([^;&\s]{1,12});?/g, (reference, name: string) => {
    const number = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name);
    const code = number ? Number.parseInt(number[1] ?? number[2] ?? '', number[1] === undefined ? 10 : 16) : undefined;
    if (code !== undefined && code <= 0x10ffff) return String.fromCodePoint(code);
    const character = Object.hasOwn(predefined, name) ? predefined[name] : undefined;
    if (character === undefined) throw new Error(`it refers to the unknown entity ${reference}.`);
    return character;
  });
}

function record(value: unknown): Record<string, unknown> {
  // An element without attributes and children is parsed to a text.
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** Made at once, so that a bad entity shows here and not somewhere later. */
function elementOf(value: unknown): XmlElement {
  const attributes = new Map<string, string>();
  const children = new Map<string, XmlElement[]>();
  for (const [key, found] of Object.entries(record(value))) {
    if (key.startsWith('@')) attributes.set(key.slice(1), resolveEntities(String(found)));
    else if (Array.isArray(found)) children.set(key, found.map(elementOf));
  }
  return {
    attribute: (name) => attributes.get(name),
    children: (name) => children.get(name) ?? [],
    all: () => [...children.values()].flat(),
  };
}

/** The parser cuts prefixes and namespaces off; this looks at the root's tag as it is written. */
function namespaceOf(text: string): string | undefined {
  const tag = /<(?:([\w.-]+):)?[\w.-]+(\s[^>]*)?>/.exec(text.replace(/<!--.*?-->/gs, ''));
  const declarations = (tag?.[2] ?? '').matchAll(/\sxmlns(?::([\w.-]+))?\s*=\s*["']([^"']*)["']/g);
  return [...declarations].find(([, prefix]) => prefix === tag?.[1])?.[2];
}
