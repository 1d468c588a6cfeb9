import { commitEpisode } from './commit';
import type { EngineContext } from './context';
import { beginEpisode, type Episode } from './episode';
import type { ProbeDetail } from './options';
import type { Plan } from './plan';
import { planEpisode } from './run-orchestrator';
import { hasEnded } from './status';

/**
 * Runs one episode of an instance: takes what is waiting for it, runs user code over the history, writes the outcome in
 * one piece. Must not run twice at a time for the same instance.
 *
 * @returns ids of the instances that have something to do now.
 */
export async function runEpisode(context: EngineContext, instanceId: string): Promise<string[]> {
  const { store, clock, functions } = context;
  const instance = store.instances.get(instanceId);
  const messages = store.work.messages(instanceId);
  if (instance === undefined || hasEnded(instance.status)) {
    store.work.removeMessages(messages.map(({ id }) => id));
    return [];
  }
  const episode = beginEpisode({ instance, pastTexts: store.instances.history(instanceId), messages }, clock.now());
  if (episode.course === 'nothing') {
    store.work.removeMessages(episode.taken);
    return [];
  }
  const detail: ProbeDetail = { instanceId, name: instance.name };
  await context.pass('episode-loaded', detail);
  const plan = await planEpisode(episode, functions);
  await context.pass('episode-answered', detail);
  if (context.isDead()) return [];
  const ready = await write(context, episode, plan);
  await context.pass('episode-committed', detail);
  return ready;
}

async function write(context: EngineContext, episode: Episode, plan: Plan): Promise<string[]> {
  const { store, clock, functions, defaultVersion, batch } = context;
  const { instanceId, executionId, name } = episode.instance;
  const ready = await batch.commit(() => {
    // Purged or replaced while user code ran: the answer is for nobody.
    if (store.instances.get(instanceId)?.executionId !== executionId) return [];
    const orchestratorName = (called: string): string | undefined => functions.orchestratorName(called);
    const woken = commitEpisode({ store, now: clock.now(), defaultVersion, orchestratorName }, episode, plan);
    void context.pass('episode-committing', { instanceId, name });
    return woken;
  });
  // What arrived meanwhile is for the next episode.
  return store.work.hasMessages(instanceId) ? [...ready, instanceId] : ready;
}
