import { z } from "zod";

import { EDITIONS } from "../../../protocol/edition.ts";
import { nanosecondsSchema, sha256Schema } from "../../../protocol/http/schemas.ts";

const namesSchema = z.array(z.string().min(1));

const generationSchema = z.strictObject({
  generation: z.int().min(1),
  sizeBytes: z.int().min(0),
  modifiedAtNs: nanosecondsSchema,
  savedAtMs: z.int(),
  sha256: sha256Schema,
});

const contractSchema = z.strictObject({
  id: z.string(),
  edition: z.enum(EDITIONS),
  plan: z.string(),
  generationCountMax: z.int().min(1),
  quotaBytes: z.int().min(0),
  nextId: z.int().min(1),
  /** Each folder behind the one it is in. */
  folders: z.array(z.strictObject({ path: namesSchema, id: z.string(), createdAtMs: z.int() })),
  files: z.array(
    z.strictObject({
      path: namesSchema,
      id: z.string(),
      generations: z.array(generationSchema).min(1),
    }),
  ),
});

/**
 * Everything the storage service knows, as plain JSON of one version, written in a fixed order: two
 * services in the same state give the same text. Unfinished uploads, faults and the request log are
 * not in it. Passwords and session tokens are under `secrets` and nowhere else.
 */
export const storageSnapshotSchema = z.strictObject({
  kind: z.literal("azukeru-storage-snapshot"),
  version: z.literal(1),
  contracts: z.array(contractSchema),
  accounts: z.array(
    z.strictObject({ loginId: z.string(), nickname: z.string(), contractId: z.string() }),
  ),
  /** Content by SHA-256, base64. */
  contents: z.record(sha256Schema, z.base64()),
  secrets: z.strictObject({
    passwords: z.record(z.string(), z.string()),
    sessions: z.array(
      z.strictObject({
        token: z.string(),
        loginId: z.string(),
        deviceName: z.string(),
        createdAtMs: z.int(),
        lastUsedAtMs: z.int(),
      }),
    ),
  }),
});

/** A snapshot, parsed. */
export type StorageSnapshot = z.infer<typeof storageSnapshotSchema>;
