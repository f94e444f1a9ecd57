import type { DatabaseSync } from "node:sqlite";

import { z } from "zod";

import type { ServiceState } from "../handlers/request-context.ts";
import { StoresBuilder, type Stores } from "../snapshot/restore-snapshot.ts";
import { snapshotParts, type SnapshotRecord } from "../snapshot/snapshot-record.ts";
import { Upload } from "../stores/upload-store.ts";

const blobRow = z.strictObject({ sha256: z.string(), blob_id: z.int() });

const nodeRow = z.strictObject({
  id: z.string(),
  parent_id: z.string(),
  name: z.string(),
  created_at_ms: z.int().nullable(),
  attributes: z.string().nullable(),
  generations: z.string().nullable(),
  superseded_at_ms: z.int().nullable(),
  write_order: z.int(),
});

const uploadRow = z.strictObject({
  id: z.string(),
  blob_id: z.int(),
  target: z.string().nullable(),
  sha256: z.string().nullable(),
  length_bytes: z.int().nullable(),
  last_used_at_ms: z.int(),
  result: z.string().nullable(),
});

const preconditionSchema = z.union([z.null(), z.literal("*"), z.array(z.string())]);

const targetSchema = z.strictObject({
  account: z.string(),
  path: z.array(z.string()),
  modifiedAtNs: z.string(),
  mode: z.string().optional(),
  preconditions: z.strictObject({
    place: z
      .strictObject({ folderId: z.string(), timeline: z.string(), revision: z.int() })
      .nullable(),
    ifMatch: preconditionSchema,
    ifNoneMatch: preconditionSchema,
  }),
});

const resultSchema = z.strictObject({ sha256: z.string(), etag: z.string().nullable() });

/** What was read. */
interface ReadStores {
  /** Undefined when there is not even a contract. */
  readonly stores: Stores | undefined;
  /** A number that no blob has. */
  readonly nextBlobId: number;
}

/**
 * Builds the stores that a data file describes, through the same checks as a snapshot. `onBlob` is told
 * which blob a list of pieces is. Throws an Error, or a ZodError, for what contradicts itself.
 */
export function readStores(
  database: DatabaseSync,
  settings: Pick<ServiceState, "clock" | "entropy" | "memoryBytesMax">,
  onBlob: (chunks: readonly Buffer[], blobId: number) => void,
): ReadStores {
  const builder = new StoresBuilder(settings);
  let isEmpty = true;
  for (const record of recordsIn(database)) {
    isEmpty = false;
    builder.add(record);
  }
  const { blob_id: last } =
    database
      .prepare(
        `SELECT max(blob_id) AS blob_id FROM
           (SELECT blob_id FROM piece UNION ALL SELECT blob_id FROM content UNION ALL SELECT blob_id FROM upload)`,
      )
      .get() ?? {};
  const nextBlobId = Number(last ?? 0) + 1;
  if (isEmpty) return { stores: undefined, nextBlobId };
  const stores = builder.finish();
  for (const row of database.prepare("SELECT * FROM upload ORDER BY rowid").iterate()) {
    const { upload, blobId } = readUpload(database, row, stores);
    stores.uploads.restore(upload);
    onBlob(upload.chunks, blobId);
  }
  return { stores, nextBlobId };
}

function* recordsIn(database: DatabaseSync): IterableIterator<SnapshotRecord> {
  for (const row of database.prepare("SELECT sha256, blob_id FROM content").iterate()) {
    const { sha256, blob_id: blobId } = blobRow.parse({ ...row });
    let isEmpty = true;
    for (const bytes of piecesOf(database, blobId)) {
      isEmpty = false;
      yield { record: "content", sha256, bytes };
    }
    if (isEmpty) yield { record: "content", sha256, bytes: Buffer.alloc(0) };
  }
  for (const row of database.prepare("SELECT * FROM contract ORDER BY rowid").iterate()) {
    const { id, edition, plan, generation_count_max, quota_bytes, next_id, timelines } = row;
    const value = snapshotParts.contract.parse({
      id,
      edition,
      plan,
      generationCountMax: generation_count_max,
      quotaBytes: quota_bytes,
      nextId: next_id,
      timelines: JSON.parse(String(timelines)),
    });
    yield { record: "contract", value };
    yield* nodesIn(database, value.id);
  }
  for (const row of database.prepare("SELECT * FROM account ORDER BY rowid").iterate()) {
    const { login_id: loginId, nickname, contract_id: contractId, password } = row;
    const value = snapshotParts.account.parse({ loginId, nickname, contractId, password });
    yield { record: "account", value };
  }
  for (const row of database.prepare("SELECT * FROM session ORDER BY rowid").iterate()) {
    const value = snapshotParts.session.parse({
      token: row["token"],
      loginId: row["login_id"],
      deviceName: row["device_name"],
      createdAtMs: row["created_at_ms"],
      lastUsedAtMs: row["last_used_at_ms"],
    });
    yield { record: "session", value };
  }
  const wrong = database.prepare("SELECT login_id, count FROM wrong_passwords ORDER BY rowid");
  for (const { login_id: loginId, count } of wrong.iterate()) {
    const value = snapshotParts.wrongPasswords.parse({
      loginId: JSON.parse(String(loginId)),
      count,
    });
    yield { record: "wrong-passwords", value };
  }
}

/** The folders of a contract, each behind the one it is in, and then its files. */
function* nodesIn(database: DatabaseSync, contractId: string): IterableIterator<SnapshotRecord> {
  const children = new Map<string, z.infer<typeof nodeRow>[]>();
  const rows = database.prepare(
    "SELECT id, parent_id, name, created_at_ms, attributes, generations, superseded_at_ms, write_order FROM node WHERE contract_id = ?",
  );
  for (const row of rows.iterate(contractId)) {
    const node = nodeRow.parse({ ...row });
    const siblings = children.get(node.parent_id);
    if (siblings === undefined) children.set(node.parent_id, [node]);
    else siblings.push(node);
  }
  const files: SnapshotRecord[] = [];
  const open: { readonly id: string; readonly path: readonly string[] }[] = [
    { id: "d0", path: [] },
  ];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const node of children.get(folder.id) ?? []) {
      const path = [...folder.path, z.string().parse(JSON.parse(node.name))];
      const { id, generations, superseded_at_ms: supersededAtMs } = node;
      const writeOrder = node.write_order;
      const common = { path, id, writeOrder, ...(supersededAtMs !== null && { supersededAtMs }) };
      if (generations === null) {
        const attributes: unknown = node.attributes === null ? null : JSON.parse(node.attributes);
        const createdAtMs = node.created_at_ms;
        const value = snapshotParts.folder.parse({ ...common, createdAtMs, attributes });
        yield { record: "folder", value };
        open.push({ id, path });
        continue;
      }
      const value = snapshotParts.file.parse({ ...common, generations: JSON.parse(generations) });
      files.push({ record: "file", value });
    }
  }
  yield* files;
}

function readUpload(
  database: DatabaseSync,
  row: unknown,
  { accounts, memory, journal }: Stores,
): { readonly upload: Upload; readonly blobId: number } {
  const found = uploadRow.parse({ ...(row as object) });
  const target = found.target === null ? null : targetSchema.parse(JSON.parse(found.target));
  const result = found.result === null ? null : resultSchema.parse(JSON.parse(found.result));
  const isHandedOver = target !== null && result !== null;
  const upload = new Upload({
    id: found.id,
    target: target && { ...target, mode: target.mode, account: accounts.get(target.account) },
    sha256: found.sha256,
    lengthBytes: found.length_bytes,
    nowMs: found.last_used_at_ms,
    memory,
    journal,
    ...(isHandedOver && { offset: found.length_bytes ?? 0 }),
  });
  upload.result = result;
  const pieces = isHandedOver ? [] : piecesOf(database, found.blob_id);
  for (const bytes of pieces) upload.append(bytes);
  return { upload, blobId: found.blob_id };
}

function* piecesOf(database: DatabaseSync, blobId: number): IterableIterator<Buffer> {
  const pieces = database.prepare("SELECT bytes FROM piece WHERE blob_id = ? ORDER BY position");
  for (const { bytes } of pieces.iterate(blobId)) {
    if (!(bytes instanceof Uint8Array)) throw new Error(`blob ${blobId} is damaged`);
    yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
}
