import { isOfferKind } from '../../src/contracts/target-kinds';
import type { ReleaseView } from '../../src/domain/release';
import type { ReleaseDocument } from '../../src/domain/release-document';
import { httpOf, type AppAnswer, type AppSend } from '../functions/app-http';
import { APPS } from '../support/emulator';
import { account, type ReleaseApp } from '../support/release-app';

/** A pipeline and the people around it, who reach a whole app on virtual time over HTTP alone. */
export interface AppPipeline {
  readonly send: AppSend;
  /** Starts a release of the published app, unless the document names another target; gives its id. */
  start(document: Partial<ReleaseDocument>): Promise<string>;
  view(id: string): Promise<ReleaseView>;
  /** A command about a release; gives status and, where it is a problem, its code. */
  command(id: string, name: string, body?: object): Promise<Pick<AppAnswer, 'status'> & { readonly code?: string }>;
  /** Runs a release to its gate, however long that takes; gives the gate. */
  toGate(id: string): Promise<string>;
  /** Starts a release that asks for approval (an offer's does by itself), and runs it to that gate; gives both ids. */
  startToGate(document: Partial<ReleaseDocument>): Promise<{ readonly id: string; readonly gateId: string }>;
  /** Runs the release to its end. */
  finish(id: string): Promise<ReleaseView>;
}

const target = { kind: 'store-app', applicationId: APPS.published } as const;

/** Opens the HTTP surface of an app. */
export async function pipelineOf(app: ReleaseApp): Promise<AppPipeline> {
  const send = await httpOf(app);
  const view = async (id: string): Promise<ReleaseView> => {
    const { status, body } = await send('GET', `/releases/${id}`);
    expect(status).toBe(200);
    // Held against OpenAPI by `httpOf`.
    return body as ReleaseView;
  };
  const start = async (document: Partial<ReleaseDocument>): Promise<string> => {
    const { status, body } = await send('POST', '/releases', { account, target, ...document });
    expect({ status, body }).toMatchObject({ status: 202 });
    return (body as ReleaseView).id;
  };
  const instanceOf = async (id: string): Promise<string> => {
    const { record } = (await app.rooms.releases.read(id))!;
    return app.instanceOf(id, record.view.run);
  };
  const toGate = async (id: string): Promise<string> => {
    const instance = await instanceOf(id);
    // What one app has used of the request budget, the next one of the file waits for.
    await app.host.runUntil(() => isAtGate(app.host.status(instance)?.customStatus));
    await app.host.settle();
    const { waitingFor } = await view(id);
    if (waitingFor?.kind !== 'approval') throw new Error(`It waits for ${JSON.stringify(waitingFor)}`);
    return waitingFor.gateId;
  };
  return {
    send,
    start,
    view,
    toGate,
    command: async (id, name, body = {}) => {
      const { status, body: answer } = await send('POST', `/releases/${id}/${name}`, body);
      return status < 400 ? { status } : { status, code: (answer as { code: string }).code };
    },
    startToGate: async (document) => {
      const asks = isOfferKind(document.target?.kind) ? {} : { approvals: ['commit'] as const };
      const id = await start({ ...document, options: { ...asks, ...document.options } });
      return { id, gateId: await toGate(id) };
    },
    finish: async (id) => {
      await app.host.run(await instanceOf(id));
      return view(id);
    },
  };
}

function isAtGate(status: unknown): boolean {
  // What `showStatus` shows.
  const { step, state } = (status ?? {}) as { readonly step?: string; readonly state?: string };
  return (step === 'approveCommit' || step === 'approveGoLive') && state === 'waiting';
}
