import type { Kind, Shape } from './shape';

export const text: Kind = 'text';
export const flag: Kind = 'flag';
export const number: Kind = 'number';
export const guid: Kind = 'guid';
export const texts: Kind = { list: 'text' };

/** A list of objects, or of simple values. */
export function list(of: Shape | 'guid'): Kind {
  return { list: typeof of === 'string' ? of : { members: of } };
}

/** A list of types with values. */
export const pairs: Kind = list({ type: text, value: text });
