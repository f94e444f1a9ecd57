import type { BackupRun } from "../../observation/backup-run.ts";
import type { DiskFact } from "../../observation/disk-fact.ts";
import type { RequestFact } from "../../observation/request-fact.ts";

/** Shorter than the service keeps an upload that nobody goes on with. */
export const UPLOAD_KEPT_MS = 71 * 3_600_000;

/** Whether a request brings bytes of an upload in several appends. */
export function isAppend({ method, path }: RequestFact): boolean {
  return method === "PATCH" && path.startsWith("/v1/uploads/");
}

/** Whether a request brings one whole file. */
export function isPutFile({ method, path }: RequestFact): boolean {
  return method === "PUT" && path.startsWith("/v1/files/");
}

/** Whether a request brings whole files, alone or together. */
export function isSmallUpload(request: RequestFact): boolean {
  const { method, path } = request;
  return isPutFile(request) || (method === "POST" && path === "/v1/batch-uploads");
}

/** Whether the service took what a request brought. */
export function isTaken({ status }: RequestFact): boolean {
  return status >= 200 && status < 300;
}

/** Longest the line before a part's bytes can be. */
export function partLineBytes(run: BackupRun, path: string): number {
  return Buffer.byteLength(
    JSON.stringify({
      kind: "file",
      path: `${run.destination}/${path}`,
      sizeBytes: 999_999,
      modifiedAtNs: "-99999999999999999999",
      mode: "0644",
      sha256: "0".repeat(64),
    }),
  );
}

/** Longest the lines can be that create a folder and tell what it is like; 0 for anything else. */
export function folderLineBytes(run: BackupRun, { path: diskPath, kind }: DiskFact): number {
  if (kind !== "folder") return 0;
  const path = `${run.destination}/${diskPath.slice(run.sourcePath.length + 1)}`;
  const created = JSON.stringify({ kind: "folder", path });
  const described = JSON.stringify({
    kind: "folder-attributes",
    path,
    modifiedAtNs: "-99999999999999999999",
    mode: "0755",
  });
  return Buffer.byteLength(created) + Buffer.byteLength(described) + 2;
}

/** The sum of numbers. */
export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
