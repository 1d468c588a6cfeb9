import { isRuntimeStatus, RuntimeStatus } from '../engine/status';
import type { Database } from './database';
import type { InstanceRecord, NewInstance, ParentLink } from './records';
import { number, optionalNumber, optionalText, type Row, text } from './rows';

/** What an episode changes in its instance's row. Undefined leaves a value as it is. */
export interface InstanceChange {
  readonly status: RuntimeStatus;
  readonly output?: string | undefined;
  readonly customStatus?: string | undefined;
}

/** Which instances a query means; every member narrows it. Times are epoch milliseconds, both ends included. */
export interface InstanceFilter {
  readonly createdFrom?: number | undefined;
  readonly createdTo?: number | undefined;
  /** Empty or absent: any status. */
  readonly statuses?: readonly string[] | undefined;
  readonly idPrefix?: string | undefined;
  /** Only ids after this one: the last id of the page before. */
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

/** The instances table and the histories of the current generations. */
export class InstanceStore {
  readonly #database: Database;

  /** @param database an open, migrated database. */
  constructor(database: Database) {
    this.#database = database;
  }

  /** The instance, or undefined. */
  get(instanceId: string): InstanceRecord | undefined {
    const row = this.#database.get('SELECT * FROM instances WHERE instance_id = ?', instanceId);
    return row === undefined ? undefined : toInstance(row);
  }

  /** Stores a new instance, or a new generation of one, in place of whatever had its id. */
  insert(instance: NewInstance, now: number): void {
    const { parent } = instance;
    this.#database.run('DELETE FROM history WHERE instance_id = ?', instance.instanceId);
    this.#database.run('DELETE FROM timers WHERE instance_id = ?', instance.instanceId);
    this.#database.run(
      `INSERT OR REPLACE INTO instances (instance_id, execution_id, name, version, status, input, output, custom_status,
         parent_instance_id, parent_execution_id, parent_task_id, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?, ?, ?)`,
      instance.instanceId,
      instance.executionId,
      instance.name,
      instance.version ?? null,
      instance.status ?? RuntimeStatus.Pending,
      instance.input ?? null,
      instance.customStatus ?? null,
      parent?.instanceId ?? null,
      parent?.executionId ?? null,
      parent?.taskId ?? null,
      now,
      now,
    );
  }

  /** Writes what an episode made of the instance. */
  update(instanceId: string, change: InstanceChange, now: number): void {
    this.#database.run(
      `UPDATE instances SET status = ?, output = COALESCE(?, output), custom_status = COALESCE(?, custom_status),
         updated_at = ? WHERE instance_id = ?`,
      change.status,
      change.output ?? null,
      change.customStatus ?? null,
      now,
      instanceId,
    );
  }

  /** The events of the current generation as JSON texts, in order. */
  history(instanceId: string): string[] {
    const rows = this.#database.all('SELECT event FROM history WHERE instance_id = ? ORDER BY position', instanceId);
    return rows.map((row) => text(row, 'event'));
  }

  /** Appends events (JSON texts) after the first `count` ones. */
  appendHistory(instanceId: string, count: number, events: readonly string[]): void {
    events.forEach((event, index) => {
      this.#database.run(
        'INSERT INTO history (instance_id, position, event) VALUES (?, ?, ?)',
        instanceId,
        count + index,
        event,
      );
    });
  }

  /** Instances that pass the filter, by id. */
  query(filter: InstanceFilter): InstanceRecord[] {
    const statuses = filter.statuses ?? [];
    const rows = this.#database.all(
      `SELECT * FROM instances
       WHERE created_at >= ? AND created_at <= ? AND instance_id > ?
         AND (? = '[]' OR status IN (SELECT value FROM json_each(?)))
         AND substr(instance_id, 1, length(?)) = ?
       ORDER BY instance_id LIMIT ?`,
      filter.createdFrom ?? Number.MIN_SAFE_INTEGER,
      filter.createdTo ?? Number.MAX_SAFE_INTEGER,
      filter.after ?? '',
      JSON.stringify(statuses),
      JSON.stringify(statuses),
      filter.idPrefix ?? '',
      filter.idPrefix ?? '',
      filter.limit ?? -1,
    );
    return rows.map(toInstance);
  }

  /** Ids of instances that have not run yet or for which messages wait: what goes on after a restart. */
  ready(): string[] {
    const rows = this.#database.all(
      `SELECT instance_id FROM instances
       WHERE status IN (?, ?) AND NOT EXISTS (SELECT 1 FROM history WHERE history.instance_id = instances.instance_id)
       UNION SELECT instance_id FROM messages`,
      RuntimeStatus.Pending,
      RuntimeStatus.Running,
    );
    return rows.map((row) => text(row, 'instance_id'));
  }

  /** Forgets an instance with its history, timers and messages; says whether there was one. */
  remove(instanceId: string): boolean {
    this.#database.run('DELETE FROM history WHERE instance_id = ?', instanceId);
    this.#database.run('DELETE FROM timers WHERE instance_id = ?', instanceId);
    this.#database.run('DELETE FROM messages WHERE instance_id = ?', instanceId);
    return this.#database.run('DELETE FROM instances WHERE instance_id = ?', instanceId) > 0;
  }
}

function toInstance(row: Row): InstanceRecord {
  const status = text(row, 'status');
  if (!isRuntimeStatus(status)) throw new TypeError(`Unknown runtime status ${status}.`);
  return {
    instanceId: text(row, 'instance_id'),
    executionId: text(row, 'execution_id'),
    name: text(row, 'name'),
    version: optionalText(row, 'version'),
    status,
    input: optionalText(row, 'input'),
    output: optionalText(row, 'output'),
    customStatus: optionalText(row, 'custom_status'),
    parent: toParent(row),
    createdAt: number(row, 'created_at'),
    updatedAt: number(row, 'updated_at'),
  };
}

function toParent(row: Row): ParentLink | undefined {
  const instanceId = optionalText(row, 'parent_instance_id');
  const executionId = optionalText(row, 'parent_execution_id');
  const taskId = optionalNumber(row, 'parent_task_id');
  if (instanceId === undefined || executionId === undefined || taskId === undefined) return undefined;
  return { instanceId, executionId, taskId };
}
