import { documentIn } from '../../../domain/cloud-partner/content';
import { withPromoted, withPublished } from '../../../domain/cloud-partner/known-members';
import { cutUrlQueries } from '../../../domain/url-queries';
import { pathOf } from '../../../domain/json-pointer';
import { valueAt } from '../../../domain/json-value';
import type { Begun } from '../offer-api';
import { beginGoLive, beginPublish } from './begin';
import type { Memory } from './memory';
import type { CloudPartnerSession } from './session';

/**
 * Begins to publish the draft, and notes which files and secrets go with it. The draft is read right before: where
 * somebody has written it, secrets in it may be others. A note that is lost makes the next release write them again.
 */
export async function publishKnown(
  session: CloudPartnerSession,
  memory: Memory,
  emails: readonly string[],
): Promise<Begun> {
  const { client, call, product } = session;
  const { members } = await memory.read();
  const isNothing = Object.keys(members).length === 0;
  const before = isNothing ? undefined : await client.getOffer(product, call);
  const begun = await beginPublish(session, emails);
  if (before === undefined) return begun;
  const document = documentIn(before.value, 'hidden');
  const shownAt = (pointer: string): unknown => {
    const shown = valueAt(document, pathOf(pointer));
    return typeof shown === 'string' ? cutUrlQueries(shown).document : null;
  };
  await memory.change((known) => withPublished(known, begun.publicationId, { etag: before.etag, shownAt }));
  return begun;
}

/** Lets a preview go live: what was known of it is known of the operation that this is. */
export async function promoteKnown(
  { session, memory }: { readonly session: CloudPartnerSession; readonly memory: Memory },
  previewId: string,
  emails: readonly string[],
): Promise<{ readonly publicationId: string }> {
  const publicationId = await beginGoLive(session, emails);
  await memory.change((known) => withPromoted(known, previewId, publicationId));
  return { publicationId };
}
