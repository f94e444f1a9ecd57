import { contentBytes, sha256 } from "../../scenario/content.ts";
import type { ServiceAct } from "../../scenario/service-act.ts";
import { CUSTOMER } from "../world/account.ts";
import type { Told } from "./told.ts";
import type { WireRequest } from "./wire-client.ts";

/** Where paths begin that are not from the top. */
export const CUSTOMER_HOME = `セキュリティ領域/自動バックアップ/管理者フォルダ(${CUSTOMER.loginId})/pc/docs`;

/** Of a request whose body is JSON. */
export const JSON_HEADERS = { "content-type": "application/json" } as const;

type Act<Name extends ServiceAct["do"]> = Extract<ServiceAct, { do: Name }>;

/** The request by which a program does something that is one request. */
export function requestOf(
  act: Exclude<
    ServiceAct,
    | Act<"wait" | "set-free" | "log-in" | "log-out" | "usage" | "look-at-all" | "list">
    | Act<
        | "restart-service"
        | "list-on"
        | "begin-upload"
        | "append"
        | "look-at-upload"
        | "cancel-upload"
      >
  >,
  told: Told,
): WireRequest {
  switch (act.do) {
    case "put-file": {
      const bytes = contentBytes(act.content);
      const headers = {
        "azukeru-modified-at-ns": act.modifiedAtNs,
        ...(act.mode !== undefined && { "azukeru-mode": act.mode }),
        ...digestHeader("repr-digest", bytes, act.digest),
        ...digestHeader("content-digest", bytes, act.contentDigest ?? "none"),
        ...conditionsOf(told, act),
      };
      return { method: "PUT", target: fileTarget(fullPath(act.path)), headers, body: bytes };
    }
    case "read-file": {
      const generation = act.generation ?? generationOf(act, told);
      const query = generation === undefined ? "" : `?generation=${generation}`;
      const headers = {
        ...(act.range !== undefined && { range: `bytes=${act.range}` }),
        ...(act.ifRange && { "if-range": told.tags(fullPath(act.path), act.ifRange) }),
        ...conditionsOf(told, act),
      };
      const method = act.isHead === true ? "HEAD" : "GET";
      return { method, target: `${fileTarget(fullPath(act.path))}${query}`, headers };
    }
    case "list-generations":
      return { method: "GET", target: `/v1/generations/${encodedPath(fullPath(act.path))}` };
    case "delete-file":
      return {
        method: "DELETE",
        target: fileTarget(fullPath(act.path)),
        headers: conditionsOf(told, act),
      };
    case "look-at-folder":
    case "make-folder":
    case "delete-folder": {
      const method = {
        "look-at-folder": "HEAD",
        "make-folder": "PUT",
        "delete-folder": "DELETE",
      };
      const isEmptied = act.do === "delete-folder" && act.onlyIfEmpty === true;
      const target = `${folderTarget(fullPath(act.path))}${isEmptied ? "?onlyIfEmpty=true" : ""}`;
      const { place } = act;
      const headers = conditionsOf(told, { path: act.path, place });
      return { method: method[act.do], target, headers };
    }
    case "move": {
      const said = { kind: act.kind, from: fullPath(act.from), to: fullPath(act.to) };
      const body = Buffer.from(JSON.stringify(said));
      return { method: "POST", target: "/v1/moves", headers: JSON_HEADERS, body };
    }
    case "batch": {
      const type = { "content-type": "application/vnd.azukeru.batch-upload" };
      const body = Buffer.concat(act.parts.map((part) => partOf(part, told)));
      const headers = {
        ...type,
        ...digestHeader("content-digest", body, act.contentDigest ?? "none"),
        ...conditionsOf(told, { path: "", place: act.place }),
      };
      return { method: "POST", target: "/v1/batch-uploads", headers, body };
    }
  }
}

/** The number of a generation that is given by its place. */
function generationOf({ path, generationBack }: Act<"read-file">, told: Told): number | undefined {
  if (generationBack === undefined) return undefined;
  return told.generations(fullPath(path))[generationBack] ?? 999;
}

function partOf(part: Act<"batch">["parts"][number], known: Told): Buffer {
  const path = fullPath(part.path);
  const { kind } = part;
  if (kind === "file") {
    const bytes = contentBytes(part.content);
    const { modifiedAtNs, mode } = part;
    const digest = part.digest === "wrong" ? sha256(Buffer.from("x")) : sha256(bytes);
    const said = { kind, path, sizeBytes: bytes.length, modifiedAtNs, mode, sha256: digest };
    return Buffer.concat([Buffer.from(`${JSON.stringify(said)}\n`), bytes]);
  }
  if (kind === "file-attributes") {
    const told = known.file(path);
    const { mode } = part;
    const digest = told?.sha256 ?? sha256(Buffer.from("x"));
    const modifiedAtNs = told?.modifiedAtNs ?? "0";
    return Buffer.from(`${JSON.stringify({ kind, path, modifiedAtNs, sha256: digest, mode })}\n`);
  }
  return Buffer.from(`${JSON.stringify({ ...part, path })}\n`);
}

/** The fields of the conditions of an act. */
export function conditionsOf(
  told: Told,
  act: {
    readonly path: string;
    readonly ifMatch?: Act<"put-file">["ifMatch"];
    readonly ifNoneMatch?: Act<"put-file">["ifNoneMatch"];
    readonly place?: string | undefined;
  },
): Readonly<Record<string, string>> {
  const path = fullPath(act.path);
  const place = act.place === undefined ? undefined : told.placeOf(fullPath(act.place));
  return {
    ...(act.ifMatch && { "if-match": told.tags(path, act.ifMatch) }),
    ...(act.ifNoneMatch && { "if-none-match": told.tags(path, act.ifNoneMatch) }),
    ...(place !== undefined && { "azukeru-if-place": place }),
  };
}

/** A path from the top. */
export function fullPath(path: string): string {
  return path.startsWith("/") ? path.slice(1) : `${CUSTOMER_HOME}/${path}`.replace(/\/$/, "");
}

/** A path as the part of a target. */
export function encodedPath(path: string): string {
  return path
    .split("/")
    .map((name) => encodeURIComponent(name))
    .join("/");
}

/** Where a file is. */
export function fileTarget(path: string): string {
  return `/v1/files/${encodedPath(path)}`;
}

/** Where a folder is. */
export function folderTarget(path: string): string {
  return `/v1/folders/${encodedPath(path)}`;
}

/** What is said of bytes in a digest field. */
export function digestHeader(
  name: string,
  bytes: Buffer,
  digest: "right" | "wrong" | "none" = "right",
): Readonly<Record<string, string>> {
  if (digest === "none") return {};
  const said = digest === "right" ? bytes : Buffer.concat([bytes, Buffer.from("x")]);
  return { [name]: `sha-256=:${Buffer.from(sha256(said), "hex").toString("base64")}:` };
}
