import { constants } from "node:fs";
import { DiskRefusal } from "./disk-error.ts";
import type { OpenMode } from "./disk-calls.ts";

const { O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_RDWR, O_TRUNC, O_WRONLY } = constants;

/** The bits that say whether to read or to write. */
const O_ACCMODE = O_WRONLY | O_RDWR;

// Windows has no such flags, whatever the types say.
const { O_NOFOLLOW = 0, O_DIRECTORY = 0 } = constants as Partial<typeof constants>;

const FLAGS: Readonly<Record<string, number>> = {
  r: O_RDONLY,
  "r+": O_RDWR,
  w: O_WRONLY | O_CREAT | O_TRUNC,
  wx: O_WRONLY | O_CREAT | O_TRUNC | O_EXCL,
  "w+": O_RDWR | O_CREAT | O_TRUNC,
  "wx+": O_RDWR | O_CREAT | O_TRUNC | O_EXCL,
  a: O_WRONLY | O_CREAT | O_APPEND,
  ax: O_WRONLY | O_CREAT | O_APPEND | O_EXCL,
  "a+": O_RDWR | O_CREAT | O_APPEND,
};

/** What Node's flags of `open` ask for, as text or number. Throws EINVAL on others. */
export function openModeOf(flags: string | number): OpenMode {
  const bits = typeof flags === "number" ? flags : FLAGS[flags];
  if (bits === undefined) throw new DiskRefusal("EINVAL");
  const access = bits & O_ACCMODE;
  return {
    read: access === O_RDONLY || access === O_RDWR,
    write: access === O_WRONLY || access === O_RDWR,
    create: (bits & O_CREAT) !== 0,
    exclusive: (bits & O_EXCL) !== 0,
    truncate: (bits & O_TRUNC) !== 0,
    append: (bits & O_APPEND) !== 0,
    folderOnly: (bits & O_DIRECTORY) !== 0,
    followLast: O_NOFOLLOW === 0 || (bits & O_NOFOLLOW) === 0,
  };
}
