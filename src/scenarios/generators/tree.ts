import * as fc from "fast-check";

import type { ScenarioTuning } from "../scenario/scenario-tuning.ts";
import type { Tree, TreeNode } from "../scenario/tree-node.ts";
import {
  forbiddenFileNameArbitrary,
  forbiddenFolderNameArbitrary,
  longNameArbitrary,
  NORMALISATION_PAIRS,
  plainNameArbitrary,
  SIBLING_NAMES,
  undecodableNameArbitrary,
} from "./names.ts";

/** What a tree may have beside ordinary files and folders. */
export const TREE_FEATURES = [
  "empty-file",
  "large-file",
  "empty-folder",
  "deep",
  "long-name",
  "siblings",
  "normalisation-pair",
  "odd-time",
  "mode",
  "holes",
  "hidden",
  "link",
  "special",
  "forbidden-file",
  "forbidden-folder",
  "undecodable",
  "slash-in-name",
  "denied-file",
  "denied-folder",
  "locked",
] as const;

/** One of {@link TREE_FEATURES}. */
export type TreeFeature = (typeof TREE_FEATURES)[number];

/** Features that leave a backup complete. */
export const HARMLESS_FEATURES: readonly TreeFeature[] = TREE_FEATURES.slice(
  0,
  TREE_FEATURES.indexOf("forbidden-file"),
);

/** What a tree is generated for. */
interface TreeOptions {
  readonly root: string;
  readonly features: readonly TreeFeature[];
  readonly tuning: ScenarioTuning;
  readonly disk: "windows" | "macos" | "linux";
  /** Entries at most. Default 9. */
  readonly entryCountMax?: number;
}

/** Some entries that come together, by their names below a folder. */
type Piece = readonly (readonly [names: readonly string[], node: TreeNode])[];

/** Trees below one root. Two entries that meet at one path: the first stays. */
export function treeArbitrary(options: TreeOptions): fc.Arbitrary<Tree> {
  const { root, disk, entryCountMax = 9 } = options;
  const place = fc.array(plainNameArbitrary, { maxLength: 2 });
  const pieces = fc.array(fc.tuple(place, pieceArbitrary(options)), { maxLength: entryCountMax });
  return pieces.map((all) => {
    const tree: Record<string, TreeNode> = { [root]: null };
    for (const [folder, piece] of all) {
      for (const [names, node] of piece) {
        const path = [root, ...folder, ...names.map((name) => allowed(name, disk))].join("/");
        tree[path] ??= node;
      }
    }
    return tree;
  });
}

/** A Windows disk takes none of the forbidden characters but the yen sign, and no full stop at the end. */
function allowed(name: string, disk: TreeOptions["disk"]): string {
  return disk === "windows" ? name.replaceAll(/[\\/:*?"<>|]/g, "¥").replace(/[. ]$/, "_") : name;
}

/** Files of ordinary size: up to what travels in a batch, and a little more. */
export function contentArbitrary(
  tuning: ScenarioTuning,
): fc.Arbitrary<{ size: number; seed: number }> {
  const batched = tuning.batchedFileBytesMax ?? 2048;
  return fc.record({
    size: fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 1, max: 300 }) },
      { weight: 1, arbitrary: fc.constantFrom(...near(batched)) },
    ),
    seed: fc.nat({ max: 9999 }),
  });
}

/** Files around and above the size from which they travel in several requests. */
export function largeContentArbitrary(
  tuning: ScenarioTuning,
): fc.Arbitrary<{ size: number; seed: number }> {
  const whole = tuning.wholeFileBytesMax ?? 8192;
  const append = tuning.appendBytes ?? 8192;
  return fc.record({
    size: fc.constantFrom(...near(whole), whole + append, whole + 2 * append - 1),
    seed: fc.nat({ max: 9999 }),
  });
}

/** Modes of files; their owner can read them. */
export const fileModeArbitrary: fc.Arbitrary<string> = fc.constantFrom(
  "0600",
  "0640",
  "0664",
  "0700",
  "0755",
  "0444",
  "0400",
  "0606",
);

/** Modes of folders; their owner can list and enter them. */
const folderModeArbitrary: fc.Arbitrary<string> = fc.constantFrom(
  "0700",
  "0750",
  "0775",
  "0555",
  "0500",
  "2775",
  "1777",
);

function near(bytes: number): number[] {
  return [Math.max(1, bytes - 1), Math.max(1, bytes), bytes + 1];
}

function pieceArbitrary({ features, tuning, disk }: TreeOptions): fc.Arbitrary<Piece> {
  const content = contentArbitrary(tuning);
  const file: fc.Arbitrary<TreeNode> = content.map((held) => ({ content: held }));
  const single = (name: fc.Arbitrary<string>, node: fc.Arbitrary<TreeNode>): fc.Arbitrary<Piece> =>
    fc.tuple(name, node).map(([one, made]) => [[[one], made]]);
  const plain = plainNameArbitrary;
  const byFeature: Record<TreeFeature, () => fc.Arbitrary<Piece>> = {
    "empty-file": () => single(plain, fc.constant({ content: { text: "" } })),
    "large-file": () =>
      single(
        plain,
        largeContentArbitrary(tuning).map((held) => ({ content: held })),
      ),
    "empty-folder": () => single(plain, fc.constant(null)),
    deep: () =>
      fc
        .tuple(fc.array(plain, { minLength: 4, maxLength: 9 }), file)
        .map(([names, node]) => [[names, node]]),
    "long-name": () => single(longNameArbitrary, file),
    siblings: () =>
      fc
        .tuple(
          fc.option(plain),
          fc.subarray([...SIBLING_NAMES], { minLength: 2 }),
          fc.array(fc.tuple(fc.constantFrom("file", "folder", "full", "full"), file), {
            minLength: SIBLING_NAMES.length,
            maxLength: SIBLING_NAMES.length,
          }),
        )
        .map(([folder, names, kinds]) =>
          names.flatMap((name, at): Piece => {
            const [kind, node] = kinds[at] ?? ["file", null];
            const place = folder === null ? [name] : [folder, name];
            if (kind === "file") return [[place, node]];
            return kind === "folder" ? [[place, null]] : [[[...place, "inner"], node]];
          }),
        ),
    "normalisation-pair": () =>
      fc
        .tuple(fc.constantFrom(...NORMALISATION_PAIRS), file, file)
        .map(([[nfc, nfd], one, other]) => [
          [[nfc], one],
          [[nfd], other],
        ]),
    "odd-time": () =>
      single(
        plain,
        fc
          .tuple(
            content,
            fc.constantFrom("-1", "0", "4102444800000000001", "253402300799000000000"),
          )
          .map(([held, modifiedAtNs]) => ({ content: held, modifiedAtNs })),
      ),
    mode: () =>
      fc.oneof(
        single(
          plain,
          fc.tuple(content, fileModeArbitrary).map(([held, mode]) => ({ content: held, mode })),
        ),
        fc
          .tuple(plain, plain, file, folderModeArbitrary)
          .map(([folder, name, node, mode]): Piece => [
            [[folder], { kind: "folder", mode }],
            [[folder, name], node],
          ]),
      ),
    holes: () =>
      single(
        plain,
        fc
          .record({
            size: fc.integer({ min: 4096, max: 30_000 }),
            seed: fc.nat({ max: 9999 }),
            zeros: fc.constantFrom(4096, 9000, 30_000),
            zerosAt: fc.constantFrom("start", "middle", "end", "end"),
          })
          .map((held) => ({ content: held })),
      ),
    hidden: () =>
      fc.oneof(
        single(
          plain,
          content.map((held) => ({ content: held, hidden: true })),
        ),
        fc.tuple(plain, plain, file).map(([folder, name, node]): Piece => [
          [[folder], { kind: "folder", hidden: true }],
          [[folder, name], node],
        ]),
        single(
          plain,
          fc.constantFrom<TreeNode>(
            { kind: "folder", hidden: true },
            { kind: "symbolic-link", to: "/data", hidden: true },
            { content: { text: "" }, hidden: true },
          ),
        ),
      ),
    link: () =>
      single(
        plain,
        fc.constantFrom("/data", "..", "nowhere").map((to) => ({ kind: "symbolic-link", to })),
      ),
    special: () =>
      single(
        plain,
        fc.constantFrom("fifo", "socket", "device").map((kind) => ({ kind })),
      ),
    "forbidden-file": () => single(forbiddenFileNameArbitrary, file),
    "forbidden-folder": () =>
      fc.tuple(forbiddenFolderNameArbitrary, plain, file).map(([folder, name, node]) => [
        [[folder], { kind: "folder" }],
        [[folder, name], node],
      ]),
    undecodable: () =>
      undecodableNameArbitrary.map((nameBase64) => [
        [
          [`undecodable-${nameBase64.replaceAll("/", "_")}`],
          { content: { text: "x" }, nameBase64 },
        ],
      ]),
    "slash-in-name": () =>
      plain.map((name) => [
        [
          [`slash-${name}`],
          { content: { text: "x" }, nameBase64: Buffer.from(`${name}/x`).toString("base64") },
        ],
      ]),
    "denied-file": () =>
      single(
        plain,
        content.map((held) => ({ content: held, access: "denied" })),
      ),
    "denied-folder": () =>
      fc.tuple(plain, plain, file).map(([folder, name, node]) => [
        [[folder], { kind: "folder", access: "denied" }],
        [[folder, name], node],
      ]),
    locked: () =>
      single(
        plain,
        content.map((held) => ({ content: held, locked: true })),
      ),
  };
  // Windows keeps names as UTF-16 and hands out none that is no Unicode.
  const possible = features.filter((feature) => feature !== "undecodable" || disk === "linux");
  return fc.oneof(
    { weight: 3, arbitrary: single(plain, file) },
    ...possible.map((feature) => ({ weight: 1, arbitrary: byFeature[feature]() })),
  );
}
