import { message, type Message } from "../../messages/message.ts";
import type { DiskError, DiskErrorKind } from "../ports/source-disk.ts";

const REASONS: Readonly<Record<DiskErrorKind, Message>> = {
  "not-found": message("system.ENOENT"),
  "access-denied": message("system.EACCES"),
  locked: message("system.EBUSY"),
  "not-a-folder": message("system.ENOTDIR"),
  "name-too-long": message("system.ENAMETOOLONG"),
  exists: message("system.EEXIST"),
  "disk-full": message("system.ENOSPC"),
  io: message("system.EIO"),
};

/** Why a disk refused, as part of a sentence. */
export function diskReason({ kind }: DiskError): Message {
  return REASONS[kind];
}
