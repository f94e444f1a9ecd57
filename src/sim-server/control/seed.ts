import { z } from "zod";

import { message } from "../../messages/message.ts";
import { checkServicePath, type ServicePath } from "../../protocol/service-path.ts";
import { ownIssueText } from "../input/issue-message.ts";
import { accountSettingsSchema } from "../storage/stores/account-settings.ts";
import type { StorageService } from "../storage/service/storage-service.ts";

/** Text as UTF-8, or any bytes in base64; `null` is an empty folder. */
const contentSchema = z.union([z.string(), z.strictObject({ base64: z.base64() }), z.null()]);

/** A path as one text: names joined by `/`. */
const pathSchema = z.string().refine((text) => checkServicePath(text.split("/")).kind === "path", {
  message: ownIssueText(message("problem.invalid-path")),
});

/** By login ID, which may be any name, `__proto__` too. */
const treesSchema = z.preprocess(
  (value) => (typeof value === "object" && value !== null ? new Map(Object.entries(value)) : value),
  z.map(z.string(), z.record(pathSchema, contentSchema)),
);

/** Accounts to add, and per login ID a tree: path -> content. */
export const seedSchema = z.strictObject({
  accounts: z.array(accountSettingsSchema).optional(),
  trees: treesSchema.optional(),
});

/** What a service is filled with, parsed. */
export type Seed = z.infer<typeof seedSchema>;

/**
 * Adds accounts and files, all or nothing. Throws what the service refuses; it stands as before then,
 * except that unfinished uploads are gone.
 */
export async function applySeed(service: StorageService, seed: Seed): Promise<void> {
  const before = service.records();
  try {
    for (const account of seed.accounts ?? []) service.accounts.add(account);
    for (const [loginId, tree] of seed.trees ?? []) {
      const explorer = service.explorer(loginId);
      for (const [text, content] of Object.entries(tree)) {
        const path: ServicePath = text.split("/");
        if (content === null) explorer.createFolder(path);
        else explorer.put(path, bytesOf(content));
      }
    }
  } catch (error) {
    await service.restoreRecords(before);
    throw error;
  }
}

function bytesOf(content: string | { readonly base64: string }): Buffer {
  return typeof content === "string" ? Buffer.from(content) : Buffer.from(content.base64, "base64");
}
