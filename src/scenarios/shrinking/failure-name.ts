import { createHash } from "node:crypto";

import { CAUSE_IDS } from "../../protocol/causes/causes.ts";
import type { Violation } from "../checkers/shared/violation.ts";

const CAUSES: ReadonlySet<string> = new Set(CAUSE_IDS);

/**
 * What a failure is called: the law that broke and eight digits that follow from how it broke, which is the codes of
 * its message and of those within it, and the causes that were found; no path, number or name, and not what would
 * have been right. Two scenarios whose first violations have one name are taken for one failure.
 */
export function failureName({ invariant, message }: Violation): string {
  return `${invariant}-${digestOf([...codesOf(message), ...causesIn(message)])}`;
}

/** Whether one violation is of the kind of another: the same law broke, and the same is said of it. */
export function isLike(one: Violation, other: Violation): boolean {
  return (
    one.invariant === other.invariant &&
    codesOf(one.message).join() === codesOf(other.message).join()
  );
}

function digestOf(words: readonly string[]): string {
  return createHash("sha256").update(words.join(" ")).digest("hex").slice(0, 8);
}

/** The codes of a message and of all messages in it, but for what it says would have been right. */
function codesOf(held: unknown): readonly string[] {
  if (typeof held !== "object" || held === null) return [];
  const own = "code" in held && typeof held.code === "string" ? [held.code] : [];
  return [...own, ...partsOf(held).flatMap(codesOf)];
}

function causesIn(held: unknown): readonly string[] {
  // One text may name several: `invalid-settings [B-IS-3, B-IS-4]`.
  if (typeof held === "string") return held.split(/[^\w-]+/).filter((word) => CAUSES.has(word));
  return typeof held === "object" && held !== null ? partsOf(held).flatMap(causesIn) : [];
}

function partsOf(held: object): readonly unknown[] {
  return Object.entries(held).flatMap(([key, part]: [string, unknown]) =>
    key === "allowed" || key === "source" || key === "path" ? [] : [part],
  );
}
