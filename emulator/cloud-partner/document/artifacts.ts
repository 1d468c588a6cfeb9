import { createHash, randomUUID } from 'node:crypto';
import { extname } from 'node:path';
import type { Switches } from '../../core/settings';
import { isMembers } from '../body';
import type { Members, Offer } from '../model';

const STORE = 'https://emulatedcatalog.blob.core.windows.net/prodcontent';
const LOGO = /^microsoft-azure-[a-z]+\.(small|medium|large|wide|hero)Logo$/;
const IMAGES = /\.vmImages(PublicAzure)?$/;
const LIFETIME = 7 * 86_400_000;

/** Where copies are noted, and whose they are. */
export type Copies = Pick<Offer, 'publisher' | 'id' | 'artifacts'>;

/**
 * A definition with the service's own copies of what it refers to: logos, disks, price sheets. *Documented*: they are
 * downloaded, and GET shows the copy. *Assumed*: an address of a copy that comes back in a PUT means that copy; any other
 * is downloaded anew with each PUT. Nothing is really fetched.
 */
export function withOwnCopies<T extends Members>(members: T, copies: Copies, switches: Switches): T {
  const all = switches['cloudPartner.ownCopies'] === 'all';
  const change = (key: string, value: unknown): unknown => {
    if (LOGO.test(key)) return copyOf(value, copies);
    if (all && (key === 'osVhdUrl' || key === 'vhdUrl')) return copyOf(value, copies);
    if (all && key === 'spreadSheetPricing' && isMembers(value)) return { ...value, uri: copyOf(value['uri'], copies) };
    return value;
  };
  // The same members, each in the same form.
  return walk(members, change) as T;
}

function walk(value: unknown, change: (key: string, value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => walk(item, change));
  if (!isMembers(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, walk(change(key, member), change)]));
}

function copyOf(value: unknown, { publisher, id, artifacts }: Copies): unknown {
  if (typeof value !== 'string' || !/^https?:\/\/\S+$/.test(value) || !URL.canParse(value)) return value;
  const known = value.split('?')[0] ?? '';
  if (Object.hasOwn(artifacts, known)) return known;
  const extension = extname(new URL(value).pathname) || '.png';
  const copy = `${STORE}/D6191_publishers_${publisher}/${id}/${randomUUID()}${extension}`;
  artifacts[copy] = value;
  return copy;
}

/** The same with signed addresses of copies. What signs them is *assumed*; they are the same as long as the clock stands. */
export function withSignatures<T extends Members>(members: T, artifacts: Offer['artifacts'], now: number): T {
  const change = (_key: string, value: unknown): unknown =>
    typeof value === 'string' && Object.hasOwn(artifacts, value) ? signed(value, now) : value;
  // The same members, each in the same form.
  return walk(members, change) as T;
}

function signed(url: string, now: number): string {
  const expiry = `${new Date(now + LIFETIME).toISOString().slice(0, 19)}Z`;
  const signature = createHash('sha256').update(`${url}\n${expiry}`).digest('base64');
  const query = new URLSearchParams({ sv: '2019-07-07', sr: 'b', sig: signature, se: expiry, sp: 'r' });
  return `${url}?${query.toString()}`;
}

/** The images of a plan, those of its generations included: versions with what each consists of. */
export function imagesOf(plan: Members): Members[] {
  const own = Object.entries(plan).flatMap(([key, value]) => (IMAGES.test(key) && isMembers(value) ? [value] : []));
  const generations = plan['diskGenerations'];
  const nested = Array.isArray(generations) ? generations.filter(isMembers).flatMap(imagesOf) : [];
  return [...own, ...nested];
}
