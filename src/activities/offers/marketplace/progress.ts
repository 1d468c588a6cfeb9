import type { OfferGoal, OfferPhase, OfferProgress } from '../../../domain/offer/offer-status';
import type { RemoteMessage } from '../../../domain/release';
import {
  latestSubmission,
  readTime,
  SubmissionState,
  SubmissionSubstate,
  TargetEnvironment,
} from '../../../partner-center/ingestion';
import type {
  CertificationReport,
  Submission,
  ValidationItem,
  WorkflowDetail,
} from '../../../partner-center/ingestion';
import { found } from './failures';
import { all } from './session';
import type { ProductSession } from './session';

/** The submission that counts; `null` = there is none. */
export async function lastPublication(session: ProductSession): Promise<OfferProgress | null> {
  const { client, call, productId } = session;
  const latest = await latestSubmission(client, productId, call);
  return latest === undefined ? null : progressOf(session, latest);
}

/** `undefined` = there is none, or it was deleted. */
export async function readProgress(session: ProductSession, submissionId: string): Promise<OfferProgress | undefined> {
  const { client, call, productId } = session;
  const answer = await found(client.getSubmission({ productId, submissionId }, call));
  return answer === undefined ? undefined : progressOf(session, answer.value);
}

/** Where a submission stands, and where it failed. */
type Standing = Pick<OfferProgress, 'phase' | 'failedIn'>;

async function progressOf(session: ProductSession, submission: Submission): Promise<OfferProgress> {
  const standing = await standingWithSteps(session, submission);
  const messages = await messagesOf(session, submission, standing);
  const publicationId = submission.id;
  return {
    publicationId,
    ...standing,
    remote: {
      submissionId: publicationId,
      status: statusOf(submission),
      ...messages,
      links: linksOf(session.productId, standing.phase),
    },
  };
}

/** In the words of the API, both of them: `Published` alone is said of a preview, too. */
export function statusOf({ state, substate = 'unknown' }: Submission): string {
  return `${state}/${substate}`;
}

/** A preview that is ready is `Published` already; what is not known is on its way. */
function standingOf({ state, substate }: Submission): Standing {
  if (state === SubmissionState.inProgress) {
    if (substate === SubmissionSubstate.failed) return { phase: 'failed', failedIn: 'preview' };
    if (substate === SubmissionSubstate.failedInCertification) return { phase: 'failed', failedIn: 'live' };
    return { phase: 'previewing' };
  }
  switch (substate) {
    case SubmissionSubstate.readyToPublish:
      return { phase: 'preview-ready' };
    case SubmissionSubstate.inStore:
      return { phase: 'live' };
    case SubmissionSubstate.failed:
    case SubmissionSubstate.failedInCertification:
      return { phase: 'failed', failedIn: 'live' };
    default:
      return { phase: 'going-live' };
  }
}

/** A step may have failed before the submission says so. */
async function standingWithSteps(session: ProductSession, submission: Submission): Promise<Standing> {
  const standing = standingOf(submission);
  const goal = goals[standing.phase];
  if (goal === undefined) return standing;
  const { client, call, productId } = session;
  const details = await found(all(client.listWorkflowDetails({ productId, submissionId: submission.id }, call)));
  return details?.some((detail) => isFailed(detail, goal)) === true ? { phase: 'failed', failedIn: goal } : standing;
}

const goals: Partial<Record<OfferPhase, OfferGoal>> = { previewing: 'preview', 'going-live': 'live' };
const environments: Readonly<Record<OfferGoal, string>> = {
  preview: TargetEnvironment.preview,
  live: TargetEnvironment.live,
};

function isFailed({ state = '', targetEnvironment }: WorkflowDetail, goal: OfferGoal): boolean {
  // Words that are not known may be of a step that goes on.
  return targetEnvironment === environments[goal] && /fail|error|reject/i.test(state);
}

type Messages = Pick<OfferProgress['remote'], 'errors' | 'warnings' | 'reports'>;

/** Why it failed. */
async function messagesOf(session: ProductSession, { id }: Submission, { phase }: Standing): Promise<Messages> {
  if (phase !== 'failed') return { errors: [], warnings: [], reports: [] };
  const { client, call, productId } = session;
  const address = { productId, submissionId: id };
  const [validations = [], reports = []] = await Promise.all([
    found(all(client.listValidations(address, call))),
    found(all(client.listCertificationReports(address, call))),
  ]);
  const isError = ({ severity }: ValidationItem): boolean => !/^(warning|info)/i.test(severity ?? '');
  const failed = reports.filter(({ status }) => status === 'Failed').map(reportMessage);
  return {
    errors: [...validations.filter(isError).map(messageOf), ...failed].slice(0, 50),
    warnings: validations
      .filter((item) => !isError(item))
      .map(messageOf)
      .slice(0, 50),
    reports: reports.slice(0, 20).map((report) => ({ date: reportDateOf(report), href: portalPage(productId) })),
  };
}

/** What validation found, in words of ours where it has none. */
export function messageOf({ errorCode = 'validation', message = '', resource }: ValidationItem): RemoteMessage {
  const where = resource === undefined || resource === '' ? '' : ` (${resource})`;
  return { code: errorCode, details: `${message}${where}`.trim().slice(0, 500) };
}

/** The address of a report is a secret: a release leads to it by one that is asked for then. */
function reportMessage(report: CertificationReport): RemoteMessage {
  return {
    code: 'certification-report',
    details: `Certification failed: the report of ${reportDateOf(report)} says why.`,
  };
}

/** When it was written, as a release shows it; empty where the API does not say. */
export function reportDateOf({ reportTimeInUtc }: CertificationReport): string {
  return readTime(reportTimeInUtc)?.toISOString() ?? '';
}

function portalPage(productId: string): string {
  return `https://partner.microsoft.com/dashboard/commercial-marketplace/offers/${encodeURIComponent(productId)}/overview`;
}

/** The preview has no address that could be told without the publisher's name: the page of the offer leads there. */
function linksOf(productId: string, phase: OfferPhase): OfferProgress['remote']['links'] {
  const page = portalPage(productId);
  const preview = phase === 'preview-ready' ? [{ title: 'Preview, from the offer in Partner Center', href: page }] : [];
  return [{ title: 'Offer in Partner Center', href: page }, ...preview];
}
