import { isFile, mapAsked } from '../../../domain/cloud-partner/asked-members';
import type { AskedMember } from '../../../domain/cloud-partner/asked-members';
import { documentIn, inDocument } from '../../../domain/cloud-partner/content';
import type { KnownMember } from '../../../domain/cloud-partner/known-members';
import { isSameAddress } from '../../../domain/cloud-partner/recognise';
import { valueAt } from '../../../domain/json-value';
import { isAddressReference } from '../../../domain/offer/addresses';
import { secretNames } from '../../../domain/offer/secrets';
import { cutUrlQueries } from '../../../domain/url-queries';
import type { Offer } from '../../../partner-center/cloud-partner-portal';
import type { OfferContent } from '../../../domain/offer/offer-content';
import type { Memory } from './memory';
import { marksOf } from './recognise-members';

/** What one write sends that may not come back as it was sent. */
export interface SentMembers {
  readonly pointers: readonly string[];
  /**
   * What is to be known of it, once it was stored.
   *
   * @param versions of the secrets that were sent, by their names
   */
  asStored(offer: Offer, versions: ReadonlyMap<string, string>): Readonly<Record<string, KnownMember>>;
}

/**
 * The files and secrets of a write. Which file lies behind an address is read before it is sent: one that is replaced
 * meanwhile is not recognised later, and is written again.
 *
 * @param changes with the queries of their addresses; `undefined` = what was found is put back
 */
export async function sentMembers(
  memory: Memory,
  desired: OfferContent,
  changes: object | undefined,
): Promise<SentMembers> {
  const members = changes === undefined ? [] : membersIn(desired, changes);
  const files = await marksOf(memory, members.filter(isFile));
  return {
    pointers: members.map(({ pointer }) => pointer),
    asStored: (offer, versions) => {
      const shown = documentIn(offer, 'kept');
      const known = members.flatMap((member) => {
        const mark = member.kind === 'secret' ? versions.get(member.asked) : files.get(member.pointer);
        const one = mark === undefined ? undefined : asKnown(member, mark, valueAt(shown, member.path));
        return one === undefined ? [] : [[member.pointer, one] as const];
      });
      return Object.fromEntries(known);
    },
  };
}

/** Those that are sent: what was recognised is in the content as it shows. */
function membersIn(desired: OfferContent, changes: object): readonly AskedMember[] {
  const document = inDocument(desired);
  const sent: AskedMember[] = [];
  mapAsked(document, changes, (member, value) => {
    const isSecret = member.kind === 'secret' && secretNames(value).includes(member.asked);
    const address = isAddressReference(value) ? value.$address : value;
    if (isSecret || (member.kind === 'address' && isAsked(address, member))) sent.push(member);
    return value;
  });
  return sent;
}

function isAsked(address: unknown, { asked }: AskedMember): boolean {
  return typeof address === 'string' && cutUrlQueries(address).document === asked;
}

/** `undefined` = it shows as something that it should not be: of that nothing is known. */
function asKnown({ kind, asked, whole }: AskedMember, mark: string, there: unknown): KnownMember | undefined {
  if (kind === 'secret') return { kind, asked, mark, shown: null };
  if (typeof there !== 'string') return undefined;
  const shown = cutUrlQueries(there).document;
  // Where the address itself shows, with another query than was sent, the write was not taken.
  const isOld = shown === asked && there !== asked && !isSameAddress(there, whole);
  return isOld ? undefined : { kind, asked, mark, shown };
}
