import type { Words } from "../../terminal/language.ts";

/** What signals act on. */
export interface CloseSignalTarget {
  /** Closes the tool at once. */
  readonly close: () => void;
  /** Tells people what a signal does. */
  readonly notice: (words: Words) => void;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Makes the first signal close a tool that stays, and the next one end the process as it stands.
 * Returns the function that makes signals ordinary again.
 */
export function catchCloseSignals({ close, notice }: CloseSignalTarget): () => void {
  let isClosing = false;
  const onSignal = (): void => {
    if (isClosing) process.exit(1);
    isClosing = true;
    close();
    notice({ ja: "専用ツールを終了します。", en: "Closing the tool." });
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return () => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
}
