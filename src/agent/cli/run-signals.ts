import type { Words } from "../../terminal/language.ts";

/** What signals act on. */
export interface RunSignalTarget {
  /** 中断; absent where there is none: the first Ctrl-C closes the tool then. */
  readonly interrupt?: (() => void) | undefined;
  /** Closes the tool at once. */
  readonly close: () => void;
  /** Tells people what a signal does. */
  readonly notice: (words: Words) => void;
}

/**
 * Makes signals mean what they mean to the tool while jobs run: Ctrl-C once is 中断, twice closes
 * the tool at once; SIGTERM and SIGHUP close it. A restore has no 中断, so that once closes it.
 * One more ends the process as it stands. Returns the function that makes signals ordinary again.
 */
export function catchRunSignals({ interrupt, close, notice }: RunSignalTarget): () => void {
  let isInterrupted = false;
  let isClosing = false;
  const closeOnce = (words: Words): void => {
    if (isClosing) process.exit(1);
    isClosing = true;
    // First, so that a question that is being asked is off the screen.
    close();
    notice(words);
  };
  const onInterrupt = (): void => {
    if (interrupt === undefined) {
      closeOnce({
        ja: "復元に中断はありません。専用ツールを終了します。",
        en: "A restore cannot be interrupted. Closing the tool.",
      });
    } else if (isInterrupted || isClosing) {
      onTerminate();
    } else {
      isInterrupted = true;
      notice({
        ja: "中断します。もう一度 Ctrl-C を押すと、ただちに終了します。",
        en: "Interrupting. Press Ctrl-C again to close at once.",
      });
      interrupt();
    }
  };
  const onTerminate = (): void =>
    closeOnce({ ja: "専用ツールを終了します。", en: "Closing the tool." });
  process.on("SIGINT", onInterrupt);
  process.on("SIGTERM", onTerminate);
  process.on("SIGHUP", onTerminate);
  return () => {
    process.off("SIGINT", onInterrupt);
    process.off("SIGTERM", onTerminate);
    process.off("SIGHUP", onTerminate);
  };
}
