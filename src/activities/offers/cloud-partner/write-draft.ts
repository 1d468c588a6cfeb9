import { applyOfferContent } from '../../../domain/cloud-partner/apply-content';
import { contentOf } from '../../../domain/cloud-partner/content';
import { withoutMembers, withWritten } from '../../../domain/cloud-partner/known-members';
import { isStored } from '../../../domain/cloud-partner/stored';
import { withWholeAddresses } from '../../../domain/cloud-partner/whole-addresses';
import { failed, ok } from '../../../domain/failure';
import type { Result } from '../../../domain/failure';
import { sameContent } from '../../../domain/offer/compare-offers';
import { judgeWrite } from '../../../domain/offer/draft-ledger';
import type { DraftLedger } from '../../../domain/offer/draft-ledger';
import { keysOf } from '../../../domain/offer/offer-content';
import type { OfferContent } from '../../../domain/offer/offer-content';
import { secretNames, withSecrets } from '../../../domain/offer/secrets';
import { cloudPartnerFailure } from '../../../partner-center/cloud-partner-portal';
import type { Offer } from '../../../partner-center/cloud-partner-portal';
import { changedMeanwhile } from '../offer-api';
import type { NamedSecret } from '../../deps';
import type { DraftTask, Written } from '../offer-api';
import { OfferUnversionedError } from './failures';
import type { Memory } from './memory';
import { sentMembers } from './sent-members';
import type { CloudPartnerSession } from './session';

/** How often the offer is read again where somebody else has written it between the read and the write. */
const mostReads = 4;

/** The offer that is written, and what is known of what does not come back as it was sent. */
export interface Place {
  readonly session: CloudPartnerSession;
  readonly memory: Memory;
}

/** The offer as it was read, and the ETag of that state. */
interface ReadOffer {
  readonly offer: Offer;
  readonly etag: string | undefined;
  readonly content: OfferContent;
}

/**
 * Writes the draft as a release wants it: the whole definition in one PUT, under the ETag of the state that it was judged
 * by. What nobody has asked to change stays as it was read. A state that has changed meanwhile is judged anew.
 */
export async function writeDraft(place: Place, task: DraftTask): Promise<Result<Written>> {
  for (let reads = 1; reads <= mostReads; reads++) {
    const there = await readOffer(place.session);
    await claimUnread(task, there.content);
    const judged = judge(task, await task.ledger.read(), there.content);
    if (!judged.ok) return judged;
    const done = ok({ done: true, written: total(task), total: total(task) });
    if (judged.value.length === 0) return done;
    if (await put(place, task, { there, keys: judged.value })) return done;
  }
  const message = 'Somebody else keeps writing the draft: no state of it could be replaced.';
  return failed({ code: 'partner-center-unavailable', message, retryable: true });
}

function total({ desired }: DraftTask): number {
  return Object.keys(desired).length;
}

async function readOffer({ client, call, product }: CloudPartnerSession): Promise<ReadOffer> {
  const { value: offer, etag } = await client.getOffer(product, call);
  return { offer, etag, content: contentOf(offer) };
}

/**
 * What an attempt wrote that was not read back any more, or whose answer was lost, is ours even where the service shows
 * the files in it under addresses of its own. It is written once more: what shows could be a person's file.
 */
async function claimUnread({ releaseId, desired, ledger }: DraftTask, there: OfferContent): Promise<void> {
  const { entries } = await ledger.read();
  for (const [key, entry] of Object.entries(entries)) {
    const now = there[key] ?? null;
    const isUnread = entry.releaseId === releaseId && entry.readBack === undefined;
    if (!isUnread || !sameContent(entry.wrote, desired[key] ?? null) || sameContent(entry.wrote, now)) continue;
    if (!sameContent(entry.found, now) && isStored(entry.wrote, entry.found, now, 'foreign')) {
      await ledger.readBack(key, there[key]);
    }
  }
}

/** The resources that are to be written; fails where somebody else has changed one. */
function judge(
  { releaseId, expected, desired }: DraftTask,
  ledger: DraftLedger,
  there: OfferContent,
): Result<readonly string[]> {
  const keys = keysOf(desired, there).map((key) => {
    const wanted = desired[key] ?? null;
    const resource = { key, there: there[key], expected: expected[key], wanted };
    return { key, verdict: judgeWrite(ledger, releaseId, resource) };
  });
  const changed = keys.find(({ verdict }) => verdict === 'changed');
  if (changed !== undefined) return failed(changedMeanwhile(changed.key));
  return ok(keys.filter(({ verdict }) => verdict === 'write').map(({ key }) => key));
}

interface Write {
  readonly there: ReadOffer;
  readonly keys: readonly string[];
}

/** @returns `false` where the offer is not as it was read any more */
async function put(place: Place, task: DraftTask, { there, keys }: Write): Promise<boolean> {
  const { session, memory } = place;
  const { client, call, product } = session;
  const { offer, etag, content } = there;
  if (etag === undefined)
    throw new OfferUnversionedError('The offer came without the ETag that its replacement needs.');
  const changes = await task.wholeChanges();
  const sent = await sentMembers(memory, task.desired, changes);
  for (const key of keys) await task.ledger.intend(key, content[key], task.desired[key] ?? null);
  await memory.change((known) => withoutMembers(known, sent.pointers));
  const { definition, versions } = await definitionOf(task, offer, changes);
  const document = { ...offer, definition };
  try {
    const answer = await client.putOffer(product, document, { kind: 'unchanged', etag }, call);
    const stored = await readBack(session, task, { there, keys }, answer);
    await memory.change((known) => withWritten(known, sent.asStored(stored.offer, versions), stored.etag));
    return true;
  } catch (error) {
    if (cloudPartnerFailure(error)?.meaning === 'offer-changed') return false;
    throw error;
  }
}

/** As it is sent: with the secrets, and the queries of the document's addresses, which nothing keeps. */
async function definitionOf(
  task: DraftTask,
  offer: Offer,
  changes: object | undefined,
): Promise<{ readonly definition: Offer['definition']; readonly versions: ReadonlyMap<string, string> }> {
  const plain = applyOfferContent(offer, withWholeAddresses(task.desired, changes));
  const secrets = new Map<string, NamedSecret>();
  for (const name of secretNames(plain)) secrets.set(name, await task.secretOf(name));
  const versions = [...secrets].flatMap(([name, { version }]) =>
    version === undefined ? [] : [[name, version] as const],
  );
  // Cast: texts took the place of references, and nothing else changed.
  const definition = withSecrets(plain, (name) => secrets.get(name)?.value ?? '') as Offer['definition'];
  return { definition, versions: new Map(versions) };
}

/**
 * What is there now is what was written only while nobody has written after it: else the answer to the PUT says what was
 * stored.
 */
async function readBack(
  session: CloudPartnerSession,
  { ledger, desired }: DraftTask,
  { there, keys }: Write,
  answer: { readonly value: Offer; readonly etag?: string | undefined },
): Promise<Pick<ReadOffer, 'offer' | 'etag'>> {
  const read = await readOffer(session);
  const isSame = read.etag !== undefined && read.etag === answer.etag;
  const stored = isSame ? read.offer : answer.value;
  const now = contentOf(stored);
  for (const key of keys) {
    const isAsWanted = isStored(desired[key] ?? null, there.content[key] ?? null, now[key] ?? null, 'allowed');
    await ledger.readBack(key, now[key], isAsWanted);
  }
  return { offer: stored, etag: answer.etag };
}
