/**
 * The records of a ZIP archive (APPNOTE 6.3.10) with stored files whose sizes and CRCs are known: no data descriptors,
 * ZIP64 only where a number does not fit. Pure.
 */

/** A file as its records describe it. */
export interface RecordedFile {
  /** UTF-8. */
  readonly name: Uint8Array;
  /** Bytes; compressed and uncompressed are the same. */
  readonly size: number;
  readonly crc32: number;
}

const max16 = 0xffff;
const max32 = 0xffffffff;
const utf8Flag = 0x0800;
/** 1 January 2020, 00:00: the same release always gives the same bytes. */
const dosTime = 0;
const dosDate = ((2020 - 1980) << 9) | (1 << 5) | 1;

/** 2.0 for plain records, 4.5 with ZIP64. */
const versionNeeded = (zip64: boolean): number => (zip64 ? 45 : 20);

/** The local file header, right before the file's data (4.3.7). */
export function localHeader(file: RecordedFile): Uint8Array {
  const large = file.size >= max32;
  const extra = large ? zip64Extra([file.size, file.size]) : Buffer.alloc(0);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  writeCommon(header, 4, { file, zip64: large, extraLength: extra.length });
  return Buffer.concat([header, file.name, extra]);
}

/** The file's record in the central directory (4.3.12); `offset` is that of its local header. */
export function centralHeader(file: RecordedFile, offset: number): Uint8Array {
  const large = file.size >= max32;
  const far = offset >= max32;
  const extra =
    large || far ? zip64Extra([...(large ? [file.size, file.size] : []), ...(far ? [offset] : [])]) : Buffer.alloc(0);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(versionNeeded(large || far), 4);
  writeCommon(header, 6, { file, zip64: large || far, extraLength: extra.length });
  header.writeUInt32LE(Math.min(offset, max32), 42);
  return Buffer.concat([header, file.name, extra]);
}

/** Where the central directory lies. */
export interface DirectoryPlace {
  readonly entries: number;
  readonly offset: number;
  readonly size: number;
}

/** The end of the archive (4.3.14 to 4.3.16): the ZIP64 records where needed, then the end record. */
export function endRecords({ entries, offset, size }: DirectoryPlace): Uint8Array {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(entries, max16), 8);
  end.writeUInt16LE(Math.min(entries, max16), 10);
  end.writeUInt32LE(Math.min(size, max32), 12);
  end.writeUInt32LE(Math.min(offset, max32), 16);
  if (entries < max16 && size < max32 && offset < max32) return end;
  return Buffer.concat([zip64End({ entries, offset, size }), end]);
}

function zip64End({ entries, offset, size }: DirectoryPlace): Buffer {
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(45, 12);
  record.writeUInt16LE(45, 14);
  record.writeBigUInt64LE(BigInt(entries), 24);
  record.writeBigUInt64LE(BigInt(entries), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([record, locator]);
}

interface Common {
  readonly file: RecordedFile;
  readonly zip64: boolean;
  readonly extraLength: number;
}

/** The 26 bytes that local and central headers share: from "version needed" to "extra field length". */
function writeCommon(header: Buffer, at: number, { file, zip64, extraLength }: Common): void {
  header.writeUInt16LE(versionNeeded(zip64), at);
  header.writeUInt16LE(utf8Flag, at + 2);
  header.writeUInt16LE(0, at + 4);
  header.writeUInt16LE(dosTime, at + 6);
  header.writeUInt16LE(dosDate, at + 8);
  header.writeUInt32LE(file.crc32, at + 10);
  header.writeUInt32LE(Math.min(file.size, max32), at + 14);
  header.writeUInt32LE(Math.min(file.size, max32), at + 18);
  header.writeUInt16LE(file.name.length, at + 22);
  header.writeUInt16LE(extraLength, at + 24);
}

/** The ZIP64 extended information (4.5.3): only the numbers that do not fit, in their fixed order. */
function zip64Extra(numbers: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + numbers.length * 8);
  extra.writeUInt16LE(0x0001, 0);
  extra.writeUInt16LE(numbers.length * 8, 2);
  numbers.forEach((number, index) => extra.writeBigUInt64LE(BigInt(number), 4 + index * 8));
  return extra;
}
