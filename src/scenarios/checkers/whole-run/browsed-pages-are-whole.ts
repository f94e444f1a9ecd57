import { message } from "../../../messages/message.ts";
import type { BrowseFact } from "../../observation/browse-fact.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";

/** Rows of one page (F40), where a scenario says nothing else. */
const PAGE_ROW_COUNT = 100;

/**
 * `lists`: who turns the pages of a folder on the service sees each entry once, on full pages but the last, is told
 * which page that is, and that nothing stands behind it. Does not verify the order, nor what else is said of an entry.
 */
export function browsedPagesAreWhole({
  browsed,
  scenario,
}: Pick<RunRecord, "browsed" | "scenario">): Violation[] {
  const rowCount = scenario.tuning?.historyPageRowCount ?? PAGE_ROW_COUNT;
  return browsed.flatMap((fact): Violation[] => {
    const { standing, pages, folder } = fact;
    const found = shown(
      pages.map(({ entries, isLast }) => ({ count: entries.length, isLast })),
      pages.at(-1)?.entryCount ?? 0,
    );
    const due = shown(duePages(standing.length, rowCount), standing.length);
    const seen = pages.flatMap(({ entries }) => entries);
    const isWhole = seen.toSorted().join("\0") === standing.toSorted().join("\0");
    if (isWhole && found === due) return [];
    const said = { what: message("checked-run.browsed", { folder }), found, due };
    return [{ invariant: "lists", message: message("checked-run.pages-otherwise", said) }];
  });
}

type Page = { readonly count: number } & Pick<BrowseFact["pages"][number], "isLast">;

/** The pages that there are, and the empty one behind them. */
function duePages(entryCount: number, rowCount: number): readonly Page[] {
  const pageCount = Math.max(1, Math.ceil(entryCount / rowCount));
  return Array.from({ length: pageCount + 1 }, (_, at) => ({
    count: Math.max(0, Math.min(rowCount, entryCount - at * rowCount)),
    isLast: at >= pageCount - 1,
  }));
}

function shown(pages: readonly Page[], entryCount: number): string {
  const each = pages.map(({ count, isLast }) => `${count}${isLast ? "." : ""}`);
  return `${each.join(" ")} (${entryCount})`;
}
