import type { Database } from './database';
import { type ActivityRecord, type DueTimer, type Message, MessageKind, type NewMessage } from './records';
import { number, optionalText, type Row, text } from './rows';

/** What has to be done: messages for instances, activities to run, timers to fire. */
export class WorkStore {
  readonly #database: Database;

  /** @param database an open, migrated database. */
  constructor(database: Database) {
    this.#database = database;
  }

  /** Queues a message behind all others of its instance. */
  addMessage(message: NewMessage): void {
    this.#database.run(
      'INSERT INTO messages (instance_id, execution_id, kind, body) VALUES (?, ?, ?, ?)',
      message.instanceId,
      message.executionId ?? null,
      message.kind,
      message.body,
    );
  }

  /** All messages of an instance in order of arrival. */
  messages(instanceId: string): Message[] {
    return this.#database.all('SELECT * FROM messages WHERE instance_id = ? ORDER BY id', instanceId).map(toMessage);
  }

  /** True when a message waits for the instance. */
  hasMessages(instanceId: string): boolean {
    return this.#database.get('SELECT 1 FROM messages WHERE instance_id = ? LIMIT 1', instanceId) !== undefined;
  }

  /** Forgets messages: they are in the history now, or for nobody. */
  removeMessages(ids: readonly number[]): void {
    for (const id of ids) this.#database.run('DELETE FROM messages WHERE id = ?', id);
  }

  /** Queues an activity. */
  addActivity(activity: Omit<ActivityRecord, 'id'>): void {
    this.#database.run(
      'INSERT INTO activities (instance_id, execution_id, task_id, name, input) VALUES (?, ?, ?, ?, ?)',
      activity.instanceId,
      activity.executionId,
      activity.taskId,
      activity.name,
      activity.input,
    );
  }

  /** Activities queued after the one with this id, oldest first; 0 for all. */
  activitiesAfter(id: number): ActivityRecord[] {
    return this.#database.all('SELECT * FROM activities WHERE id > ? ORDER BY id', id).map(toActivity);
  }

  /** Takes an activity off the queue; false when its completion has been written before. */
  removeActivity(id: number): boolean {
    return this.#database.run('DELETE FROM activities WHERE id = ?', id) > 0;
  }

  /** Sets a timer of a generation. */
  addTimer(timer: DueTimer): void {
    this.#database.run(
      'INSERT INTO timers (execution_id, timer_id, instance_id, fire_at) VALUES (?, ?, ?, ?)',
      timer.executionId,
      timer.timerId,
      timer.instanceId,
      timer.fireAt,
    );
  }

  /** Drops a timer; false when it has fired or was dropped before. */
  removeTimer(executionId: string, timerId: number): boolean {
    const sql = 'DELETE FROM timers WHERE execution_id = ? AND timer_id = ?';
    return this.#database.run(sql, executionId, timerId) > 0;
  }

  /** Drops all timers of an instance: it has ended. */
  removeTimers(instanceId: string): void {
    this.#database.run('DELETE FROM timers WHERE instance_id = ?', instanceId);
  }

  /** When the next timer is due, epoch milliseconds, or undefined when none is set. */
  nextTimer(): number | undefined {
    const row = this.#database.get('SELECT fire_at FROM timers ORDER BY fire_at LIMIT 1');
    return row === undefined ? undefined : number(row, 'fire_at');
  }

  /** Timers due at `now`, earliest first. */
  dueTimers(now: number): DueTimer[] {
    return this.#database
      .all('SELECT * FROM timers WHERE fire_at <= ? ORDER BY fire_at, execution_id, timer_id', now)
      .map((row) => ({
        instanceId: text(row, 'instance_id'),
        executionId: text(row, 'execution_id'),
        timerId: number(row, 'timer_id'),
        fireAt: number(row, 'fire_at'),
      }));
  }
}

function toMessage(row: Row): Message {
  const kind = text(row, 'kind');
  const known = Object.values(MessageKind).find((candidate) => candidate === kind);
  if (known === undefined) throw new TypeError(`Unknown message kind ${kind}.`);
  return {
    id: number(row, 'id'),
    instanceId: text(row, 'instance_id'),
    executionId: optionalText(row, 'execution_id'),
    kind: known,
    body: text(row, 'body'),
  };
}

function toActivity(row: Row): ActivityRecord {
  return {
    id: number(row, 'id'),
    instanceId: text(row, 'instance_id'),
    executionId: text(row, 'execution_id'),
    taskId: number(row, 'task_id'),
    name: text(row, 'name'),
    input: text(row, 'input'),
  };
}
