import { randomUUID } from 'node:crypto';
import type { Product, Submission } from '../core/model';
import type { Services } from '../core/services';
import { languagesOf, rolloutOf } from './document/content';
import type { FoundProduct, ProductKind } from './products/product-kind';

/**
 * A new draft, with its place in the upload storage: a clone of the last published submission, or the template.
 * *Documented*; that its rollout starts afresh is *assumed*.
 */
export function draftOf(services: Services, kind: ProductKind, { application, product }: FoundProduct): Submission {
  const { counters, submissions } = services.world;
  const published = submissions.get(product.published ?? '');
  const content = published ? structuredClone(published.content) : kind.template();
  const rollout = rolloutOf(content);
  if (rollout) {
    delete rollout.isSeekEnabled;
    Object.assign(rollout, { isPackageRollout: false, packageRolloutPercentage: 0 });
  }
  const now = services.clock.now();
  return {
    id: String(1152921505700600000n + BigInt(++counters.submission)),
    kind: kind.kind,
    product: product.id,
    application: application.id,
    friendlyName: `Submission ${++product.lastNumber}`,
    portal: false,
    status: 'PendingCommit',
    since: now,
    errors: [],
    reports: [],
    content,
    advancedPricing: published?.advancedPricing ?? true,
    rolloutStatus: 'PackageRolloutNotStarted',
    fallbackSubmissionId: '0',
    baseLanguages: languagesOf(content),
    ...(published?.hiddenPrice !== undefined && { hiddenPrice: published.hiddenPrice }),
    upload: { blob: randomUUID(), ordinal: ++counters.upload, issued: now },
  };
}

/** Makes a draft the pending submission of its product. */
export function addDraft({ world }: Services, product: Product, submission: Submission): void {
  world.submissions.set(submission.id, submission);
  product.pending = submission.id;
}
