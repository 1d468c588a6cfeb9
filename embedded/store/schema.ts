import type { DatabaseSync } from 'node:sqlite';

/**
 * Every step once, in order: `PRAGMA user_version` says how many a file has seen. Steps are only ever added, because
 * files written by released versions stay on people's disks.
 */
const migrations: readonly string[] = [
  `
  CREATE TABLE instances (
    instance_id TEXT PRIMARY KEY,
    execution_id TEXT NOT NULL,
    name TEXT NOT NULL,
    version TEXT,
    status TEXT NOT NULL,
    input TEXT,
    output TEXT,
    custom_status TEXT,
    parent_instance_id TEXT,
    parent_execution_id TEXT,
    parent_task_id INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX instances_by_status ON instances (status);
  CREATE TABLE history (
    instance_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (instance_id, position)
  ) WITHOUT ROWID;
  CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    instance_id TEXT NOT NULL,
    execution_id TEXT,
    kind TEXT NOT NULL,
    body TEXT NOT NULL
  );
  CREATE INDEX messages_by_instance ON messages (instance_id, id);
  CREATE TABLE activities (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    instance_id TEXT NOT NULL,
    execution_id TEXT NOT NULL,
    task_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    input TEXT NOT NULL,
    UNIQUE (execution_id, task_id)
  );
  CREATE TABLE timers (
    execution_id TEXT NOT NULL,
    timer_id INTEGER NOT NULL,
    instance_id TEXT NOT NULL,
    fire_at INTEGER NOT NULL,
    PRIMARY KEY (execution_id, timer_id)
  ) WITHOUT ROWID;
  CREATE INDEX timers_by_time ON timers (fire_at);
  CREATE INDEX timers_by_instance ON timers (instance_id);
  CREATE TABLE schedules (
    function_name TEXT PRIMARY KEY,
    last INTEGER,
    next INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  `,
];

/**
 * Brings a database file to the newest schema, each step in a transaction of its own, so that a kill between two steps
 * goes on with the next one.
 *
 * @throws Error when the file was written by a newer version.
 */
export function migrate(database: DatabaseSync): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
  if (version > migrations.length) {
    throw new Error(
      `The state was written by a newer version (schema ${version}, this one knows ${migrations.length}).`,
    );
  }
  migrations.slice(version).forEach((statements, index) => {
    database.exec(`BEGIN IMMEDIATE; ${statements} PRAGMA user_version = ${version + index + 1}; COMMIT;`);
  });
}
