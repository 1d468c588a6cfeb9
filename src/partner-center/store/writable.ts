import { writableMembers, type AppSubmission } from './schema';

/** The members that a PUT can write: all of a submission but the service's own (`id`, `status`, names, addresses). */
export type WritableMember = keyof typeof writableMembers;

/** The document of a PUT. It replaces the stored one: leave out what must not be touched only where the page allows it. */
export type WritableSubmission = Partial<Pick<AppSubmission, WritableMember>>;

const names = Object.keys(writableMembers).filter(isWritable);

function isWritable(name: string): name is WritableMember {
  return Object.hasOwn(writableMembers, name);
}

/**
 * What of a submission may be sent in a PUT: an allow-list of the top-level members (section 2.5.3 of the
 * specification). Inside of them everything is kept, also what this client does not know and what the service ignores:
 * it identifies packages and images by what it once sent. Pure; leaves its argument alone.
 */
export function writable(submission: AppSubmission | WritableSubmission): WritableSubmission {
  return Object.fromEntries(
    names.filter((name) => submission[name] !== undefined).map((name) => [name, submission[name]]),
  );
}
