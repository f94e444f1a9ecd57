/** As of a command that SIGPIPE ended: 128 and the signal's number. */
const READER_GONE = 141;

/** Ends the command quietly once whoever read what it writes is gone, as in `... | head`. */
export function endWithoutReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      process.exit(READER_GONE);
    });
  }
}
