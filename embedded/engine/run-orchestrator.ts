import { AnswerError, type OrchestratorAnswer, parseAnswer } from './actions';
import { type Episode, triggerText } from './episode';
import { parseJson } from './json';
import type { FunctionCaller } from './options';
import { endPlan, holdPlan, orchestratorFailure, type Plan, planAnswer } from './plan';
import { RuntimeStatus } from './status';

/** The SDK puts the state of a failed orchestrator behind this mark in the error's message. */
const stateMark = '\n\n$OutOfProcData$:';

/** Runs an episode's user code, where there is any to run, and says what has to be written. Never rejects. */
export async function planEpisode(episode: Episode, functions: FunctionCaller): Promise<Plan> {
  if (episode.course === 'terminate') return endPlan(RuntimeStatus.Terminated, episode.reason);
  if (episode.course === 'hold') return holdPlan(RuntimeStatus.Suspended);
  const { name } = episode.instance;
  try {
    const registered = functions.orchestratorName(name);
    if (registered === undefined) {
      throw new AnswerError(`The function '${name}' doesn't exist, is disabled, or is not an orchestrator function.`);
    }
    return planAnswer(episode, await answerOf(episode, registered, functions));
  } catch (error) {
    return endPlan(
      RuntimeStatus.Failed,
      orchestratorFailure(name, error instanceof Error ? error.message : String(error)),
    );
  }
}

async function answerOf(episode: Episode, name: string, functions: FunctionCaller): Promise<OrchestratorAnswer> {
  try {
    return parseAnswer(await functions.callOrchestrator(name, episode.instance.instanceId, triggerText(episode)));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const mark = message.indexOf(stateMark);
    if (mark < 0) throw error;
    // The SDK leaves an error with an empty text out of the state: the instance stays Running for good, as on Azure.
    return parseAnswer(parseJson(message.slice(mark + stateMark.length)));
  }
}
