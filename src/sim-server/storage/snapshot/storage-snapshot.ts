import { z } from "zod";

import { snapshotParts } from "./snapshot-record.ts";

/** Passwords by login ID, which may be any name, `__proto__` too: its own members alone count. */
const passwordsSchema = z.custom<Readonly<Record<string, string>>>(
  (value) =>
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every((each) => snapshotParts.password.safeParse(each).success),
  "passwords by login ID",
);

/**
 * Everything the storage service knows, as plain JSON of one version, written in a fixed order: two
 * services in the same state give the same text. Unfinished uploads, open CAPTCHAs, faults
 * and the request log are not in it. Passwords and session tokens are under `secrets` and nowhere else. For what is large there
 * are records, see `SnapshotRecord`.
 */
export const storageSnapshotSchema = z.strictObject({
  kind: z.literal("azukeru-storage-snapshot"),
  version: z.literal(1),
  contracts: z.array(
    z.strictObject({
      ...snapshotParts.contract.shape,
      /** Each folder behind the one it is in. */
      folders: z.array(snapshotParts.folder),
      files: z.array(snapshotParts.file),
    }),
  ),
  accounts: z.array(snapshotParts.account.omit({ password: true })),
  /** Absent in what an earlier version wrote. */
  wrongPasswords: z.array(snapshotParts.wrongPasswords).default([]),
  /** Content by SHA-256, base64. */
  contents: z.record(snapshotParts.sha256, z.base64()),
  secrets: z.strictObject({ passwords: passwordsSchema, sessions: z.array(snapshotParts.session) }),
});

/** A snapshot, parsed. */
export type StorageSnapshot = z.infer<typeof storageSnapshotSchema>;
