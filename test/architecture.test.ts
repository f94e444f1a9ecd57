import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

import { describe, expect, test } from "vitest";

/** A part of the project and what it may know. A layer may always import itself. */
interface Layer {
  readonly name: string;
  readonly files: RegExp;
  /** Why it may know no more: what would break. */
  readonly why: string;
  /** Layers it may import. */
  readonly imports: readonly string[];
  /** Layers of which it may import types alone. */
  readonly types?: readonly string[];
  /** Packages and Node's modules it may import; a family ends in `*`. */
  readonly packages: readonly string[];
  /** Single files that may know a single thing more. */
  readonly exceptions?: readonly (readonly [from: string, to: string])[];
}

const EVERYTHING = ["*"];

const LAYERS: readonly Layer[] = [
  {
    name: "protocol",
    files: /^src\/protocol\//,
    why: "It is what agent and service agree on: knowing either would make it one side's opinion.",
    imports: [],
    types: ["messages"],
    packages: ["zod", "structured-headers"],
  },
  {
    name: "terminal",
    files: /^src\/terminal\//,
    why: "How a command line writes is the same for every one: what it writes of is the command's.",
    imports: [],
    packages: ["node:module", "node:util", "string-width"],
  },
  {
    name: "messages",
    files: /^src\/messages\//,
    why: "What is said to people is the same whoever says it, and is known before its language is.",
    imports: ["terminal"],
    packages: [],
  },
  {
    name: "command line",
    files: /^src\/command-line\//,
    why: "commander speaks English alone: what it says is told once for every command line.",
    imports: ["messages", "terminal"],
    packages: ["commander"],
  },
  {
    name: "agent ports",
    files: /^src\/agent\/ports\//,
    why: "A port says what the agent needs: knowing who provides it would tie the two together.",
    imports: ["messages"],
    types: ["protocol"],
    packages: [],
    exceptions: [["src/agent/ports/dialer.ts", "node:stream"]],
  },
  {
    name: "agent words",
    files: /^src\/agent\/(agent-error|captcha-required-error|tuning)\.ts$/,
    why: "Errors and numbers are everybody's in the agent, so they know but its ports.",
    imports: ["messages", "protocol", "agent ports"],
    packages: [],
  },
  {
    name: "agent core",
    files: /^src\/agent\/core\//,
    why: "Decisions without I/O are the same in every world, and a test needs none to try them.",
    imports: ["messages", "protocol"],
    types: ["agent ports"],
    packages: [],
    exceptions: [["src/agent/core/sha256.ts", "node:crypto"]],
  },
  {
    name: "agent state",
    files: /^src\/agent\/state\//,
    why: "The same SQL must run in every world: only the port knows where the database lives.",
    imports: ["messages", "protocol", "agent words", "agent core"],
    types: ["agent ports"],
    packages: [],
  },
  {
    name: "agent adapters",
    files: /^src\/agent\/adapters\//,
    why: "An adapter fulfils one port: knowing jobs or state would make it decide what is theirs.",
    imports: ["messages", "protocol", "agent ports"],
    packages: ["node:*", "nodemailer", "pino", "proxy-from-env", "structured-headers", "zod"],
    exceptions: [
      ["src/agent/adapters/http-service/download.ts", "src/agent/core/sha256.ts"],
      ["src/agent/adapters/http-service/http-service.ts", "src/agent/core/sha256.ts"],
    ],
  },
  {
    name: "agent account",
    files: /^src\/agent\/account\//,
    why: "A login is the one door to the service; what is done there is for jobs.",
    imports: [
      "messages",
      "protocol",
      "agent ports",
      "agent words",
      "agent core",
      "agent state",
      "agent adapters",
    ],
    packages: [],
  },
  {
    name: "agent mail",
    files: /^src\/agent\/mail\//,
    why: "A mail tells of rows that are written; it takes no part in what they tell of.",
    imports: ["messages", "protocol", "agent ports", "agent words", "agent core", "agent state"],
    packages: [],
  },
  {
    name: "agent jobs",
    files: /^src\/agent\/jobs\//,
    why: "The jobs that scenarios drive must be the shipped ones, so they reach the world by ports.",
    imports: ["messages", "protocol", "agent ports", "agent core", "agent state"],
    types: ["agent words"],
    packages: [],
  },
  {
    name: "agent sources",
    files: /^src\/agent\/sources\//,
    why: "A source folder is placed by disk, service and what is noted; no job is needed for it.",
    imports: ["messages", "protocol", "agent ports", "agent words", "agent core", "agent state"],
    types: ["agent account", "agent jobs"],
    packages: [],
  },
  {
    name: "agent runs",
    files: /^src\/agent\/runs\//,
    why: "A run orders jobs; how each works is the job's own.",
    imports: [
      "messages",
      "protocol",
      "agent ports",
      "agent words",
      "agent core",
      "agent state",
      "agent jobs",
      "agent sources",
    ],
    types: ["agent account"],
    packages: [],
  },
  {
    name: "agent repair",
    files: /^src\/agent\/repair\//,
    why: "What can be read of a damaged state is decided by its tables alone, wherever the file lies.",
    imports: ["messages", "protocol", "agent words", "agent state", "agent account", "agent mail"],
    types: ["agent ports"],
    packages: [],
  },
  {
    name: "agent schedule",
    files: /^src\/agent\/schedule\//,
    why: "Slots are dealt with alike in every world: the PC and its clock are ports.",
    imports: ["messages", "protocol", "agent words", "agent core", "agent state"],
    types: ["agent ports", "agent jobs", "agent mail"],
    packages: [],
  },
  {
    name: "agent",
    files: /^src\/agent\/(?!(agent-error|captcha-required-error|tuning)\.ts$)[^/]+$/,
    why: "The composition root wires the parts; it takes the machine by its ports like any other.",
    imports: [
      "messages",
      "protocol",
      "agent ports",
      "agent words",
      "agent core",
      "agent state",
      "agent account",
      "agent mail",
      "agent jobs",
      "agent sources",
      "agent runs",
      "agent schedule",
    ],
    packages: [],
  },
  {
    name: "agent commands",
    files: /^src\/agent\/cli\//,
    why: "Commands talk to the agent as any caller does: by its door, not by its jobs.",
    imports: [
      "messages",
      "protocol",
      "terminal",
      "command line",
      "agent",
      "agent words",
      "agent state",
      "agent mail",
      "agent runs",
      "agent repair",
      "agent schedule",
      "agent adapters",
    ],
    types: ["agent ports", "agent account", "agent jobs"],
    packages: ["node:*", "commander", "cli-progress", "zod"],
    exceptions: [["src/agent/cli/program.ts", "package.json"]],
  },
  {
    name: "simulator",
    files: /^src\/sim-server\//,
    why: "A world that knew the agent could agree with its mistakes.",
    imports: ["messages", "protocol", "terminal", "command line"],
    packages: EVERYTHING,
  },
  {
    name: "checkers",
    files: /^src\/scenarios\/checkers\//,
    why: "It says independently what must be: code it shared with the agent would be judged by itself.",
    imports: ["messages", "protocol", "scenario data", "coverage"],
    types: ["simulator"],
    packages: [],
  },
  {
    name: "scenario data",
    files: /^src\/scenarios\/(scenario|observation)\//,
    why: "A scenario is plain data: it names faults and records, and runs nothing.",
    imports: ["messages", "protocol", "simulator"],
    types: ["agent words"],
    packages: ["zod", "node:crypto"],
  },
  {
    name: "coverage",
    files: /^src\/scenarios\/coverage\//,
    why: "What must be reached is declared by status and cause, whoever generates and checks it.",
    imports: ["messages", "protocol"],
    packages: [],
  },
  {
    name: "scenarios",
    files: /^src\/scenarios\/(?!(checkers|scenario|observation|coverage)\/)[^/]+\//,
    why: "The harness brings agent and world together; a person's commands are no part of either.",
    imports: [
      "messages",
      "protocol",
      "terminal",
      "command line",
      "agent",
      "agent ports",
      "agent words",
      "agent state",
      "agent repair",
      "agent adapters",
      "agent schedule",
      "simulator",
      "scenario data",
      "checkers",
      "coverage",
    ],
    types: ["agent mail", "agent jobs"],
    packages: EVERYTHING,
  },
  {
    name: "tests and benchmarks",
    files: /^(test|bench)\//,
    why: "They may look at everything, and nothing may look at them.",
    imports: EVERYTHING,
    packages: EVERYTHING,
  },
  {
    name: "configuration",
    files: /^[^/]+\.config\.ts$/,
    why: "It belongs to the tools that read it.",
    imports: [],
    packages: EVERYTHING,
  },
];

/** Unit tests stand beside what they test, their fixtures in `testing`. */
function isBeside(file: string): boolean {
  return /^src\/.*(\.test\.ts$|\/testing\/)/.test(file);
}

/** What the unit tests of a side of the project may import beside the tools. */
const SIDES: readonly (readonly [side: RegExp, may: RegExp])[] = [
  [/^src\/protocol\//, /^src\/protocol\//],
  [/^src\/terminal\//, /^src\/terminal\//],
  [/^src\/command-line\//, /^src\/(command-line|messages|terminal)\//],
  [/^src\/messages\//, /^src\/(messages|terminal|protocol)\//],
  // The agent's jobs and disk adapters are tested over the simulated disk, so that no second disk has
  // to behave like one; the service they are tested with stands behind its port, without HTTP.
  [
    /^src\/agent\//,
    /^src\/(messages|protocol|terminal|agent|sim-server\/(disk|faults|kernel))\/|^package\.json$/,
  ],
  [/^src\/sim-server\//, /^src\/(messages|protocol|sim-server)\/|^package\.json$/],
  [/^src\/scenarios\//, /^(src\/|package\.json$)/],
];

interface Import {
  readonly from: string;
  /** A path from the project's root, or a package. */
  readonly to: string;
  readonly isType: boolean;
}

const FILES = globSync(["src/**/*.ts", "test/**/*.ts", "bench/**/*.ts", "*.ts"]).toSorted();
const PRODUCT_FILES = FILES.filter((file) => !isBeside(file));

const IMPORT =
  /^\s*(?:import|export)\s+(type\s)?(?:[^;"']*?from\s+)?"([^"]+)"|\bimport\(\s*"([^"]+)"/gm;

function importsOf(file: string): Import[] {
  const found = readFileSync(file, "utf8").matchAll(IMPORT);
  return [...found].map(([, type, fixed, dynamic]) => {
    const target = fixed ?? dynamic ?? "";
    const to = target.startsWith(".") ? normalize(join(dirname(file), target)) : target;
    return { from: file, to, isType: type !== undefined };
  });
}

function layersOf(file: string): Layer[] {
  return LAYERS.filter(({ files }) => files.test(file));
}

function isPackage({ to }: Import): boolean {
  return !/^(src|test|bench)\/|^package\.json$/.test(to);
}

function isIn(family: readonly string[], name: string): boolean {
  return family.some((one) =>
    one.endsWith("*") ? name.startsWith(one.slice(0, -1)) : one === name,
  );
}

function isAllowed(layer: Layer, found: Import): boolean {
  const { from, to, isType } = found;
  if (layer.exceptions?.some(([file, thing]) => file === from && thing === to)) return true;
  if (isPackage(found)) return isIn(layer.packages, to);
  if (isBeside(to)) return layer.imports === EVERYTHING && /^(test|bench)\//.test(from);
  const name = layersOf(to)[0]?.name ?? "no layer";
  return (
    name === layer.name || isIn(layer.imports, name) || (isType && isIn(layer.types ?? [], name))
  );
}

test("every file belongs to exactly one layer, every unit test to one side", () => {
  const sidesOf = (file: string): readonly unknown[] => SIDES.filter(([side]) => side.test(file));
  const lost = FILES.filter(
    (file) => (isBeside(file) ? sidesOf(file) : layersOf(file)).length !== 1,
  );

  expect(lost).toEqual([]);
});

describe.each(LAYERS)("$name", (layer) => {
  const files = PRODUCT_FILES.filter((file) => layer.files.test(file));

  test(`imports no more than it may: ${layer.why}`, () => {
    const stray = files
      .flatMap(importsOf)
      .filter((found) => !isAllowed(layer, found))
      .map(({ from, to }) => `${from} -> ${to}`);

    expect(stray).toEqual([]);
  });

  test("has no exception that nobody needs any more", () => {
    const made = new Set(files.flatMap(importsOf).map(({ from, to }) => `${from} -> ${to}`));
    const idle = (layer.exceptions ?? [])
      .map(([from, to]) => `${from} -> ${to}`)
      .filter((one) => !made.has(one));

    expect(idle).toEqual([]);
  });
});

/** What agent and service decide by; the rest of the protocol is the words that all sides speak. */
const DECISIONS =
  /^src\/protocol\/(forbidden-name|limits|edition|service-path|causes\/exchange-failure)\.ts$/;

test("checkers take words from the protocol and none of its decisions, which they would confirm", () => {
  const shared = PRODUCT_FILES.filter((file) => file.startsWith("src/scenarios/checkers/"))
    .flatMap(importsOf)
    .filter(({ to, isType }) => !isType && DECISIONS.test(to))
    .map(({ from, to }) => `${from} -> ${to}`);

  expect(shared).toEqual([]);
});

test.each(SIDES)(
  "unit tests of %s stay on their side, since test/ is where sides meet",
  (side, may) => {
    const stray = FILES.filter((file) => side.test(file) && isBeside(file))
      .flatMap(importsOf)
      .filter((found) => !isPackage(found) && !may.test(found.to))
      .map(({ from, to }) => `${from} -> ${to}`);

    expect(stray).toEqual([]);
  },
);

/** The imports that lie on a circle, or on the way from one circle to another. */
function circling(imports: readonly Import[]): readonly Import[] {
  const importing = new Set(imports.map(({ from }) => from));
  const imported = new Set(imports.map(({ to }) => to));
  const left = imports.filter(({ from, to }) => importing.has(to) && imported.has(from));
  return left.length === imports.length ? left : circling(left);
}

test("no file imports itself by way of others, for types no more than for values", () => {
  const left = circling(FILES.flatMap(importsOf));

  expect(left.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
});

/**
 * Folders whose folders need each other; each is to be put in order. A file that stands beside
 * folders counts as one of them.
 */
const TANGLED_FOLDERS: ReadonlyMap<string, string> = new Map();

/** What an import says of the first folder in which its ends part: which entry needs which. */
function parting({ from, to, isType }: Import): Import & { readonly folder: string } {
  const [left, right] = [from.split("/"), to.split("/")];
  const depth = left.findIndex((name, at) => name !== right[at]);
  const entry = (path: readonly string[]): string => path.slice(0, depth + 1).join("/");
  return { folder: left.slice(0, depth).join("/"), from: entry(left), to: entry(right), isType };
}

test("no folder needs another that needs it, for types no more than for values", () => {
  const partings = PRODUCT_FILES.filter((file) => file.startsWith("src/"))
    .flatMap(importsOf)
    .filter((found) => found.to.startsWith("src/") && !isBeside(found.to))
    .map(parting);
  const folders = [...new Set(partings.map(({ folder }) => folder))].toSorted();
  const tangles = folders.flatMap((folder) => {
    const left = circling(partings.filter((one) => one.folder === folder));
    if (left.length === 0) return [];
    return [{ folder, needs: [...new Set(left.map(({ from, to }) => `${from} -> ${to}`))] }];
  });

  expect(tangles.filter(({ folder }) => !TANGLED_FOLDERS.has(folder))).toEqual([]);
  expect(tangles.map(({ folder }) => folder)).toEqual([...TANGLED_FOLDERS.keys()].toSorted());
});

test("a default export is nowhere but where a tool asks for one", () => {
  const found = FILES.filter((file) => /^export default\b/m.test(readFileSync(file, "utf8")));

  const asked = /\.config\.ts$|^test\/mutation\/unit-runner\.ts$/;
  expect(found.filter((file) => !asked.test(file))).toEqual([]);
});

const EXPORTED =
  /^export\s+(?:abstract\s+)?(?:async\s+)?(?:function\*?|class|const|interface|type)\s+(\w+)/gm;

test("no two files of a side export one name: a name means one thing", () => {
  const exported = FILES.filter(
    (file) => file.startsWith("src/") && !file.endsWith(".test.ts"),
  ).flatMap((file) => {
    const [, side = ""] = file.split("/");
    const names = [...readFileSync(file, "utf8").matchAll(EXPORTED)].map(([, name = ""]) => name);
    // A name may be overloaded, or be both a value and its type.
    return [...new Set(names)].map((name) => `${side} ${name}`);
  });
  const twice = exported.filter((name, index) => exported.indexOf(name) !== index);

  expect(twice).toEqual([]);
});

const COMMENT = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;

/** In backticks or brackets, or the target of a link; what stands behind a colon is in the file. */
const CITED =
  /[(`](?:\.{1,2}\/)*((?:[\w@.-]+\/)*[\w-][\w.-]*\.(?:ts|md|ya?ml|patch))(?::\w+|#[\w-]+)?[)`]/g;

test("every file that a comment or a page of the docs cites is there", () => {
  const there = globSync("{src,test,bench,bin,docs,fixtures}/**/*").concat(globSync("*"));
  const isThere = (cited: string): boolean =>
    there.some((file) => file === cited || file.endsWith(`/${cited}`));
  const textOf = (file: string): string => {
    const text = readFileSync(file, "utf8");
    return file.endsWith(".md") ? text : (text.match(COMMENT) ?? []).join("\n");
  };
  const lost = [...FILES, ...globSync(["docs/**/*.md", "*.md"]).toSorted()].flatMap((file) =>
    [...textOf(file).matchAll(CITED)]
      .map(([, cited = ""]) => cited)
      .filter((cited) => !isThere(cited))
      .map((cited) => `${file} cites ${cited}`),
  );

  expect(lost).toEqual([]);
});
