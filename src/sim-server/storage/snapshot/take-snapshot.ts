import type { ServiceState } from "../handlers/request-context.ts";
import type { StorageSnapshot } from "./storage-snapshot.ts";
import type { Contract } from "../stores/account-store.ts";
import { listPart } from "../stores/tree-listing.ts";
import { namesOf } from "../stores/service-nodes.ts";

/** Writes down everything the service knows, see `storageSnapshotSchema`. */
export function takeSnapshot(state: ServiceState): StorageSnapshot {
  const { accounts, sessions } = state;
  const contents: Record<string, string> = {};
  const contracts = accounts.contracts().map((contract) => takeContract(contract, contents));
  return {
    kind: "azukeru-storage-snapshot",
    version: 1,
    contracts,
    accounts: accounts.all().map(({ loginId, nickname, contract }) => ({
      loginId,
      nickname,
      contractId: contract.id,
    })),
    contents: Object.fromEntries(
      Object.entries(contents).toSorted(([left], [right]) => (left < right ? -1 : 1)),
    ),
    secrets: {
      passwords: Object.fromEntries(
        accounts.all().map(({ loginId }) => [loginId, accounts.passwordOf(loginId)]),
      ),
      sessions: sessions
        .live()
        .map(({ account, token, deviceName, createdAtMs, lastUsedAtMs }) => ({
          token,
          loginId: account.loginId,
          deviceName,
          createdAtMs,
          lastUsedAtMs,
        })),
    },
  };
}

function takeContract(
  { id, terms, storage }: Contract,
  contents: Record<string, string>,
): StorageSnapshot["contracts"][number] {
  const folders: StorageSnapshot["contracts"][number]["folders"] = [];
  const files: StorageSnapshot["contracts"][number]["files"] = [];
  const { entries } = listPart({
    folder: storage.tree.root,
    path: "",
    recursive: true,
    after: null,
    entryCountMax: Number.POSITIVE_INFINITY,
  });
  for (const { node } of entries) {
    const path = namesOf(node);
    if (node.kind === "folder") {
      folders.push({ path, id: node.id, createdAtMs: node.createdAtMs });
      continue;
    }
    files.push({ path, id: node.id, generations: [...node.generations] });
    for (const generation of node.generations) {
      contents[generation.sha256] ??= Buffer.concat(storage.read(generation).chunks).toString(
        "base64",
      );
    }
  }
  const { edition, plan, generationCountMax } = terms;
  const { quotaBytes, tree } = storage;
  const { nextId } = tree;
  return { id, edition, plan, generationCountMax, quotaBytes, nextId, folders, files };
}
