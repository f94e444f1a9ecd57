import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";
import { message, type Message } from "../../../messages/message.ts";

/**
 * I10: no password and no session token stands in a log, a history, a mail, an error or the trace, whatever the
 * service and the mail server say. Verifies logs, histories, details of backups and restores, mails, the trace
 * and errors of the run. Does not verify what stands in
 * the database file or in memory.
 */
export function noSecrets({
  secrets,
  logs,
  history,
  backups,
  restores,
  pc,
  trace,
  driver,
}: RunRecord): Violation[] {
  const places: readonly (readonly [Message, string])[] = [
    [message("checked-run.in-log"), logs.join("\n")],
    [message("checked-run.in-history"), JSON.stringify(history)],
    [
      message("checked-run.in-details"),
      JSON.stringify([...backups, ...restores].map(({ rows }) => rows.map(({ detail }) => detail))),
    ],
    [message("checked-run.in-mail"), JSON.stringify(pc?.mails ?? [])],
    [message("checked-run.in-trace"), trace.join("\n")],
    [message("checked-run.in-error"), driver.detail],
  ];
  return secrets.flatMap((secret) =>
    places
      .filter(([, text]) => text.includes(secret))
      .map(([place]): Violation => ({
        invariant: "I10",
        message: message("checked-run.secret", { place }),
      })),
  );
}
