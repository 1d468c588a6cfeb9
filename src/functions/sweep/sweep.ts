import { app } from '@azure/functions';
import * as df from 'durable-functions';
import { FunctionName } from '../../contracts/names';
import type { DurableClient, Log } from '../http-route';
import { logLine } from '../log-line';
import type { FunctionServices } from '../services';
import { freeOrphanClaims } from './orphan-claims';
import { purgeHistory } from './purge-history';
import { reconcile } from './reconcile';
import { sweepPlans } from './reconcile-plans';

/** Registers the timer that mends what a crash may leave behind, and takes away what is old. */
export function registerSweep(services: FunctionServices): void {
  app.timer(FunctionName.sweep, {
    schedule: services.settings.sweepSchedule,
    extraInputs: [df.input.durableClient()],
    handler: async (_timer, context) => {
      const log: Log = (message, facts) => context.warn(logLine(message, facts));
      context.info(logLine('Swept', await sweep(services, df.getClient(context), log)));
    },
  });
}

/** How often each part found something to do; `null` where it failed. */
type SweepReport = Readonly<Record<string, number | null>>;

/** Every part on its own: one that fails does not keep the others from their work, and is done by the next sweep. */
async function sweep(services: FunctionServices, durable: DurableClient, log: Log): Promise<SweepReport> {
  const { settings, now, releases, timeline, claims, plans, documents, redact } = services;
  const ports = { releases, timeline, claims, plans, documents, now, durable, log };
  const report: Record<string, number | null> = {};
  const parts: readonly (readonly [string, () => Promise<number>])[] = [
    ['reconciled', async () => total(await reconcile(ports))],
    ['claimsFreed', () => freeOrphanClaims(ports)],
    ['auditLines', () => services.audit.writeAllPending()],
    ['plansSwept', () => sweepPlans(ports)],
    ['releasesPurged', () => purgeReleases(services)],
    ['instancesPurged', () => purgeHistory(durable, now(), settings.retentionMs)],
  ];
  for (const [name, run] of parts)
    report[name] = await run().catch((error: unknown) => failed(name, error, { redact, log }));
  return report;
}

function total({ started, failed: ended }: { started: number; failed: number }): number {
  return started + ended;
}

async function purgeReleases({ purge, settings, now }: FunctionServices): Promise<number> {
  const endedBefore = new Date(now().getTime() - settings.retentionMs);
  return (await purge.sweep({ endedBefore, now: now() })).releases.length;
}

function failed(part: string, error: unknown, ports: Pick<FunctionServices, 'redact'> & { readonly log: Log }): null {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  ports.log('A part of the sweep failed; the next sweep does it', {
    part,
    error: name,
    message: ports.redact(message),
  });
  return null;
}
