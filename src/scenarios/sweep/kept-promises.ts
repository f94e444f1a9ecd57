import type { SqlDatabase } from "../../agent/ports/database.ts";

/**
 * What people were told or can see and that has to outlive every loss of power (I14): settings, login,
 * sources, mails that wait, slots that were begun, the start and the end of jobs. Not here: what a job
 * notes on its way (index, details, counters), which decision 0003 lets a lost power take.
 */
const PROMISED: Readonly<Record<string, string>> = {
  setting: "SELECT * FROM setting",
  login: "SELECT service_url, login_id, nickname FROM account",
  source: "SELECT id, path, name, destination FROM source",
  schedule: "SELECT weekdays, minute_of_day, is_on, handled_day FROM schedule",
  "mail settings": "SELECT * FROM mail_settings",
  mail: "SELECT is_on, tested_fingerprint FROM mail_state",
  "mail that waits": "SELECT id, message_id, subject, text, attempt_count FROM outbox",
  slot: "SELECT * FROM slot",
  "source of a slot": "SELECT * FROM slot_source",
  job: "SELECT id, kind, trigger, source_path, destination, slot_day FROM job",
  "end of job": `SELECT id, status, causes, ended_at_ms, detail FROM job
    WHERE status NOT IN ('running', 'waiting')`,
};

/** The promises that a database holds at this moment, one line each; none when it has no tables. */
export function promisesIn(database: SqlDatabase): ReadonlySet<string> {
  const tables = database.prepare("SELECT count(*) AS n FROM sqlite_master").get();
  if (Number(tables?.["n"]) === 0) return new Set();
  return new Set(
    Object.entries(PROMISED).flatMap(([name, sql]) =>
      database
        .prepare(sql)
        .all()
        .map((row) => `${name} ${JSON.stringify(row)}`),
    ),
  );
}
