import { askedMembers } from '../../../domain/cloud-partner/asked-members';
import type { AskedMember } from '../../../domain/cloud-partner/asked-members';
import { contentOf, documentIn } from '../../../domain/cloud-partner/content';
import type { MemberFacts } from '../../../domain/cloud-partner/recognise';
import type { KnownMembers } from '../../../domain/cloud-partner/known-members';
import { differentKeys } from '../../../domain/offer/compare-offers';
import { OfferSlot } from '../../../partner-center/cloud-partner-portal';
import type { AskedContent, RecogniseTask } from '../offer-api';
import type { Memory } from './memory';
import { sameId } from './operations';
import { readSlot } from './publications';
import type { CloudPartnerSession } from './session';

/** What a document names by an address or as a secret, with what is known of it. Reads alone. */
export async function recogniseMembers(
  session: CloudPartnerSession,
  memory: Memory,
  asked: AskedContent,
  task: RecogniseTask,
): Promise<AskedContent> {
  const { changes = {}, draft } = task;
  const members = askedMembers(changes);
  if (members.length === 0) return asked;
  const { client, call, product } = session;
  const { value: offer, etag } = await client.getOffer(product, call);
  // Somebody is at work on it: what was read is no state of the draft.
  if (differentKeys(contentOf(offer), draft).length > 0) return asked;
  const production = await readSlot(session, OfferSlot.production);
  const known = await memory.read();
  const doubtful = members.filter((member) => isKnown(member, known));
  const facts: MemberFacts = {
    changes,
    until: untilOf(asked),
    draft: documentIn(offer, 'kept'),
    live: production === undefined ? null : documentIn(production, 'kept'),
    known,
    isDraftOurs: etag !== undefined && etag === known.etag,
    isLiveOurs: isPublished(task, known),
    marks: await marksOf(memory, doubtful),
  };
  return { ...asked, facts };
}

function untilOf({ document: { options = {} } }: AskedContent): MemberFacts['until'] {
  const { until } = options;
  return until === 'draft' || until === 'preview' ? until : 'published';
}

function isPublished({ live }: RecogniseTask, { published }: KnownMembers): boolean {
  return live.kind === 'shown' && published !== undefined && sameId(live.publicationId, published.publicationId);
}

/** Of what nothing is known, nothing needs to be read. */
function isKnown({ pointer, asked }: AskedMember, { members, published }: KnownMembers): boolean {
  return members[pointer]?.asked === asked || published?.members[pointer]?.asked === asked;
}

/** By pointer; places that name the same thing share it, and a few are read at a time. */
export async function marksOf(memory: Memory, members: readonly AskedMember[]): Promise<ReadonlyMap<string, string>> {
  const names = [...new Map(members.map((member) => [member.whole, member])).values()];
  const marks = new Map<string, string | undefined>();
  for (let from = 0; from < names.length; from += mostAtOnce) {
    const some = names.slice(from, from + mostAtOnce);
    const read = await Promise.all(some.map((member) => memory.markOf(member)));
    some.forEach(({ whole }, index) => marks.set(whole, read[index]));
  }
  return new Map(
    members.flatMap(({ pointer, whole }) => {
      const mark = marks.get(whole);
      return mark === undefined ? [] : [[pointer, mark] as const];
    }),
  );
}

const mostAtOnce = 4;
