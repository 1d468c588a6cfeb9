import type { HttpResponseInit } from '@azure/functions';
import type { ReleaseSummary } from '../contracts/release';
import { hasEnded, type ReleaseView } from '../domain/release';

/** Paths on this host of what belongs to a release. */
function linksOf(id: string): ReleaseSummary['links'] {
  const self = `/api/releases/${id}`;
  return { self, plan: `${self}/plan`, document: `${self}/document`, timeline: `${self}/timeline` };
}

/** A report is read through us: its own address is a secret, and asked for when somebody follows this one. */
function remoteOf({ id, remote }: ReleaseView): ReleaseView['remote'] {
  if (remote === null) return null;
  const reports = remote.reports.map(({ date }, index) => ({
    date,
    href: `/api/releases/${id}/reports/${index + 1}`,
  }));
  return { ...remote, reports };
}

/** The release as one answers it. */
export function releaseBody(view: ReleaseView): object {
  const { rev: _, ...release } = view;
  return { ...release, remote: remoteOf(view), links: linksOf(view.id) };
}

/** The release as lists show it: without its steps. */
export function summaryBody(view: ReleaseView): object {
  const { rev: _rev, steps: _steps, ...release } = view;
  return { ...release, remote: remoteOf(view), links: linksOf(view.id) };
}

/** Strong: the release is the same, octet for octet, as long as this is. */
export function etagOf(view: ReleaseView): string {
  return `"${view.rev}"`;
}

const longestSeconds = 60;
const usualSeconds = 5;

/** The answer to whoever changed something, or would have. */
export function releaseResponse(status: 200 | 202, view: ReleaseView, now: Date): HttpResponseInit {
  // What was just asked for is about to show, whatever the release waited for until now.
  const soon = status === 202 ? { 'retry-after': String(usualSeconds) } : retryAfter(view, now);
  return {
    status,
    headers: { location: linksOf(view.id).self, etag: etagOf(view), ...soon },
    jsonBody: releaseBody(view),
  };
}

/** When it is worth asking again, as a header; none where the release has ended. */
export function retryAfter(view: ReleaseView, now: Date): Record<string, string> {
  if (hasEnded(view.state)) return {};
  return { 'retry-after': String(secondsUntilNews(view, now)) };
}

function secondsUntilNews({ nextCheckAt, state }: ReleaseView, now: Date): number {
  if (state === 'waiting') return longestSeconds / 2;
  if (nextCheckAt === null) return usualSeconds;
  const seconds = Math.ceil((Date.parse(nextCheckAt) - now.getTime()) / 1000);
  return Math.min(Math.max(seconds, usualSeconds), longestSeconds);
}
