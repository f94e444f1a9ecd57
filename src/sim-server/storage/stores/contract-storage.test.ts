import { hash } from "node:crypto";

import * as fc from "fast-check";
import { expect, test } from "vitest";

import { MANUAL_BACKUP_FOLDER, SECURITY_AREA } from "../../../protocol/service-path.ts";
import { ProblemError } from "../http/problem-error.ts";
import { BytesStore } from "./bytes-store.ts";
import { MemoryBudget } from "./memory-budget.ts";
import { ContractStorage } from "./contract-storage.ts";
import { walk } from "./service-tree.ts";
import { namesOf, type ServiceNode, type StoredGeneration } from "./service-nodes.ts";

const QUOTA = 40;
const GENERATIONS = 3;
const ROOT = [SECURITY_AREA, MANUAL_BACKUP_FOLDER];

const names = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 3 });
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("put" as const),
      path: names,
      sizeBytes: fc.nat({ max: 20 }),
      at: fc.nat({ max: 2 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom("deleteFile" as const, "deleteFolder" as const),
      path: names,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("move" as const),
      kind: fc.constantFrom("file" as const, "folder" as const),
      path: names,
      to: names,
    }),
  },
);

/** What is stored, by walking over all of it. */
function generationsIn(storage: ContractStorage): StoredGeneration[][] {
  return [...walk(storage.tree.root)].flatMap((node) =>
    node.kind === "file" ? [node.generations] : [],
  );
}

function facts(storage: ContractStorage): unknown {
  return [...walk(storage.tree.root)].map((node) => [
    node.kind,
    node.name,
    node.parent?.id,
    node.kind === "file" ? [...node.generations] : null,
  ]);
}

function put(
  storage: ContractStorage,
  path: string[],
  sizeBytes: number,
  modifiedAtNs: string,
): void {
  const content = Buffer.alloc(sizeBytes, path.join());
  const sha256 = hash("sha256", content);
  storage.commitFile({ path, bytes: { sizeBytes, chunks: [content] }, sha256, modifiedAtNs });
  expect(storage.file(path).generations[0]).toMatchObject({ sha256, modifiedAtNs });
}

/** The one of the other kind that has a node's name. */
function twinOf({ kind, parent, name }: ServiceNode): ServiceNode | undefined {
  return kind === "file" ? parent?.children.folder(name) : parent?.children.file(name);
}

function isOldOfOneName(storage: ContractStorage, node: ServiceNode): boolean {
  const path = namesOf(node);
  const found = node.kind === "file" ? storage.file(path) : storage.folder(path);
  return found.supersededAtMs !== undefined;
}

function hasNewerTwin(node: ServiceNode): boolean {
  const twin = twinOf(node);
  return twin !== undefined && twin.supersededAtMs === undefined;
}

/** Names of a path, the file's or those of its folders, that are not the current ones. */
function supersededOnTheWay(storage: ContractStorage, path: readonly string[]): string[] {
  const folders = path.slice(1).map((_, index) => storage.folder(path.slice(0, index + 1)));
  const file = path.length === 0 ? [] : [storage.file([...path])];
  return [...folders, ...file].flatMap(({ name, supersededAtMs }) =>
    supersededAtMs === undefined ? [] : [name],
  );
}

/** Whether the storage refused, as it may; anything else it throws is a failure. */
function attempt(action: () => void): boolean {
  try {
    action();
    return false;
  } catch (error) {
    if (error instanceof ProblemError) return true;
    throw error;
  }
}

test("uses exactly what it stores, never more than it has, and keeps nothing nobody holds", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const memory = new MemoryBudget(Number.POSITIVE_INFINITY);
      const bytes = new BytesStore(memory);
      const storage = new ContractStorage({
        newTimeline: () => "first",
        bytes,
        clock: { nowMs: () => 0 },
        quotaBytes: QUOTA,
        generationCountMax: GENERATIONS,
        fileCountMax: 4,
        folderCountMax: 6,
      });
      storage.tree.ensureFolder(ROOT, 0);
      for (const each of steps) {
        const before = facts(storage);
        const at = [...ROOT, ...each.path];
        const refused = attempt(() => {
          if (each.do === "move") storage.move(each.kind, at, [...ROOT, ...each.to]);
          else if (each.do === "put") put(storage, at, each.sizeBytes, String(each.at));
          else storage[each.do](at);
        });
        expect(refused ? facts(storage) : before).toEqual(before);
        const files = generationsIn(storage);
        const nodes = [...walk(storage.tree.root)].slice(1);
        expect(storage.tree.fileCount).toBe(files.length);
        expect(storage.tree.folderCount).toBe(nodes.length - files.length);
        expect(storage.tree.fileCount).toBeLessThanOrEqual(4);
        expect(storage.tree.folderCount).toBeLessThanOrEqual(6);
        expect(
          nodes.filter((node) => isOldOfOneName(storage, node) !== hasNewerTwin(node)),
        ).toEqual([]);
        const written = !refused && each.do === "put" ? at : [];
        expect(supersededOnTheWay(storage, written)).toEqual([]);
        const stored = files.flat();
        expect(storage.usedBytes).toBe(stored.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
        expect(storage.usedBytes).toBeLessThanOrEqual(QUOTA);
        expect(
          files.every(
            (generations) => generations.length >= 1 && generations.length <= GENERATIONS,
          ),
        ).toBe(true);
        const contents = new Map(stored.map(({ sha256, sizeBytes }) => [sha256, sizeBytes]));
        expect(memory.usedBytes).toBe([...contents.values()].reduce((sum, size) => sum + size, 0));
        expect(bytes.contentCount).toBe(new Set(stored.map(({ sha256 }) => sha256)).size);
        for (const generation of stored) {
          expect(hash("sha256", Buffer.concat(storage.read(generation).chunks))).toBe(
            generation.sha256,
          );
        }
      }
    }),
    { numRuns: 200 },
  );
});

test("refuses a quota below what is used", () => {
  const storage = new ContractStorage({
    newTimeline: () => "first",
    bytes: new BytesStore(new MemoryBudget(Number.POSITIVE_INFINITY)),
    clock: { nowMs: () => 0 },
    quotaBytes: 10,
    generationCountMax: 1,
  });
  storage.tree.ensureFolder(ROOT, 0);
  const content = Buffer.from("12345");
  storage.commitFile({
    path: [...ROOT, "a"],
    bytes: { sizeBytes: 5, chunks: [content] },
    sha256: hash("sha256", content),
    modifiedAtNs: "0",
  });
  expect(() => {
    storage.quotaBytes = 4;
  }).toThrow(RangeError);
  storage.quotaBytes = 5;
  expect(storage.quotaBytes).toBe(5);
});
