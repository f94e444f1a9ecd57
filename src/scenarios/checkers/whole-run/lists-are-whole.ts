import type { JobRecord } from "../../../protocol/job-record.ts";
import { message } from "../../../messages/message.ts";
import type { Message } from "../../../messages/message.ts";
import type { ListFacts, PageFact } from "../../observation/list-fact.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";

/** Rows of one page (F30, F31), where a scenario says nothing else. */
const PAGE_ROW_COUNT = 100;

/**
 * `lists`: who turns the pages of the history and of details sees every row once, in order, on full pages but the
 * last, and is told how many there are; a filter shows just the rows of its status. Does not verify what stands in a row.
 */
export function listsAreWhole({ lists, scenario }: RunRecord): Violation[] {
  const pageRowCount = scenario.tuning?.historyPageRowCount ?? PAGE_ROW_COUNT;
  return lists
    .flatMap((facts) => [
      ...historyTrouble(facts, pageRowCount),
      ...detailTrouble(facts, pageRowCount),
    ])
    .map((text) => ({ invariant: "lists", message: text }));
}

function historyTrouble({ device, jobs, history }: ListFacts, pageRowCount: number): Message[] {
  return Object.entries(history).flatMap(([kind, pages]) => {
    const due = jobs.filter((job) => job.kind === kind).toSorted(newestFirst);
    const expected = due.map(({ id }) => id);
    const what = message("checked-run.list", { device, kind });
    return pageTrouble({ what, pages, keyOf: ({ id }) => id, expected, pageRowCount });
  });
}

/** By when they began, the newest first; of one moment the one that was written later. */
function newestFirst(one: JobRecord, other: JobRecord): number {
  return other.startedAtMs - one.startedAtMs || other.id - one.id;
}

function detailTrouble({ device, details }: ListFacts, pageRowCount: number): Message[] {
  return details.flatMap(({ jobId, all, byStatus }) => {
    const rows = all.flatMap((page) => page.rows);
    const keyOf = ({ position }: { readonly position: number }): number => position;
    const what = message("checked-run.details", { device, job: jobId });
    // Positions count from 1 without gaps.
    const expected = rows.map((_, index) => index + 1);
    return [
      ...pageTrouble({ what, pages: all, keyOf, expected, pageRowCount }),
      ...[...byStatus].flatMap(([status, pages]) => {
        const due = rows.filter((row) => row.status === status).map(keyOf);
        const filtered = message("checked-run.filtered", { device, job: jobId, status });
        return pageTrouble({ what: filtered, pages, keyOf, expected: due, pageRowCount });
      }),
    ];
  });
}

function pageTrouble<Row>(list: {
  readonly what: Message;
  readonly pages: readonly PageFact<Row>[];
  readonly keyOf: (row: Row) => number;
  readonly expected: readonly number[];
  readonly pageRowCount: number;
}): Message[] {
  const { what, pages, keyOf, expected, pageRowCount } = list;
  const trouble = (found: string, due: string): Message =>
    message("checked-run.pages-otherwise", { what, found, due });
  const pageCount = Math.max(1, Math.ceil(expected.length / pageRowCount));
  const found: Message[] = [];
  const shown = pages.map(({ rows }) => rows.map(keyOf).join(" ")).join(" | ");
  const due = Array.from({ length: pageCount + 1 }, (_, page) =>
    expected.slice(page * pageRowCount, (page + 1) * pageRowCount).join(" "),
  ).join(" | ");
  if (shown !== due) found.push(trouble(shown, due));
  const counts = pages.map((page) => `${page.rowCount}/${page.pageCount}`);
  const wrong = counts.find((each) => each !== `${expected.length}/${pageCount}`);
  if (wrong !== undefined) found.push(trouble(wrong, `${expected.length}/${pageCount}`));
  return found;
}
