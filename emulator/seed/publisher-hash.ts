import { createHash } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** The hash of a publisher at the end of a package family name. *Documented* by Windows: 13 characters of base 32. */
export function publisherHash(publisher: string): string {
  const digest = createHash('sha256').update(Buffer.from(publisher, 'utf16le')).digest().subarray(0, 8);
  // 64 bits and one zero bit make 13 groups of five.
  const bits = [...digest].map((byte) => byte.toString(2).padStart(8, '0')).join('') + '0';
  return (bits.match(/.{5}/g) ?? []).map((group) => ALPHABET.charAt(parseInt(group, 2))).join('');
}
