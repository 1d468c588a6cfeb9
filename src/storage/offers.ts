import { nothingKnown } from '../domain/cloud-partner/known-members';
import type { KnownMembers } from '../domain/cloud-partner/known-members';
import { emptyLedger } from '../domain/offer/draft-ledger';
import type { DraftLedger } from '../domain/offer/draft-ledger';
import type { OfferContent } from '../domain/offer/offer-content';
import { changeJsonBlob, getBlobBytes, getJsonBlob, insertBytes, putBlob, type BlobAddress } from './blobs';
import type { Storage } from './connect';
import { hashedKey } from './row';

/** What was live when a release of this service had published it. */
export interface PublishedOffer {
  readonly publicationId: string;
  readonly content: OfferContent;
}

/**
 * What this service knows of each offer beyond what Partner Center shows: what it has written into the draft, what it
 * has published last, and the files that it has taken out of the draft and may have to put back. Blobs
 * `offers/<hash of the product>/…`. One release works on an offer at a time; two copies of an activity may meet here.
 */
export interface Offers {
  readLedger(product: string): Promise<DraftLedger>;
  /** By compare-and-swap: `change` is asked again where somebody else has written meanwhile. Answers what is stored. */
  changeLedger(product: string, change: (ledger: DraftLedger) => DraftLedger): Promise<DraftLedger>;
  /** What was written that does not come back as it was sent. */
  readKnown(product: string): Promise<KnownMembers>;
  /** By compare-and-swap, as the ledger. */
  changeKnown(product: string, change: (known: KnownMembers) => KnownMembers): Promise<void>;
  readPublished(product: string): Promise<PublishedOffer | undefined>;
  rememberPublished(product: string, published: PublishedOffer): Promise<void>;
  /** Which bytes the files have that the service knows by ids of its own: SHA-256 by id. */
  readHashes(product: string): Promise<Readonly<Record<string, string>>>;
  /** Adds to them; an id is never used twice. Repeating changes nothing. */
  rememberHashes(product: string, hashes: Readonly<Record<string, string>>): Promise<void>;
  /** Keeps the bytes of a file that is about to be taken out of a draft; repeating changes nothing. */
  keepFile(product: string, sha256: string, bytes: Uint8Array): Promise<void>;
  readFile(product: string, sha256: string): Promise<Uint8Array | undefined>;
}

type Hashes = Readonly<Record<string, string>>;

export function offers(storage: Storage): Offers {
  const ledgerOf = (product: string): BlobAddress => addressOf(product, 'ledger.json');
  const knownOf = (product: string): BlobAddress => addressOf(product, 'known.json');
  const publishedOf = (product: string): BlobAddress => addressOf(product, 'published.json');
  const hashesOf = (product: string): BlobAddress => addressOf(product, 'hashes.json');
  const fileOf = (product: string, sha256: string): BlobAddress => addressOf(product, `files/${sha256}`);
  return {
    readLedger: async (product) => (await getJsonBlob<DraftLedger>(storage, ledgerOf(product))) ?? emptyLedger,
    changeLedger: (product, change) =>
      changeJsonBlob<DraftLedger>(storage, ledgerOf(product), (before) => change(before ?? emptyLedger)),
    readKnown: async (product) => (await getJsonBlob<KnownMembers>(storage, knownOf(product))) ?? nothingKnown,
    changeKnown: async (product, change) => {
      await changeJsonBlob<KnownMembers>(storage, knownOf(product), (before) => change(before ?? nothingKnown));
    },
    readPublished: (product) => getJsonBlob<PublishedOffer>(storage, publishedOf(product)),
    rememberPublished: (product, published) => putBlob(storage, publishedOf(product), JSON.stringify(published)),
    readHashes: async (product) => (await getJsonBlob<Hashes>(storage, hashesOf(product))) ?? {},
    rememberHashes: async (product, hashes) => {
      await changeJsonBlob<Hashes>(storage, hashesOf(product), (before = {}) =>
        Object.entries(hashes).every(([id, hash]) => before[id] === hash) ? before : { ...before, ...hashes },
      );
    },
    keepFile: async (product, sha256, bytes) => {
      await insertBytes(storage, fileOf(product, sha256), bytes);
    },
    readFile: (product, sha256) => getBlobBytes(storage, fileOf(product, sha256)),
  };
}

function addressOf(product: string, name: string): BlobAddress {
  return { container: 'offers', name: `${hashedKey(product)}/${name}` };
}
