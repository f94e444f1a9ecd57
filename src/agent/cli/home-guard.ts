import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  statSync,
  type Stats,
} from "node:fs";
import { join } from "node:path";

import { message } from "../../messages/message.ts";
import { CliError } from "./output/cli-error.ts";

/** Names of what the tool keeps right in its folder; files set aside and logs have folders of their own. */
const OWN_NAME =
  /^(agent\.db|lock\.db|daemon\.db|holder\.json|repair\.json|requests|logs|damaged|repair\.work|reserve)(?![a-z])/;

/** Folders of the tool in its folder, whose names are looked at too. */
const OWN_FOLDERS = ["requests", "logs", "damaged"];

/** Bits by which others could change something, and those by which they could do anything at all. */
const OTHERS_WRITE = 0o022;
const OTHERS_ANYTHING = 0o077;

/** POSIX systems have owners and modes; elsewhere rights are inherited from the user's own folder. */
const IS_POSIX = process.getuid !== undefined;

/**
 * Makes the home folder for its owner only where there is none, and sees that nobody else could have put
 * anything in it, or could change it: it belongs to this user, others cannot write it, and nothing that the
 * tool uses in it is a link, another kind of thing, or another user's. A folder above it may be a link (on
 * macOS `/var` is one), and so may the home folder itself, whose folder is then looked at. What only had too
 * many rights is made private. Throws `CliError` (`home-unsafe`) with the reason.
 */
export function guardHome(homePath: string): void {
  if (!existsSync(homePath)) {
    mkdirSync(homePath, { recursive: true, mode: 0o700 });
    return;
  }
  lookAtHome(homePath);
  makePrivate(homePath);
}

/** Sees that the home folder is safe to read, and changes nothing. Throws as `guardHome` does. */
function lookAtHome(homePath: string): void {
  const home = statSync(homePath);
  if (!home.isDirectory()) return;
  mustBeOurs(homePath, home);
  for (const path of ownPaths(homePath)) mustBePlain(path);
}

/** Makes an empty file for its owner only, where there is none; never through a link. */
export function makePrivateFile(path: string): void {
  const flags = constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);
  // Only when it is not there: closing a file gives up the locks SQLite may hold on it (POSIX).
  if (!existsSync(path)) closeSync(openSync(path, flags, 0o600));
}

function mustBeOurs(path: string, { uid, mode }: Stats): void {
  if (!IS_POSIX) return;
  if (uid !== process.getuid?.()) {
    throw new CliError("home-unsafe", message("home.of-another-user", { path, uid }));
  }
  if ((mode & OTHERS_WRITE) !== 0) {
    throw new CliError("home-unsafe", message("home.writable-by-others", { path }));
  }
}

function mustBePlain(path: string): void {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (stat.isSymbolicLink()) throw new CliError("home-unsafe", message("home.has-link", { path }));
  if (!stat.isFile() && !stat.isDirectory()) {
    throw new CliError("home-unsafe", message("home.no-plain-file", { path }));
  }
  if (IS_POSIX && stat.uid !== process.getuid?.()) {
    throw new CliError("home-unsafe", message("home.of-another-user", { path, uid: stat.uid }));
  }
}

/** What the tool made before it was careful, or somebody copied there, is for its owner only from now on. */
function makePrivate(homePath: string): void {
  if (!IS_POSIX) return;
  for (const path of ownPaths(homePath)) {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined || (stat.mode & OTHERS_ANYTHING) === 0) continue;
    try {
      chmodSync(path, stat.mode & 0o700);
    } catch (error) {
      // SQLite removed a companion meanwhile.
      if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) throw error;
    }
  }
}

/** What is the tool's in its folder, and in its folders there. */
function ownPaths(homePath: string): readonly string[] {
  const own = readdirSync(homePath).filter((name) => OWN_NAME.test(name));
  const paths = own.map((name) => join(homePath, name));
  for (const folder of OWN_FOLDERS) {
    const path = join(homePath, folder);
    if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) continue;
    paths.push(...readdirSync(path).map((name) => join(path, name)));
  }
  return paths;
}
