import { existsSync } from "node:fs";

/** Linux: a link for each open file, which leads to that very file. macOS has none that leads on from a folder. */
export const OPEN_FILES_FOLDER =
  process.platform === "linux" && existsSync("/proc/self/fd") ? "/proc/self/fd" : undefined;
