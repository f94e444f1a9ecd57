/**
 * What a lost power may take of a column's values:
 * - `acknowledged`: nothing, from the moment at which it was committed;
 * - `ended`: nothing once the job of the row has ended, since the end of a job makes what it noted safe;
 * - `idle`: nothing once no job is under way;
 * - `lost`: anything that was committed since the last sync.
 */
export type Durability = "acknowledged" | "ended" | "idle" | "lost";

/** What holds for a table, and for those of its columns for which something else does. */
export interface TableDurability {
  readonly columns: Readonly<Record<string, Durability>>;
  /** Why it is so. */
  readonly why: string;
}

/** The same for several columns, whose names stand with spaces between them. */
function all(durability: Durability, names: string): Record<string, Durability> {
  return Object.fromEntries(names.split(" ").map((name) => [name, durability]));
}

/**
 * I14 by the tables of the agent's database, each with every column it has: the one list of what outlives
 * a loss of power. A table or column that it lacks is an error where it is met.
 */
export const DURABILITY: Readonly<Record<string, TableDurability>> = {
  setting: {
    columns: all("acknowledged", "name value"),
    why: "a person was told that a setting is changed",
  },
  account: {
    columns: all("acknowledged", "only_one service_url login_id password nickname token"),
    why: "a person was told that the login is made; a token that is lost would cost one more login only",
  },
  source: {
    columns: {
      ...all("acknowledged", "id path name destination added_at_ms device_id index_is_old machine"),
      ...all("idle", "place_tag"),
    },
    why: "a person was told that the folder is added; without its device D15 would not stop a deletion; its place goes with the index",
  },
  file_index: {
    columns: all(
      "idle",
      "source_id key size_bytes modified_at_ns changed_at_ns mode sha256 settled in_doubt device_id file_id is_own",
    ),
    why: "what was sent since the last sync may be asked for once more (decision 0003)",
  },
  folder_state: {
    columns: all("lost", "source_id key modified_at_ns mode is_saved"),
    why: "what a folder is like is seen again, and told to the service once more",
  },
  pending_upload: {
    columns: all(
      "lost",
      "source_id key size_bytes modified_at_ns changed_at_ns device_id file_id upload_url append_bytes_max",
    ),
    why: "without the note a file is sent from its beginning (decision 0003)",
  },
  job: {
    columns: {
      ...all("acknowledged", "id kind trigger source_path destination slot_day"),
      ...all(
        "ended",
        "source_id started_at_ms ended_at_ms status causes detail settings target_count processed_count transferred_file_count transferred_bytes excluded_count target_file_count target_bytes",
      ),
    },
    why: "a list shows that a job began and how it ended; counters of a running one are for its progress",
  },
  job_file: {
    columns: all(
      "idle",
      "job_id position path path_base64 entry_kind status causes size_bytes detail",
    ),
    why: "rows of a running job are written at most a second late and synced by its end",
  },
  job_file_block: {
    columns: all("idle", "job_id status block row_count"),
    why: "counts the rows of job_file in the transaction that writes them",
  },
  job_kind_count: {
    columns: all("acknowledged", "kind row_count"),
    why: "counts the rows of job in the transaction that writes them",
  },
  gone_entry: {
    columns: all("lost", "source_id key size_bytes device_id file_id held_for held_by"),
    why: "a deletion that is cut off is not gone on with, and the next backup looks for itself",
  },
  unsaved_entry: {
    columns: all("lost", "source_id key device_id file_id disk_path"),
    why: "each backup notes it anew for the deletion behind it",
  },
  known_folder: {
    columns: all("lost", "source_id key device_id file_id was_device_id"),
    why: "each backup sees its folders again; the files in one are known by themselves",
  },
  restore_leftover: {
    columns: all("idle", "job_id folder"),
    why: "the note goes with the files it is about; a note that is gone too early shows as a leftover",
  },
  schedule: {
    columns: {
      ...all("acknowledged", "only_one weekdays minute_of_day is_on handled_day"),
    },
    why: "a person set it, and no slot may come twice",
  },
  slot: {
    columns: all("acknowledged", "day at_ms jobs_before"),
    why: "a slot that was begun has to be reported, and is not begun again",
  },
  slot_source: {
    columns: all("acknowledged", "day source_id"),
    why: "a source of a slot has exactly one row",
  },
  diary: {
    columns: all("acknowledged", "id at_ms event"),
    why: "the causes of missed slots follow from it",
  },
  mail_settings: {
    columns: all("acknowledged", "role host port user password secure tls_mode sender recipients"),
    why: "a person was told that they are set, or confirmed",
  },
  mail_state: {
    columns: all(
      "acknowledged",
      "only_one is_on tested_fingerprint is_login_unused failed_at_ms failed_reason",
    ),
    why: "a person switched mails on, and was told that a test mail was taken or why one was not",
  },
  outbox: {
    columns: all(
      "acknowledged",
      "id message_id created_at_ms subject text settled_recipients attempt_count next_attempt_at_ms last_reason",
    ),
    why: "a mail that waits is sent, and to nobody who has it",
  },
};
