import { jsonPointer } from './json-pointer';
import type { Fault } from './release';
import type { ReleaseDocument } from './release-document';
import type { Warning } from './store/warning-catalogue';

/**
 * A release document whose references were followed: the packages of earlier releases by their names, and a submission
 * document as the changes that it means. What the planning of a release works on.
 */
export interface PlainDocument extends Pick<
  ReleaseDocument,
  'account' | 'target' | 'oldPackages' | 'changes' | 'options' | 'labels'
> {
  readonly packages?: readonly PlainPackage[] | undefined;
  /** Packages that the document says are there. */
  readonly expected?: readonly { readonly fileName: string; readonly pointer: string }[] | undefined;
  /** How a submission document wants to be published; the options of the release come first. */
  readonly publication?: Publication | undefined;
  /** What its assets show at once. */
  readonly warnings?: readonly Warning[] | undefined;
  /** Where parts of this document stand in the one that was sent, where that is another place. */
  readonly origins?: Origins | undefined;
}

/** With the plan and version that a marketplace product wants to know. */
export interface PlainPackage {
  readonly fileName: string;
  readonly plan?: string | undefined;
  readonly version?: string | undefined;
}

export interface Publication {
  readonly targetPublishMode: string;
  readonly targetPublishDate: string;
}

/** JSON pointer → JSON pointer, each for all that lies below. */
export type Origins = Readonly<Record<string, string>>;

/** The same place in the document that was sent. */
export function originOf(pointer: string, origins: Origins = {}): string {
  for (let length = pointer.length; length > 0; length = pointer.lastIndexOf('/', length - 1)) {
    const above = pointer.slice(0, length);
    const origin = Object.hasOwn(origins, above) ? origins[above] : undefined;
    if (origin !== undefined) return origin + pointer.slice(length);
  }
  return pointer;
}

/** The same faults or warnings, at the places that the sender knows. */
export function atOrigin<T extends Fault | Warning>(found: readonly T[], origins: Origins | undefined): readonly T[] {
  if (origins === undefined) return found;
  return found.map((one) => (one.pointer === undefined ? one : { ...one, pointer: originOf(one.pointer, origins) }));
}

/** Notes where something stands. */
export function origin(here: readonly PropertyKey[], there: readonly PropertyKey[]): [string, string] {
  return [jsonPointer(here), jsonPointer(there)];
}
