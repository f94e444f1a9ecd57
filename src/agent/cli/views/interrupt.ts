import { lineKind } from "../output/line-kind.ts";
import type { Output } from "../output/output.ts";

/** What `backup interrupt` found. */
export const INTERRUPT_LINE = lineKind("interrupt", "schema.line-interrupt", ({ z }) => ({
  outcome: z.enum(["interrupted", "nothing-running"]),
  pid: z.int().nullable().describe("schema.interrupt-process"),
}));

/** Tells which process took the request; `null` when none runs a backup. */
export function reportInterrupt(output: Output, pid: number | null): void {
  output.json(INTERRUPT_LINE, {
    outcome: pid === null ? "nothing-running" : "interrupted",
    pid,
  });
  output.text(() =>
    pid === null
      ? output.say({ ja: "実行中のバックアップはありません。", en: "No backup is running." })
      : output.say({
          ja: `プロセス ${pid} のバックアップを中断しました。`,
          en: `The backup of process ${pid} was interrupted.`,
        }),
  );
}
