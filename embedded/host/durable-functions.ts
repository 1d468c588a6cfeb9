import { AnswerError } from '../engine/actions';
import { jsonText, parseJson } from '../engine/json';
import type { FunctionCaller } from '../engine/options';
import type { TypedData } from './core-types';
import type { Invoker } from './invoker';
import type { FunctionRegistry } from './registry';

/** Lets the engine call an app's orchestrators and activities through the programming model. */
export function durableFunctions(registry: FunctionRegistry, invoker: Invoker): FunctionCaller {
  return {
    orchestratorName: (name) => registry.find('orchestration', name)?.name,
    activityName: (name) => registry.find('activity', name)?.name,
    async callOrchestrator(name, instanceId, trigger) {
      const target = registry.find('orchestration', name);
      if (target === undefined) throw new AnswerError(`No orchestrator '${name}'.`);
      const response = await invoker.invoke(target, { data: { string: trigger }, instanceId });
      return parseJson(response.returnValue?.json ?? 'null');
    },
    async callActivity(name, instanceId, input) {
      const target = registry.find('activity', name);
      if (target === undefined) throw new Error(`No activity '${name}'.`);
      const triggerMetadata = { instanceId: { string: instanceId } };
      const response = await invoker.invoke(target, { data: activityData(input), triggerMetadata, instanceId });
      return resultText(response.returnValue);
    },
  };
}

/** An activity's input as the host hands it on: booleans become text and null becomes nothing, as on Azure. */
function activityData(input: string): TypedData {
  const value = parseJson(input);
  if (value === null) return {};
  if (typeof value === 'string') return { string: value };
  if (typeof value === 'boolean') return { string: value ? 'True' : 'False' };
  return { string: input };
}

/** A result as it stands in the history: JSON text, never absent and never empty. */
function resultText(data: TypedData | null | undefined): string {
  if (data === null || data === undefined) return 'null';
  if (typeof data.json === 'string') return data.json === '' ? 'null' : data.json;
  if (data.bytes instanceof Uint8Array) return jsonText(Buffer.from(data.bytes).toString('base64'));
  return jsonText(data.string ?? data.int ?? data.double ?? null);
}
