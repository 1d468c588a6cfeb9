import { call, say, statesOf } from './demo-client';
import type { ShownRelease } from './demo-client';
import { emulatedAccount } from './local-service';
import type { LocalService } from './local-service';

/** What a release document says besides the account. */
export interface Wish {
  readonly target: object;
  readonly [member: string]: unknown;
}

/** The people around a release: called once for each thing that it waits for. */
export type People = (service: LocalService, waiting: ShownRelease) => Promise<void>;

interface Timeline {
  readonly value: readonly {
    readonly at: string;
    readonly event: { readonly type: string; readonly [fact: string]: unknown };
  }[];
}

/** Sends a release, watches it to its success, and shows its timeline. */
export async function release(service: LocalService, wish: Wish, people: People): Promise<ShownRelease> {
  const document = { account: emulatedAccount, ...wish, labels: { build: 'demo' } };
  const started = await call<ShownRelease>(service, 'POST', '/releases', document);
  say(`started  ${started.id}`);
  const ended = await watch(service, started, people);
  await showTimeline(service, ended.id);
  if (ended.state !== 'succeeded') throw new Error(whyNot(ended));
  return ended;
}

async function watch(service: LocalService, started: ShownRelease, people: People): Promise<ShownRelease> {
  let last = started;
  let shown = '';
  let answered = '';
  for await (const current of statesOf(service, started)) {
    const line = [current.state, current.step, current.remote?.status].filter(Boolean).join(' · ');
    if (line !== shown) say(`${new Date().toISOString().slice(11, 19)} ${line}`);
    shown = line;
    last = current;
    const wait = current.state === 'waiting' ? JSON.stringify(current.waitingFor) : '';
    if (wait !== '' && wait !== answered) await people(service, current);
    answered = wait;
  }
  return last;
}

/** Who lets everyone have what a rollout has given to some. */
export const everyoneMayHaveIt: People = async (service, { id, waitingFor }) => {
  if (waitingFor?.kind !== 'rollout') return;
  await call(service, 'POST', `/releases/${id}/rollout`, { action: 'finalize' });
};

/** Who looks at the preview of an offer, and lets it go live. */
export const previewMayGoLive: People = async (service, { id, waitingFor, packages, remote }) => {
  if (waitingFor?.kind !== 'approval') return;
  const { gate, gateId, expiresAt } = waitingFor;
  const what = packages.map(({ identity, version }) => `version ${version} of the plan ${identity}`).join(', ');
  say(`\nAt the gate ${gate}: ${what} waits for a person, until ${expiresAt}. Look at it:`);
  for (const { title, href } of remote?.links ?? []) say(`  ${title}: ${href}`);
  await call(service, 'POST', `/releases/${id}/approve`, { gateId, comment: 'Looks right.', by: 'the demo' });
  say('approved\n');
};

async function showTimeline(service: LocalService, id: string): Promise<void> {
  const { value } = await call<Timeline>(service, 'GET', `/releases/${id}/timeline`);
  say('\ntimeline');
  for (const { at, event } of value) {
    const { type, ...facts } = event;
    say(`  ${at.slice(11, 23)} ${type.padEnd(18)} ${JSON.stringify(facts).slice(0, 110)}`);
  }
}

function whyNot({ state, failure }: ShownRelease): string {
  return failure === null ? `The release ended ${state}.` : `${failure.title}: ${failure.detail} ${failure.remedy}`;
}
