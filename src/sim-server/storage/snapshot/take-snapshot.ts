import { PLANS } from "../../../protocol/edition.ts";
import type { ServiceState } from "../handlers/request-context.ts";
import type { SnapshotRecord } from "./snapshot-record.ts";
import type { StorageSnapshot } from "./storage-snapshot.ts";
import type { Contract } from "../stores/account-store.ts";
import { listPart } from "../stores/tree-listing.ts";
import { namesOf, type StoredGeneration } from "../stores/service-nodes.ts";

/**
 * Everything the service knows at this moment, as records: what it does while they are read is not in
 * them. Bytes are not copied.
 */
export function takeRecords(state: ServiceState): readonly SnapshotRecord[] {
  const { accounts, sessions } = state;
  const contents = new Map<string, readonly Buffer[]>();
  const contracts = accounts.contracts().flatMap((contract) => recordsOf(contract, contents));
  return [
    ...contentRecords(contents),
    ...contracts,
    ...accounts.all().map(({ loginId, nickname, contract }): SnapshotRecord => ({
      record: "account",
      value: {
        loginId,
        nickname,
        contractId: contract.id,
        password: accounts.passwordOf(loginId),
      },
    })),
    ...sessions
      .live()
      .map(({ account, token, deviceName, createdAtMs, lastUsedAtMs }): SnapshotRecord => {
        const { loginId } = account;
        const value = { token, loginId, deviceName, createdAtMs, lastUsedAtMs };
        return { record: "session", value };
      }),
  ];
}

/** The same as one value, see `storageSnapshotSchema`. */
export function takeSnapshot(state: ServiceState): StorageSnapshot {
  const contents = new Map<string, Buffer[]>();
  const passwords: [string, string][] = [];
  const snapshot: StorageSnapshot = {
    kind: "azukeru-storage-snapshot",
    version: 1,
    contracts: [],
    accounts: [],
    contents: {},
    secrets: { passwords: {}, sessions: [] },
  };
  for (const record of takeRecords(state)) {
    switch (record.record) {
      case "content":
        contents.set(record.sha256, [...(contents.get(record.sha256) ?? []), record.bytes]);
        break;
      case "contract":
        snapshot.contracts.push({ ...record.value, folders: [], files: [] });
        break;
      case "folder":
        snapshot.contracts.at(-1)?.folders.push(record.value);
        break;
      case "file":
        snapshot.contracts.at(-1)?.files.push(record.value);
        break;
      case "account": {
        const { password, ...account } = record.value;
        snapshot.accounts.push(account);
        passwords.push([account.loginId, password]);
        break;
      }
      case "session":
        snapshot.secrets.sessions.push(record.value);
    }
  }
  for (const [sha256, chunks] of contents) {
    snapshot.contents[sha256] = Buffer.concat(chunks).toString("base64");
  }
  snapshot.secrets.passwords = Object.fromEntries(passwords);
  return snapshot;
}

function* contentRecords(
  contents: ReadonlyMap<string, readonly Buffer[]>,
): IterableIterator<SnapshotRecord> {
  for (const sha256 of [...contents.keys()].toSorted()) {
    const chunks = contents.get(sha256) ?? [];
    if (chunks.length === 0) yield { record: "content", sha256, bytes: Buffer.alloc(0) };
    for (const bytes of chunks) yield { record: "content", sha256, bytes };
  }
}

function recordsOf(
  { id, terms, storage }: Contract,
  contents: Map<string, readonly Buffer[]>,
): SnapshotRecord[] {
  const { edition, generationCountMax } = terms;
  const { quotaBytes, tree } = storage;
  const plan = PLANS.find((each) => each === terms.plan);
  if (plan === undefined) throw new Error(`contract ${id} has no plan`);
  const { nextId } = tree;
  const timelines = [...storage.history.timelines];
  const contract = { id, edition, plan, generationCountMax, quotaBytes, nextId, timelines };
  const records: SnapshotRecord[] = [{ record: "contract", value: contract }];
  const files: SnapshotRecord[] = [];
  const { entries } = listPart({
    folder: tree.root,
    path: "",
    recursive: true,
    after: null,
    entryCountMax: Number.POSITIVE_INFINITY,
  });
  for (const { node } of entries) {
    const path = namesOf(node);
    const { id: nodeId, supersededAtMs } = node;
    const common = { path, id: nodeId, ...(supersededAtMs !== undefined && { supersededAtMs }) };
    if (node.kind === "folder") {
      const { createdAtMs, attributes } = node;
      const value = { ...common, createdAtMs, attributes };
      records.push({ record: "folder", value });
      continue;
    }
    // Copies: what a PC says of a generation may change while the records are read.
    const generations: StoredGeneration[] = node.generations.map((stored) => ({ ...stored }));
    files.push({ record: "file", value: { ...common, generations } });
    for (const generation of generations) {
      if (contents.has(generation.sha256)) continue;
      contents.set(generation.sha256, storage.read(generation).chunks);
    }
  }
  return [...records, ...files];
}
