/** Tells a file of this service from any other SQLite database: "AzSi". */
export const APPLICATION_ID = 0x41_7a_53_69;

/** Counts up when the tables change. */
export const DATA_VERSION = 4;

/** The tables of the data file. Names and paths stand as JSON, which holds any string exactly. */
export const DATA_SCHEMA = `
  CREATE TABLE contract (
    id TEXT PRIMARY KEY,
    edition TEXT NOT NULL,
    plan TEXT NOT NULL,
    generation_count_max INTEGER NOT NULL,
    quota_bytes INTEGER NOT NULL,
    -- The next number for a folder, a file or a write: none is ever given twice.
    next_id INTEGER NOT NULL,
    -- JSON: how far each timeline of it went, oldest first.
    timelines TEXT NOT NULL
  );
  CREATE TABLE node (
    contract_id TEXT NOT NULL,
    id TEXT NOT NULL,
    parent_id TEXT NOT NULL,
    name TEXT NOT NULL,
    -- Of a folder.
    created_at_ms INTEGER,
    -- Of a folder: JSON of what a PC said of it, null where nothing was said.
    attributes TEXT,
    -- Of a file: JSON, newest first.
    generations TEXT,
    -- Since when one of the other kind has its name; null while it has it itself.
    superseded_at_ms INTEGER,
    -- The number of the last write to it; greater than that of any write before, and than any id.
    write_order INTEGER NOT NULL,
    PRIMARY KEY (contract_id, id)
  ) WITHOUT ROWID;
  -- A content or what an upload has so far is a blob: bytes in pieces. An upload that is complete
  -- gives its blob to the content, so that no byte is written twice.
  CREATE TABLE piece (
    blob_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (blob_id, position)
  );
  CREATE TABLE content (sha256 TEXT PRIMARY KEY, blob_id INTEGER NOT NULL);
  CREATE INDEX content_by_blob ON content (blob_id);
  CREATE TABLE account (
    login_id TEXT PRIMARY KEY,
    nickname TEXT NOT NULL,
    contract_id TEXT NOT NULL,
    password TEXT NOT NULL
  );
  CREATE TABLE session (
    token TEXT PRIMARY KEY,
    login_id TEXT NOT NULL,
    device_name TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    last_used_at_ms INTEGER NOT NULL
  );
  -- Login IDs whose last password was wrong; they need not be accounts'.
  CREATE TABLE wrong_passwords (
    -- As JSON.
    login_id TEXT PRIMARY KEY,
    count INTEGER NOT NULL
  );
  CREATE TABLE upload (
    id TEXT PRIMARY KEY,
    blob_id INTEGER NOT NULL,
    -- JSON: login ID, path, modification time, preconditions; null for an anonymous one.
    target TEXT,
    sha256 TEXT,
    length_bytes INTEGER,
    last_used_at_ms INTEGER NOT NULL,
    -- JSON: what it became; null until it is complete.
    result TEXT
  );
`;
