/**
 * The state database, step by step: entry N brings `user_version` N to N+1. Steps that were ever
 * released are never edited. Times are UTC milliseconds; nanoseconds are TEXT, since they do not
 * fit a JavaScript number. Causes are a comma-separated list of cause IDs.
 */
export const SCHEMA_STEPS: readonly string[] = [
  `
  CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) WITHOUT ROWID;

  CREATE TABLE account (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    service_url TEXT NOT NULL,
    login_id TEXT NOT NULL,
    password TEXT NOT NULL,
    nickname TEXT NOT NULL,
    token TEXT NOT NULL
  );

  CREATE TABLE source (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    destination TEXT NOT NULL,
    added_at_ms INTEGER NOT NULL
  );

  -- What is on the service, in the order of a scan: keys as core/compare-keys.ts says.
  CREATE TABLE file_index (
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    modified_at_ns TEXT NOT NULL,
    changed_at_ns TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    settled INTEGER NOT NULL,
    PRIMARY KEY (source_id, key)
  ) WITHOUT ROWID;

  -- Files whose bytes were on their way when this row was written. One that is still here when a
  -- job starts may be committed already: the service is asked before it is sent again.
  CREATE TABLE pending_upload (
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    modified_at_ns TEXT NOT NULL,
    upload_url TEXT,
    append_bytes_max INTEGER,
    PRIMARY KEY (source_id, key)
  ) WITHOUT ROWID;

  CREATE TABLE job (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    trigger TEXT NOT NULL,
    source_id INTEGER REFERENCES source (id) ON DELETE SET NULL,
    source_path TEXT NOT NULL,
    destination TEXT NOT NULL,
    started_at_ms INTEGER NOT NULL,
    ended_at_ms INTEGER,
    status TEXT NOT NULL,
    causes TEXT NOT NULL,
    target_count INTEGER NOT NULL DEFAULT 0,
    processed_count INTEGER NOT NULL DEFAULT 0,
    transferred_file_count INTEGER NOT NULL DEFAULT 0,
    transferred_bytes INTEGER NOT NULL DEFAULT 0,
    excluded_count INTEGER NOT NULL DEFAULT 0,
    detail TEXT
  );
  CREATE INDEX job_by_kind ON job (kind, started_at_ms DESC, id DESC);
  CREATE INDEX job_running ON job (status) WHERE status = 'running';

  CREATE TABLE job_file (
    job_id INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    path TEXT NOT NULL,
    path_base64 TEXT,
    entry_kind TEXT NOT NULL,
    status TEXT NOT NULL,
    causes TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    detail TEXT,
    PRIMARY KEY (job_id, position)
  ) WITHOUT ROWID;
  CREATE INDEX job_file_by_status ON job_file (job_id, status, position);
  `,
  `
  -- The device the source was on when its deletions were last in order (D15).
  ALTER TABLE source ADD COLUMN device_id TEXT;

  -- How many delete jobs may have asked for its deletion and never heard the end: with any, it may be
  -- gone from the service, and a file that comes back is sent again.
  ALTER TABLE file_index ADD COLUMN in_doubt INTEGER NOT NULL DEFAULT 0;

  -- JSON of JobSettings: what 再実行 shows and does again.
  ALTER TABLE job ADD COLUMN settings TEXT;
  ALTER TABLE job ADD COLUMN target_file_count INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE job ADD COLUMN target_bytes INTEGER NOT NULL DEFAULT 0;

  -- What the last scan of a source did not find any more though the index has it: what a delete job
  -- is about. Written by a backup, emptied when the next one begins.
  CREATE TABLE gone_entry (
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    PRIMARY KEY (source_id, key)
  ) WITHOUT ROWID;

  -- Folders in which a restore may have left files under temporary names.
  CREATE TABLE restore_leftover (
    job_id INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    folder TEXT NOT NULL,
    PRIMARY KEY (job_id, folder)
  ) WITHOUT ROWID;
  `,
  `
  -- How many rows of each status a block of 1,000 positions has, so that any page of a million rows
  -- is found without walking to it (F31). Triggers keep it up, in the transaction of the rows.
  CREATE TABLE job_file_block (
    job_id INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    status TEXT NOT NULL,
    block INTEGER NOT NULL,
    row_count INTEGER NOT NULL,
    PRIMARY KEY (job_id, status, block)
  ) WITHOUT ROWID;

  INSERT INTO job_file_block (job_id, status, block, row_count)
    SELECT job_id, status, (position - 1) / 1000, count(*) FROM job_file GROUP BY 1, 2, 3;

  -- How many jobs of each kind there are, for the pages of the lists (F30). Jobs are never deleted.
  CREATE TABLE job_kind_count (
    kind TEXT PRIMARY KEY,
    row_count INTEGER NOT NULL
  ) WITHOUT ROWID;

  INSERT INTO job_kind_count (kind, row_count) SELECT kind, count(*) FROM job GROUP BY kind;

  CREATE TRIGGER job_added AFTER INSERT ON job BEGIN
    INSERT INTO job_kind_count (kind, row_count) VALUES (new.kind, 1)
      ON CONFLICT (kind) DO UPDATE SET row_count = row_count + 1;
  END;

  CREATE TRIGGER job_file_added AFTER INSERT ON job_file BEGIN
    INSERT INTO job_file_block (job_id, status, block, row_count)
      VALUES (new.job_id, new.status, (new.position - 1) / 1000, 1)
      ON CONFLICT (job_id, status, block) DO UPDATE SET row_count = row_count + 1;
  END;

  CREATE TRIGGER job_file_changed AFTER UPDATE OF status ON job_file
  WHEN old.status <> new.status BEGIN
    UPDATE job_file_block SET row_count = row_count - 1
      WHERE job_id = old.job_id AND status = old.status AND block = (old.position - 1) / 1000;
    INSERT INTO job_file_block (job_id, status, block, row_count)
      VALUES (new.job_id, new.status, (new.position - 1) / 1000, 1)
      ON CONFLICT (job_id, status, block) DO UPDATE SET row_count = row_count + 1;
  END;
  `,
  `
  -- The schedule, one row once a person chose one. Days are numbers since 1970-01-01.
  CREATE TABLE schedule (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    weekdays TEXT,
    minute_of_day INTEGER NOT NULL,
    is_on INTEGER NOT NULL,
    handled_day INTEGER NOT NULL,
    seen_ms INTEGER NOT NULL
  );

  -- A slot that was begun and is not yet reported, and its sources that have no row yet.
  CREATE TABLE slot (
    day INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL
  );
  CREATE TABLE slot_source (
    day INTEGER NOT NULL REFERENCES slot (day) ON DELETE CASCADE,
    source_id INTEGER NOT NULL,
    PRIMARY KEY (day, source_id)
  ) WITHOUT ROWID;

  -- The slot a job belongs to, by its day.
  ALTER TABLE job ADD COLUMN slot_day INTEGER;
  CREATE INDEX job_by_slot ON job (slot_day) WHERE slot_day IS NOT NULL;

  -- What the tool itself did, for the causes of missed slots.
  CREATE TABLE diary (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at_ms INTEGER NOT NULL,
    event TEXT NOT NULL
  );
  `,
  `
  -- Where result mails go (F36). The password's only place. The draft is what was set last, the
  -- confirmed row what mails are sent with.
  CREATE TABLE mail_settings (
    role TEXT PRIMARY KEY CHECK (role IN ('draft', 'confirmed')),
    host TEXT NOT NULL,
    port INTEGER NOT NULL,
    user TEXT NOT NULL,
    password TEXT NOT NULL,
    secure INTEGER NOT NULL,
    sender TEXT NOT NULL,
    -- JSON array of addresses.
    recipients TEXT NOT NULL
  ) WITHOUT ROWID;

  CREATE TABLE mail_state (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    is_on INTEGER NOT NULL DEFAULT 0,
    -- Which settings passed a test mail last: SHA-256 over all of them.
    tested_fingerprint TEXT,
    -- The last mail that did not go out, until one does: when, and why, for people.
    failed_at_ms INTEGER,
    failed_reason TEXT
  );
  INSERT INTO mail_state (only_one) VALUES (1);

  -- Mails until they are sent or given up (D14).
  CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    -- JSON array of the recipients who have it, or were refused for good.
    settled_recipients TEXT NOT NULL DEFAULT '[]',
    attempt_count INTEGER NOT NULL DEFAULT 0,
    next_attempt_at_ms INTEGER NOT NULL,
    last_reason TEXT
  );
  `,
  `
  -- The newest job when a slot began: what is older than it belongs to another pass of the same date,
  -- which a clock that was set back by more than a day brings again.
  ALTER TABLE slot ADD COLUMN jobs_before INTEGER NOT NULL DEFAULT 0;
  `,
  `
  -- Which file on which device the disk said that an entry is; null until a backup sees it again.
  ALTER TABLE file_index ADD COLUMN device_id TEXT;
  ALTER TABLE file_index ADD COLUMN file_id TEXT;
  `,
  `
  -- How TLS begins, where it is not as the port says.
  ALTER TABLE mail_settings ADD COLUMN tls_mode TEXT CHECK (tls_mode IN ('implicit', 'starttls'));
  -- Whether the test mail that was taken last went out without user name and password.
  ALTER TABLE mail_state ADD COLUMN is_login_unused INTEGER NOT NULL DEFAULT 0;
  `,
  `
  -- Permission bits that the service has of a file; NULL for none.
  ALTER TABLE file_index ADD COLUMN mode INTEGER;

  -- What folders are like, keys as in file_index, and whether the service was told so.
  CREATE TABLE folder_state (
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    modified_at_ns TEXT NOT NULL,
    mode INTEGER,
    is_saved INTEGER NOT NULL,
    PRIMARY KEY (source_id, key)
  ) WITHOUT ROWID;
  CREATE INDEX folder_state_unsaved ON folder_state (source_id, key) WHERE is_saved = 0;
  `,
  `
  -- The very folder that index and notes of uploads were learned from, and how far the service had come by
  -- then (protocol/http/place-tag.ts); null as long as none was seen.
  ALTER TABLE source ADD COLUMN place_tag TEXT;
  `,
  `
  -- Which file a note is about, and its change time: another file, or another content under the same size
  -- and time, is not gone on with.
  ALTER TABLE pending_upload ADD COLUMN changed_at_ns TEXT;
  ALTER TABLE pending_upload ADD COLUMN device_id TEXT;
  ALTER TABLE pending_upload ADD COLUMN file_id TEXT;
  `,
  `
  -- Which file on which device an entry was, and why its copy is not deleted all the same: state/gone-entries.ts.
  ALTER TABLE gone_entry ADD COLUMN device_id TEXT;
  ALTER TABLE gone_entry ADD COLUMN file_id TEXT;
  ALTER TABLE gone_entry ADD COLUMN held_for TEXT;
  ALTER TABLE gone_entry ADD COLUMN held_by TEXT;
  CREATE INDEX gone_entry_by_file ON gone_entry (source_id, file_id);

  -- What the last scan of a source saw and its backup did not save, a folder's key with its "/".
  CREATE TABLE unsaved_entry (
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    device_id TEXT,
    file_id TEXT,
    -- Where a folder stands that was not gone into; null where nobody can.
    disk_path TEXT
  );
  CREATE INDEX unsaved_entry_by_file ON unsaved_entry (source_id, file_id);

  -- Which folder on which device stood at a key when it was last listed.
  CREATE TABLE known_folder (
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    device_id TEXT NOT NULL,
    file_id TEXT NOT NULL,
    was_device_id TEXT,
    PRIMARY KEY (source_id, key)
  ) WITHOUT ROWID;
  CREATE INDEX known_folder_by_file ON known_folder (source_id, file_id);
  `,
  `
  -- Whether a repair left an index that may be older than what the service has: the next backup builds it
  -- anew from what the service lists.
  ALTER TABLE source ADD COLUMN index_is_old INTEGER NOT NULL DEFAULT 0;

  -- Whether the agent knows that it put the entry there; what only a listing told is not for it to delete.
  ALTER TABLE file_index ADD COLUMN is_own INTEGER NOT NULL DEFAULT 1;
  `,
  `
  -- Whether days begin anew follows from handled_day alone (decision 0011).
  ALTER TABLE schedule DROP COLUMN seen_ms;
  `,
  `
  -- The PC on which the deletions of a source were last in order; a copied state is another PC's (decision 0032).
  ALTER TABLE source ADD COLUMN machine TEXT;
  `,
];
