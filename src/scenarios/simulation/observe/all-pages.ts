import type { PageFact } from "../../observation/list-fact.ts";

/** All pages of a list, and the one behind the last. */
export function allPages<Row>(read: (page: number) => PageFact<Row>): readonly PageFact<Row>[] {
  const pages = [read(1)];
  for (let page = 2; page <= (pages[0]?.pageCount ?? 0) + 1; page += 1) pages.push(read(page));
  return pages.map(({ rows, pageCount, rowCount }) => ({ rows, pageCount, rowCount }));
}

/** The rows of all pages of a list. */
export function allRows<Row>(read: (page: number) => PageFact<Row>): readonly Row[] {
  return allPages(read).flatMap(({ rows }) => rows);
}
