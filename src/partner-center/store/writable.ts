import { addOnMembers } from './add-on-schema';
import { appMembers } from './app-schema';
import { flightMembers } from './flight-schema';
import type { StoreKind, Submission, WritableSubmission } from './products';

const members: Readonly<Record<StoreKind, readonly string[]>> = {
  'store-app': Object.keys(appMembers),
  'store-flight': Object.keys(flightMembers),
  'store-add-on': Object.keys(addOnMembers),
};

/**
 * What of a submission may be sent in a PUT: an allow-list of the top-level members, those that the page of the update
 * names. Inside of them everything is kept, also what this client does not know and what the service ignores: it
 * identifies packages and images by what it once sent. Pure; leaves its argument alone.
 */
export function writable<K extends StoreKind>(
  kind: K,
  submission: Submission<K> | WritableSubmission<K>,
): WritableSubmission<K> {
  const sent = new Map(Object.entries(submission).filter(([, value]) => value !== undefined));
  const kept = members[kind].filter((name) => sent.has(name)).map((name) => [name, sent.get(name)]);
  // Object.fromEntries forgets the names, which are those of the type.
  return Object.fromEntries(kept) as WritableSubmission<K>;
}
