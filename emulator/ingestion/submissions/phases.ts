import type { Services } from '../../core/services';
import type { CertificationReport, IngestionProduct, ProductSubmission, Substate } from '../model';

/** Shares of the duration of certification, and of the way from the promotion to the store. *Assumed*. */
const PREVIEW = 0.3;
const LIVE = 0.6;
const VALIDATED = 0.5;
const CERTIFIED = 0.6;
const SHOWN_PUBLISHED = 0.85;

/** How long the two stages of a submission take. */
export function durationOf(certification: number, slower: number): { preview: number; live: number } {
  return { preview: certification * PREVIEW * slower, live: certification * LIVE * slower };
}

/** Times of the steps of a submission, as far as they are known. Epoch milliseconds. */
export function stepTimes({ created, duration, promoted }: ProductSubmission) {
  const from = promoted ?? Infinity;
  return {
    validated: created + duration.preview * VALIDATED,
    previewed: created + duration.preview,
    certified: from + duration.live * CERTIFIED,
    published: from + duration.live,
  };
}

/** Brings a product's submissions up to the emulator's time: every change that was due, in order. */
export function settleSubmissions(services: Services, product: IngestionProduct): void {
  const now = services.clock.now();
  const isShown = services.world.settings.switches.publishedStep === 'shown';
  for (const submission of product.submissions) {
    for (let next = nextStep(submission, isShown); next && next.at <= now; next = nextStep(submission, isShown)) {
      enter(product, submission, next);
    }
  }
}

interface Step {
  readonly to: Substate;
  readonly at: number;
}

function nextStep(submission: ProductSubmission, isShown: boolean): Step | undefined {
  const { substate, outcome } = submission;
  if (outcome?.result === 'Stuck' && outcome.stuckIn === substate) return undefined;
  const { validated, previewed, published } = stepTimes(submission);
  switch (substate) {
    case 'Submitted':
      return hasErrors(submission) ? { to: 'Failed', at: validated } : { to: 'ReadyToPublish', at: previewed };
    case 'ReadyToPublish':
      // *Documented*: what is to promote itself needs no promotion. When it does is *assumed*.
      return submission.publishOption?.['isAutoPromote'] === true ? { to: 'Publishing', at: previewed } : undefined;
    case 'Publishing':
      return afterPublishing(submission, isShown);
    case 'Published':
      return { to: 'InStore', at: published };
    default:
      return undefined;
  }
}

function hasErrors({ validations }: ProductSubmission): boolean {
  return validations.some(({ severity }) => severity === 'Error');
}

function afterPublishing(submission: ProductSubmission, isShown: boolean): Step | undefined {
  const { outcome, promoted, duration } = submission;
  if (promoted === undefined) return undefined;
  const { certified, published } = stepTimes(submission);
  if (outcome?.result === 'FailedInCertification') return { to: 'FailedInCertification', at: certified };
  if (!isShown) return { to: 'InStore', at: published };
  return { to: 'Published', at: promoted + duration.live * SHOWN_PUBLISHED };
}

function enter(product: IngestionProduct, submission: ProductSubmission, { to, at }: Step): void {
  submission.substate = to;
  submission.since = at;
  if (to === 'ReadyToPublish') submission.previewed = at;
  if (to === 'Publishing') submission.promoted = at;
  if (to === 'FailedInCertification') submission.reports = submission.outcome?.reports ?? [defaultReport(at)];
  if (to !== 'InStore') return;
  submission.published = at;
  product.live = submission.id;
}

/** *Assumed*. */
export function defaultReport(at: number): CertificationReport {
  const fileUri = 'https://partner.microsoft.com/dashboard/reports/certification';
  return { reportTimeInUtc: new Date(at).toISOString(), status: 'Failed', fileUri };
}
