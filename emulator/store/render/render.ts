import type { Submission } from '../../core/model';
import type { ProductKind, RenderOptions } from '../products/product-kind';
import { withAbsentMembers } from './absent-members';

/** A submission as on the wire, absent members as the switch has them. */
export function render(kind: ProductKind, submission: Submission, options: RenderOptions): Record<string, unknown> {
  return withAbsentMembers(kind.render(submission, submission.content, options), options.switches);
}
