import { createHash } from 'node:crypto';
import type { AskedMember } from '../../../domain/cloud-partner/asked-members';
import { isFile } from '../../../domain/cloud-partner/asked-members';
import { canonicalJson } from '../../../domain/canonical-json';
import { productKey } from '../../../domain/product';
import type { KnownMembers } from '../../../domain/cloud-partner/known-members';
import { PackageError } from '../../../packages';
import type { Offers } from '../../../storage/offers';
import { AccountError } from '../../../accounts';
import type { ActivityDeps } from '../../deps';
import type { CloudPartnerSession } from './session';

/** What is known of members that do not come back as they were sent, and by what they are told from others. */
export interface Memory {
  read(): Promise<KnownMembers>;
  change(change: (known: KnownMembers) => KnownMembers): Promise<void>;
  /** Which bytes lie behind an address now, which version a secret has; `undefined` = that cannot be told. */
  markOf(member: AskedMember): Promise<string | undefined>;
}

export type MemoryDeps = Pick<ActivityDeps, 'packages' | 'readSecret' | 'stopping'> & {
  readonly offers: Pick<Offers, 'readKnown' | 'changeKnown'>;
};

/** The memory of one offer. */
export function memoryOf(deps: MemoryDeps, product: CloudPartnerSession['product']): Memory {
  const key = productKey(product);
  return {
    read: () => deps.offers.readKnown(key),
    change: (change) => deps.offers.changeKnown(key, change),
    markOf: async (member) => {
      if (member.kind === 'secret') return secretMark(deps, member.asked);
      return isFile(member) ? fileMark(deps, member.whole) : undefined;
    },
  };
}

/** One that cannot be read is not recognised: the sending of it says why. */
async function secretMark({ readSecret }: MemoryDeps, name: string): Promise<string | undefined> {
  try {
    return (await readSecret(name)).version;
  } catch (error) {
    if (error instanceof AccountError) return undefined;
    throw error;
  }
}

/** Bytes; logos and price sheets are read whole, disks are not. */
const mostHashed = 16 * 1024 ** 2;
/** An address that does not answer by then is not recognised, and written again. */
const patienceMs = 30_000;

/**
 * The SHA-256 of what lies behind an address; of a large file, by what its server tells its bytes from others. Read
 * through the same rules as packages: what the settings do not allow to be read is not recognised.
 */
async function fileMark({ packages, stopping }: MemoryDeps, url: string): Promise<string | undefined> {
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(patienceMs)]);
  try {
    const source = await packages.open({ url }, undefined, signal, Number.MAX_SAFE_INTEGER);
    if (source.size <= mostHashed) return `sha256:${sha256(await source.read(0, source.size, signal))}`;
    const { etag, lastModified, size } = source.pin;
    // A weak one is the same for other bytes.
    if (etag === undefined || lastModified === undefined || etag.startsWith('W/')) return undefined;
    return `etag:${sha256(canonicalJson([etag, lastModified, size]))}`;
  } catch (error) {
    stopping.throwIfAborted();
    if (error instanceof PackageError || signal.aborted) return undefined;
    throw error;
  }
}

function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
