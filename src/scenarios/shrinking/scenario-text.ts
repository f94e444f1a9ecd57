import { Document, isMap, isSeq, type Node } from "yaml";

import type { Scenario } from "../scenario/scenario.ts";

/** As wide as lines of the project's own scenarios are. */
const LINE_WIDTH = 100;

/** A scenario as a person writes it into a file: a line for each entry of the tree and each step, as far as they fit. */
export function scenarioText(scenario: Scenario, title?: string): string {
  const { title: own, ...rest } = scenario;
  const named = title ?? own;
  const document = new Document(named === undefined ? rest : { title: named, ...rest });
  if (isMap(document.contents)) {
    for (const { key, value } of document.contents.items) {
      const isLong = ["tree", "timeline"].includes(String(key));
      for (const node of isLong ? itemsOf(value as Node) : [value]) flow(node);
    }
  }
  return document.toString({ lineWidth: LINE_WIDTH, flowCollectionPadding: true });
}

function itemsOf(node: Node): readonly unknown[] {
  if (isSeq(node)) return node.items;
  return isMap(node) ? node.items.map(({ value }) => value) : [];
}

function flow(node: unknown): void {
  if (isMap(node) || isSeq(node)) node.flow = true;
}
