import { app } from '@azure/functions';
import type { InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';
import type { Activities } from './activities';
import type { Invocation } from './activities/deps';
import { orchestrators } from './contracts/activities';
import type { Context, Flow } from './contracts/durable';
import { everyActivity } from './contracts/every-activity';
import { offerOrchestrators } from './contracts/offer-activities';
import { logLine } from './functions/log-line';
import { registerFunctions } from './functions/register';
import type { FunctionServices } from './functions/services';
import { makePlan } from './orchestrators/make-plan';
import { publishToMarketplace } from './orchestrators/publish-to-marketplace';
import { publishToStore } from './orchestrators/publish-to-store';
import { rollOutStages } from './orchestrators/roll-out-stages';
import { watchOfferPublication } from './orchestrators/watch-offer';
import { watchStoreSubmission } from './orchestrators/watch-store-submission';
import type { Bell } from './storage/release-record';

/** What the app is made of; `createServices` makes the real ones. */
export interface AppServices {
  readonly functions: FunctionServices;
  /** Made when the first activity runs: an instance that serves HTTP alone never loads them. */
  activities(invocation: Invocation): Activities;
  /** Takes secrets out of a text that leaves the process: what an activity throws ends up in history. */
  redact(text: string): string;
  /** The host stops: slices end where they are, and go on elsewhere. */
  stop(): void;
}

/** Registers every function of the app by name, once. */
export function registerApp(services: AppServices): void {
  registerOrchestrator(orchestrators.publishToStore.name, publishToStore);
  registerOrchestrator(orchestrators.watchStoreSubmission.name, watchStoreSubmission);
  registerOrchestrator(orchestrators.rollOut.name, rollOutStages);
  registerOrchestrator(orchestrators.makePlan.name, makePlan);
  registerOrchestrator(offerOrchestrators.publishToMarketplace.name, publishToMarketplace);
  registerOrchestrator(offerOrchestrators.watchOffer.name, watchOfferPublication);
  for (const [name, ref] of Object.entries(everyActivity)) {
    // Object.entries forgets that the keys are those of `everyActivity`.
    registerActivity(ref.name, name as keyof Activities, services);
  }
  registerFunctions(services.functions);
  app.hook.appTerminate(() => services.stop());
}

function registerOrchestrator(name: string, orchestrator: (ctx: Context) => Flow<unknown>): void {
  df.app.orchestration(name, orchestrator);
}

function registerActivity(functionName: string, name: keyof Activities, services: AppServices): void {
  df.app.activity(functionName, {
    handler: async (input: unknown, context: InvocationContext) => {
      try {
        const run = services.activities(invocationOf(context))[name];
        // The engine hands out what history keeps; `call` and the refs tie both ends to the same types.
        return await run(input as never);
      } catch (error) {
        throw redacted(error, context, services);
      }
    },
    extraInputs: [clientInput],
  });
}

const clientInput = df.input.durableClient();

function invocationOf(context: InvocationContext): Invocation {
  return {
    ring: (bell) => ring(context, bell),
    log: (level, message, facts) => context[level](logLine(message, facts)),
  };
}

/** A bell that nobody hears is no error: whoever waits reads the record when it wakes. */
async function ring(context: InvocationContext, bell: Bell): Promise<void> {
  try {
    await df.getClient(context).raiseEvent(bell.instance, bell.name, {});
  } catch {
    context.debug(logLine('A bell was not heard', { instance: bell.instance }));
  }
}

/** A throw is a bug or a dying platform. Its text goes into history and the log, so it is cleaned here. */
function redacted(error: unknown, context: InvocationContext, services: AppServices): Error {
  const known = error instanceof Error ? error : new Error(String(error));
  context.error(logLine('An activity threw', { error: services.redact(known.stack ?? known.message) }));
  return new Error(services.redact(known.message));
}
