/**
 * What this service knows of members that do not come back as they were sent: files, which the service shows under
 * addresses of its own, and secrets, which it does not show. Which file and which secret it was is told by a mark: the
 * SHA-256 of the bytes, or by what their server tells them from others; the version that Key Vault has of the secret. So
 * neither a secret nor the query of an address is kept, nor anything that one could be guessed by.
 */
export interface KnownMember {
  readonly kind: 'address' | 'secret';
  /** The address without its query; the name of the secret. */
  readonly asked: string;
  readonly mark: string;
  /** What the service has shown in its place since, an address without its query; `null` = nothing. */
  readonly shown: string | null;
}

/** By JSON pointer below `changes` of a release document. */
type Members = Readonly<Record<string, KnownMember>>;

/** What this service has written last, and what of it went live. */
export interface KnownMembers {
  /** Of the draft after the last write: while it is the same, nobody has written since, also what does not show. */
  readonly etag?: string | undefined;
  readonly members: Members;
  readonly published?: { readonly publicationId: string; readonly members: Members } | undefined;
}

export const nothingKnown: KnownMembers = { members: {} };

/** Before a write is sent: what it replaces is not known any more until it was read back. */
export function withoutMembers(known: KnownMembers, pointers: readonly string[]): KnownMembers {
  const kept = Object.entries(known.members).filter(([pointer]) => !pointers.includes(pointer));
  return { ...known, members: Object.fromEntries(kept) };
}

/**
 * After a write. Secrets that it did not send are not known any more: that the service keeps one that is left out is its
 * promise, and shows nowhere.
 */
export function withWritten(known: KnownMembers, written: Members, etag: string | undefined): KnownMembers {
  const files = Object.entries(known.members).filter(([, { kind }]) => kind === 'address');
  return { ...known, etag, members: { ...Object.fromEntries(files), ...written } };
}

/**
 * After the draft was published: what of it is provably in the publication.
 *
 * @param before the draft as it was right before; `shownAt` says what it showed at a pointer
 */
export function withPublished(
  known: KnownMembers,
  publicationId: string,
  before: { readonly etag: string | undefined; readonly shownAt: (pointer: string) => unknown },
): KnownMembers {
  const isUntouched = before.etag !== undefined && before.etag === known.etag;
  const sure = Object.entries(known.members).filter(([pointer, { kind, shown }]) =>
    kind === 'secret' ? isUntouched : before.shownAt(pointer) === shown,
  );
  return { ...known, published: { publicationId, members: Object.fromEntries(sure) } };
}

/** After a preview was let go live: that is a publication of its own. */
export function withPromoted(known: KnownMembers, previewId: string, publicationId: string): KnownMembers {
  const { published } = known;
  return published?.publicationId === previewId ? { ...known, published: { ...published, publicationId } } : known;
}
