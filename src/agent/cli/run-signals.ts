import type { AgentApi } from "../agent.ts";
import type { Words } from "./render/language.ts";

/** What signals act on. */
export interface RunSignalTarget {
  readonly agent: Pick<AgentApi, "interrupt" | "close">;
  /** Tells people what a signal does. */
  readonly notice: (words: Words) => void;
}

/**
 * Makes signals mean what they mean to the tool while a backup runs: Ctrl-C once is 中断, twice
 * closes the tool at once; SIGTERM and SIGHUP close it. A third ends the process as it stands.
 * Returns the function that makes signals ordinary again.
 */
export function catchRunSignals({ agent, notice }: RunSignalTarget): () => void {
  let received = 0;
  const close = (): void => {
    notice({ ja: "専用ツールを終了します。", en: "Closing the tool." });
    void agent.close();
  };
  const onInterrupt = (): void => {
    received += 1;
    if (received > 2) process.exit(1);
    if (received === 2) {
      close();
      return;
    }
    notice({
      ja: "中断します。もう一度 Ctrl-C を押すと、ただちに終了します。",
      en: "Interrupting. Press Ctrl-C again to close at once.",
    });
    agent.interrupt();
  };
  const onTerminate = (): void => {
    if (received >= 2) process.exit(1);
    received = 2;
    close();
  };
  process.on("SIGINT", onInterrupt);
  process.on("SIGTERM", onTerminate);
  process.on("SIGHUP", onTerminate);
  return () => {
    process.off("SIGINT", onInterrupt);
    process.off("SIGTERM", onTerminate);
    process.off("SIGHUP", onTerminate);
  };
}
