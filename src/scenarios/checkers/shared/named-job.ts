import { message, type Message } from "../../../messages/message.ts";
import type { JobRecord } from "../../../protocol/job-record.ts";

/** How messages name a job: its kind and its number. */
export function namedJob({ kind, id }: Pick<JobRecord, "kind" | "id">): Message {
  return message(`checked-job.${kind}`, { id });
}
