import { message, type Message } from "../../messages/message.ts";
import type { ServicePathFault } from "../../protocol/service-path.ts";

/** What is wrong with a path that the service cannot hold, as part of a sentence. */
export const PATH_FAULTS: Record<ServicePathFault, Message> = {
  empty: message("restore.entry-no-name"),
  "empty-name": message("restore.entry-empty-name"),
  "dot-name": message("restore.entry-leads-elsewhere"),
  "separator-in-name": message("restore.entry-leads-elsewhere"),
  "control-character": message("restore.entry-control-character"),
  "malformed-unicode": message("restore.entry-no-unicode"),
  "too-long": message("restore.entry-too-long"),
};
