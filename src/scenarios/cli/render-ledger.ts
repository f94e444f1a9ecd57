import { renderTable } from "../../terminal/render-table.ts";
import { paintFor } from "../../terminal/style.ts";
import { STATUS_LABELS } from "../../protocol/status.ts";
import type { Cell, Ledger } from "../coverage/ledger.ts";
import { PHASES } from "../coverage/phase.ts";
import { say } from "../../command-line/process-language.ts";

/** The table of statuses and causes with how often each cell was reached; `-` where none is declared. */
export function renderLedger(ledger: Ledger, stream: NodeJS.WriteStream): string {
  const paint = paintFor(stream);
  const byCause = Map.groupBy(ledger.cells(), ({ cause }) => cause);
  const rows = [...byCause].map(([cause, cells]) => {
    const status = cells[0]?.status ?? null;
    const label = status === null ? "" : STATUS_LABELS[status];
    return [label, status ?? "", cause, ...PHASES.map((phase) => countIn(cells, phase))];
  });
  const columns = [
    { title: say({ ja: "状態", en: "label" }) },
    { title: say({ ja: "コード", en: "status" }) },
    { title: say({ ja: "原因", en: "cause" }) },
    ...PHASES.map((phase) => ({
      title: phase,
      align: "right" as const,
      style: (text: string) => (text.trim() === "0" ? paint("bad", text) : text),
    })),
  ];
  return renderTable(columns, rows, { styleTitles: (line) => paint("strong", line) });
}

function countIn(cells: readonly Cell[], phase: Cell["phase"]): string {
  const cell = cells.find((one) => one.phase === phase);
  return cell === undefined ? "-" : String(cell.hitCount);
}
