import type { DatabaseSync } from 'node:sqlite';

/** Marks a file as this runtime's (https://www.sqlite.org/pragma.html#pragma_application_id): "PCPr" in ASCII. */
export const applicationId = 0x50_43_50_72;

/**
 * Every step once, in order: `PRAGMA user_version` says how many a file has seen. Steps are only ever added, because
 * files written by released versions stay on people's disks.
 */
const migrations: readonly string[] = [
  // 1: everything.
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
  // 2: the file says whose it is.
  `PRAGMA application_id = ${applicationId};`,
];

/** How many steps this version knows: the schema of a file that it has opened. */
export const newestSchema = migrations.length;

/** How many steps a file has seen. */
export function schemaOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

/**
 * Brings a database file to a schema, the newest one unless told otherwise. Each step is a transaction of its own, so
 * that a kill between two steps goes on with the next one.
 */
export function migrate(database: DatabaseSync, to = newestSchema): void {
  const version = schemaOf(database);
  migrations.slice(version, to).forEach((statements, index) => {
    database.exec(`BEGIN IMMEDIATE; ${statements} PRAGMA user_version = ${version + index + 1}; COMMIT;`);
  });
}
