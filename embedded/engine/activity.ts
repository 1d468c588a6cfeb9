import type { ActivityRecord } from '../store/records';
import { type EventDetail, EventType } from './history';
import type { FunctionCaller } from './options';

/** What an activity's end adds to the history. */
export interface ActivityCompletion {
  readonly type: typeof EventType.TaskCompleted | typeof EventType.TaskFailed;
  readonly detail: EventDetail;
}

/** Runs an activity to its end; never rejects: a throw, and a function that is not there, are failures to record. */
export async function runActivity(activity: ActivityRecord, functions: FunctionCaller): Promise<ActivityCompletion> {
  const name = functions.activityName(activity.name);
  if (name === undefined) {
    const message = `The function '${activity.name}' doesn't exist, is disabled, or is not an activity function.`;
    return failure(activity, new Error(message));
  }
  try {
    const result = await functions.callActivity(name, activity.instanceId, activity.input);
    return { type: EventType.TaskCompleted, detail: { TaskScheduledId: activity.taskId, Result: result } };
  } catch (error) {
    return failure(activity, error);
  }
}

function failure(activity: ActivityRecord, thrown: unknown): ActivityCompletion {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const detail: EventDetail = {
    TaskScheduledId: activity.taskId,
    Reason: `Activity function '${activity.name}' failed: ${message}`,
    Details: JSON.stringify({
      ErrorType: thrown instanceof Error ? thrown.name : typeof thrown,
      ErrorMessage: message,
    }),
  };
  return { type: EventType.TaskFailed, detail };
}
