import { checkRange } from './source';
import type { PackageSource } from './source';

/** Bytes that are in memory already. */
export function memorySource(bytes: Uint8Array): PackageSource {
  return {
    size: bytes.length,
    pin: { size: bytes.length },
    read: async (offset, length) => {
      checkRange(offset, length, bytes.length);
      return bytes.slice(offset, offset + length);
    },
  };
}
