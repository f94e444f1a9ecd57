import { forbiddenCauseOf } from "../shared/forbidden-cause-of.ts";
import type { ContractModel, ModelFile, ModelGeneration } from "./contract-model.ts";
import type { DueRefusals } from "./judgement.ts";
import { TAKEN_BACK, type ToldNames } from "./told-names.ts";
import type { WireHeaders } from "./wire.ts";

/** The area in which customers write, and the folder in it for what tools back up. */
const AREA = "セキュリティ領域";
const AUTOMATIC = "自動バックアップ";

/** The area and the folders in it are always there. */
const FIXED_DEPTH = 2;

/** How many names below 自動バックアップ lead to a destination folder, which nothing but `PUT /v1/folders` makes. */
const DESTINATION_DEPTH = 5;

/** What the model is asked about. */
interface Asked {
  readonly contract: ContractModel;
  readonly told: ToldNames;
}

/** Reasons for which nothing may be written at a path: outside the area, or with a name that may not be there. */
export function addUnwritable(
  refusals: DueRefusals,
  path: readonly string[],
  kind: "file" | "folder",
  areParentsNew: boolean,
): DueRefusals {
  const isOutside = path[0] !== AREA || (kind === "file" && path.length < 2);
  const isForbidden = path.some((name, at) => {
    const isLast = at === path.length - 1;
    if (!isLast && !areParentsNew) return false;
    return forbiddenCauseOf(name, isLast ? kind : "folder") !== undefined;
  });
  return refusals.add("access-refused", isOutside).add("forbidden-name", isForbidden);
}

/** The reason for which nothing at a path may be renamed or deleted. */
export function addFixed(refusals: DueRefusals, path: readonly string[]): DueRefusals {
  return refusals.add("access-refused", path[0] !== AREA || path.length <= FIXED_DEPTH);
}

/** The reason that a folder which is not made on the way is missing. */
export function addParentMissing(
  refusals: DueRefusals,
  contract: ContractModel,
  parent: readonly string[],
): DueRefusals {
  const depth = parent[1] === AUTOMATIC ? DESTINATION_DEPTH : FIXED_DEPTH;
  return refusals.add("parent-missing", contract.folder(parent.slice(0, depth)) === undefined);
}

/** Reasons for which a request that names a folder by its tag is not carried out. */
export function addOtherPlace(
  refusals: DueRefusals,
  { contract, told }: Asked,
  path: readonly string[],
  tag: string | undefined,
): DueRefusals {
  if (tag === undefined) return refusals;
  const place = told.place(tag);
  const folders = path.map((_, at) => contract.folder(path.slice(0, at + 1)));
  const isThere =
    place !== undefined &&
    (contract.root.key === place.folderKey ||
      folders.some((folder) => folder?.key === place.folderKey));
  return refusals
    .add("folder-changed", !isThere)
    .add("state-changed", place?.version === TAKEN_BACK);
}

/** Bytes that a file needs beyond what falls out for it, against what is free. */
function addNoRoom(
  refusals: DueRefusals,
  contract: ContractModel,
  file: ModelFile | undefined,
  sizeBytes: number,
): DueRefusals {
  const falling = file?.generations.slice(contract.generationCountMax - 1) ?? [];
  const requiredBytes = sizeBytes - falling.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const freeBytes = contract.quotaBytes - contract.usedBytes;
  const members = { requiredBytes, freeBytes };
  return refusals.add("insufficient-capacity", requiredBytes > freeBytes, members);
}

/** What a file is sent as. */
export type SentFile = Pick<ModelGeneration, "sha256" | "modifiedAtNs"> & {
  readonly bytes: Buffer;
};

/** Whether a file is what was sent already: then it gets no generation. */
export function isUnchanged(file: ModelFile | undefined, sent: SentFile): boolean {
  const newest = file?.generations[0];
  return newest?.sha256 === sent.sha256 && newest.modifiedAtNs === sent.modifiedAtNs;
}

/** Reasons for which a file is not begun to be taken, whatever it holds: `sizeBytes` undefined where it is not told. */
export function addNotBegun(
  refusals: DueRefusals,
  contract: ContractModel,
  path: readonly string[],
  sizeBytes: number | undefined,
): DueRefusals {
  const parent = path.slice(0, -1);
  const isNew = contract.folder(parent) === undefined;
  addUnwritable(refusals, path, "file", isNew);
  addParentMissing(refusals, contract, parent);
  if (sizeBytes !== undefined) addNoRoom(refusals, contract, contract.file(path), sizeBytes);
  return refusals;
}

/** Reasons for which a file that is all here is not committed. */
export function addNotCommitted(
  refusals: DueRefusals,
  asked: Asked,
  path: readonly string[],
  sent: SentFile,
  conditions: WireHeaders,
): DueRefusals {
  const { contract } = asked;
  const file = contract.file(path);
  const isSame = isUnchanged(file, sent);
  addNotBegun(refusals, contract, path, isSame ? undefined : sent.bytes.length);
  addOtherPlace(refusals, asked, path, conditions["azukeru-if-place"]);
  // A change that was made already succeeds, although the tag is outdated.
  const isMatched = isSame || matches(asked.told, file, conditions["if-match"]) !== false;
  const isNoneMatched = matchesNone(asked.told, file, conditions["if-none-match"]) !== false;
  return refusals.add("precondition-failed", !isMatched || !isNoneMatched);
}

/** Whether If-Match holds; undefined where nothing that was told says so. */
export function matches(
  told: ToldNames,
  file: ModelFile | undefined,
  tag: string | undefined,
  generation: ModelGeneration | undefined = file?.generations[0],
): boolean | undefined {
  if (tag === undefined) return true;
  if (generation === undefined) return false;
  if (tag === "*") return true;
  // By the strong comparison a weak tag is no tag's equal.
  return tag.startsWith("W/") ? false : told.names(tag, generation);
}

/** Whether If-None-Match holds; undefined where nothing that was told says so. */
export function matchesNone(
  told: ToldNames,
  file: ModelFile | undefined,
  tag: string | undefined,
  generation: ModelGeneration | undefined = file?.generations[0],
): boolean | undefined {
  if (tag === undefined || generation === undefined) return true;
  if (tag === "*") return false;
  const isNamed = told.names(tag.replace(/^W\//, ""), generation);
  return isNamed === undefined ? undefined : !isNamed;
}
