import type { Scenario } from "../scenario/scenario.ts";

/** As the project's own scenarios are written. */
const PLAIN = {
  seed: 1,
  start: "2026-11-24T00:00:00Z",
  zone: "Asia/Tokyo",
  disk: "linux",
} as const satisfies Partial<Scenario>;

/** An edition has plans of its own: both become plain at once. */
const PLAIN_CONTRACT = { edition: "office-anshin", plan: "standard" } as const;

/** The content of a file of which nothing is asked. */
const PLAIN_CONTENT = { text: "1" };

/**
 * Scenarios that are simpler than one, each by one thing: plain surroundings, short contents, small numbers, few
 * folders and short names. Each is smaller than it by some measure, so that there is an end to it.
 */
export function simplerOf(scenario: Scenario): readonly unknown[] {
  return [...plainer(scenario), ...withSmallerValues(scenario), ...withShorterNames(scenario)];
}

function plainer(scenario: Scenario): readonly unknown[] {
  const keys = Object.keys(PLAIN) as (keyof typeof PLAIN)[];
  return [
    ...(scenario.edition === PLAIN_CONTRACT.edition ? [] : [{ ...scenario, ...PLAIN_CONTRACT }]),
    ...keys
      .filter((key) => scenario[key] !== PLAIN[key])
      .map((key) => ({ ...scenario, [key]: PLAIN[key] })),
  ];
}

/** One content is plain, or one number is 0, 1 or half of what it was. */
function withSmallerValues(scenario: Scenario): readonly unknown[] {
  const found: unknown[] = [];
  const visit = (held: unknown, replace: (by: unknown) => unknown, key = ""): void => {
    if (typeof held === "number") {
      for (const less of smallerThan(held, key)) found.push(replace(less));
      return;
    }
    if (typeof held !== "object" || held === null) return;
    if (key === "content" && "size" in held) found.push(replace(PLAIN_CONTENT));
    for (const [name, below] of Object.entries(held)) {
      const inner = (by: unknown): unknown =>
        replace(
          Array.isArray(held)
            ? held.map((old: unknown, at) => (at === Number(name) ? by : old))
            : { ...held, [name]: by },
        );
      visit(below, inner, name);
    }
  };
  const { tree, timeline } = scenario;
  visit({ tree, timeline }, (by) => ({ ...scenario, ...(by as object) }));
  return found;
}

/** Less than a number, the least first. What a code means is nothing that is less. */
function smallerThan(held: number, key: string): readonly number[] {
  if (key === "status" || key === "code" || key === "port" || held <= 1) return [];
  if (key === "ms")
    return [0, 1000, 86_400_000, Math.floor(held / 2)].filter((less) => less < held);
  return [...new Set([0, 1, Math.floor(held / 2), held - 1])].filter((less) => less < held);
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz".split("");

/** One name of the tree is a letter that no other name is, or a folder is left out of all paths. */
function withShorterNames(scenario: Scenario): readonly unknown[] {
  const { sources, tree } = scenario;
  const text = JSON.stringify(scenario);
  const names = new Set<string>();
  const folders = new Set<string>();
  for (const path of Object.keys(tree)) {
    const root = sources.find((source) => path.startsWith(`${source}/`));
    if (root === undefined) continue;
    const inner = path.slice(root.length + 1).split("/");
    for (const name of inner) if (name.length > 1) names.add(name);
    if (inner.length > 1) folders.add(`${root}/${inner[0] ?? ""}/`);
  }
  const letter = LETTERS.find((one) => !text.includes(`/${one}/`) && !text.includes(`/${one}"`));
  return [
    ...[...folders].map((folder) => {
      const above = folder.slice(0, folder.lastIndexOf("/", folder.length - 2) + 1);
      return replaced(scenario, (name) => name.replace(folder, above));
    }),
    ...(letter === undefined ? [] : [...names]).map((name) =>
      replaced(scenario, (path) =>
        path
          .split("/")
          .map((one) => (one === name ? letter : one))
          .join("/"),
      ),
    ),
  ];
}

/** Plain data in which each text, keys included, is another one. Two keys that come to be the same are one. */
function replaced(data: unknown, change: (text: string) => string): unknown {
  if (typeof data === "string") return change(data);
  if (Array.isArray(data)) return data.map((item: unknown) => replaced(item, change));
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, held]) => [change(key), replaced(held, change)]),
  );
}
