import { withoutSignature } from '../../../domain/cloud-partner/leaves';
import type { RemoteMessage, RemoteView } from '../../../domain/release';
import { StepStatus } from '../../../partner-center/cloud-partner-portal';
import type { OfferStatus, StatusMessage, Step } from '../../../partner-center/cloud-partner-portal';

/** A view goes through history with each poll: what is listed beyond this is read in Partner Center. */
const mostMessages = 20;
const mostLinks = 10;

/** The offers of an account; where one of them is, the API does not tell with its status. */
const portal = {
  title: 'Partner Center',
  href: 'https://partner.microsoft.com/dashboard/commercial-marketplace/overview',
};

/** A publication as people see it: the service's words, its messages as plain text. */
export function remoteOf(operationId: string, status: OfferStatus): RemoteView {
  const step = currentStep(status.steps);
  return {
    submissionId: operationId,
    status: step === undefined ? status.status : `${status.status}: ${nameOf(step)}`,
    errors: messagesOf(status, 'error'),
    warnings: messagesOf(status, 'warning'),
    reports: [],
    links: [...linksOf('Preview', status.previewLinks), ...linksOf('Live', status.liveLinks), portal],
  };
}

/** The step that the publication is in, or stopped at; `undefined` where none has begun, or all are done. */
function currentStep(steps: readonly Step[]): Step | undefined {
  return steps.find(({ status }) => status !== StepStatus.complete && status !== StepStatus.notStarted);
}

function nameOf({ id, stepName }: Step): string {
  return id ?? stepName ?? 'a step without a name';
}

function messagesOf({ messages, steps }: OfferStatus, level: string): readonly RemoteMessage[] {
  const all = [
    ...messages.map((message) => ({ code: 'offer', message })),
    ...steps.flatMap((step) => step.messages.map((message) => ({ code: nameOf(step), message }))),
  ];
  return all
    .filter(({ message }) => message.level?.toLowerCase() === level)
    .map(({ code, message }) => ({ code: code.slice(0, 100), details: textOf(message).slice(0, 800) }))
    .slice(0, mostMessages);
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** The text of a message that comes as HTML; addresses in it lose their signatures. */
function textOf({ messageHtml }: StatusMessage): string {
  const words = messageHtml
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:#(\d{1,6})|([a-z]+));/gi, (whole, code: string | undefined, name: string | undefined) =>
      code === undefined ? (entities[(name ?? '').toLowerCase()] ?? whole) : String.fromCodePoint(Number(code)),
    )
    .split(/\s+/)
    .filter((word) => word !== '');
  return words.map(withoutSignature).join(' ');
}

function linksOf(title: string, links: OfferStatus['previewLinks']): RemoteView['links'] {
  return links
    .filter(({ uri }) => /^https?:\/\//i.test(uri))
    .slice(0, mostLinks)
    .map(({ displayText = '', uri }) => ({
      title: displayText === '' ? title : `${title}: ${displayText}`.slice(0, 200),
      href: withoutSignature(uri),
    }));
}
