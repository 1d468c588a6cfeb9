import type { Fault } from '../release';
import { mappingOf } from './mapping';
import type { StoreKind } from './mapping';
import { changesPlace } from './changes/place';
import type { AssetFile, ChangeContext } from './changes/place';
import { asObject } from '../json-value';
import type { Members } from '../json-value';
import type { StoreSubmission } from './submission';

/** A submission with changes applied. */
export interface AppliedChanges {
  readonly submission: StoreSubmission;
  /** All of them at once; with any, the submission is not one to send. */
  readonly faults: readonly Fault[];
  /** What the archive for Partner Center needs. */
  readonly files: readonly AssetFile[];
}

/**
 * A submission as a release document's `changes` would say it: the API's names, without what is read-only, ignored, or
 * said elsewhere in the document, with objects instead of lists where things have keys. Applied as a patch it changes
 * nothing.
 */
export function exportOf(kind: StoreKind, submission: StoreSubmission): Members {
  return asObject(mappingOf(kind).shape.exported(submission));
}

/**
 * Applies a merge patch (RFC 7396) on the exported document to a submission. What it does not name stays as it is, also
 * what no export shows. Pure, and applying twice gives the same.
 */
export function applyChanges(
  kind: StoreKind,
  base: StoreSubmission,
  changes: object | undefined,
  context: ChangeContext,
): AppliedChanges {
  const at = changesPlace(context);
  const { shape } = mappingOf(kind);
  // A shape of an object answers an object; its members are those that the submission had, each of its own shape.
  const submission = shape.patched(base, changes ?? {}, at) as StoreSubmission;
  return { submission, faults: at.found.faults, files: at.found.files };
}
