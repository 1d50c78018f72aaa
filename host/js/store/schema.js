// The tables, as the steps that lead to them. A step that has been released never changes: what
// comes later is a further step.

/** @type {readonly string[]} step n takes a database from version n to n + 1 */
export const MIGRATIONS = [
  `
  -- Facts about the database itself: the salt of its key, and a value to try a key on.
  CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;

  CREATE TABLE connectors (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    type_id TEXT NOT NULL,
    config TEXT NOT NULL,
    secrets BLOB NOT NULL
  ) STRICT;

  -- A token that is written anew gets a new sequence: the highest is the newest.
  CREATE TABLE tokens (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    connector_id TEXT NOT NULL,
    token_type TEXT NOT NULL,
    token BLOB NOT NULL,
    expires_at TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX tokens_of_connector ON tokens (connector_id, sequence);

  -- held: an earlier task of the same lane has not ended.
  -- retry_until: its retries are not counted before then; null where they are from the first on.
  -- decided_at: when run_at was decided.
  -- cut_offs: how often in a row the process ended during an attempt.
  CREATE TABLE tasks (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    connector_id TEXT NOT NULL,
    connector_name TEXT NOT NULL,
    type_id TEXT NOT NULL,
    lane TEXT,
    held INTEGER NOT NULL,
    params TEXT NOT NULL,
    source TEXT,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'succeeded', 'failed')),
    attempts INTEGER NOT NULL,
    max_attempts INTEGER NOT NULL,
    retry_until INTEGER,
    cut_offs INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    run_at INTEGER NOT NULL,
    decided_at INTEGER NOT NULL,
    result TEXT
  ) STRICT;
  CREATE INDEX tasks_by_state ON tasks (state, sequence);
  CREATE INDEX tasks_due ON tasks (run_at, sequence) WHERE state = 'waiting' AND held = 0;
  CREATE INDEX tasks_of_lane ON tasks (lane, sequence) WHERE state IN ('waiting', 'running');
  CREATE INDEX tasks_decided ON tasks (decided_at) WHERE state = 'waiting';
  CREATE INDEX tasks_ended ON tasks (sequence) WHERE state IN ('succeeded', 'failed');

  CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    timestamp INTEGER NOT NULL,
    action TEXT NOT NULL,
    outcome TEXT,
    connector_id TEXT,
    connector_name TEXT,
    type_id TEXT,
    task_id TEXT,
    attempt INTEGER,
    source TEXT,
    message TEXT,
    service_message TEXT,
    remedy TEXT,
    duration_ms INTEGER,
    request_body_bytes INTEGER
  ) STRICT;
  CREATE INDEX events_of_connector ON events (connector_id, id);
  CREATE INDEX events_of_task ON events (task_id, id);
  `,
  `
  -- started_at: when the latest occurrence began, as far as its sender says so.
  -- over_at: when it ended; null while it lasts.
  CREATE TABLE occurrences (
    webhook TEXT NOT NULL,
    alert TEXT NOT NULL,
    number INTEGER NOT NULL,
    started_at INTEGER,
    over_at INTEGER,
    PRIMARY KEY (webhook, alert)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX occurrences_over ON occurrences (over_at) WHERE over_at IS NOT NULL;
  `,
  `
  -- begun_at: when the first attempt of a task began. Of those that are under way already it is not
  -- known; it was after they were asked for.
  ALTER TABLE tasks ADD COLUMN begun_at INTEGER;
  UPDATE tasks SET begun_at = created_at WHERE attempts > 0;
  `,
];
