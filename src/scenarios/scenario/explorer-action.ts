import { z } from "zod";

import { contentSchema } from "./content.ts";

const source = z.int().min(0);

/** Below the destination folder of the source, names joined by `/`. */
const path = z.string().min(1);

/** Which folder it is about: the destination itself (default), or the device's or administrator's above it. */
const level = z.enum(["destination", "device", "administrator"]).optional();

/** What someone does on the service, in the explorer or in its contract. */
export const explorerActionSchema = z.discriminatedUnion("do", [
  /** The destination folder of a source (by its number among the scenario's sources) is deleted. */
  z.strictObject({ do: z.literal("delete-destination"), source, level }),
  z.strictObject({ do: z.literal("rename-destination"), source, level }),
  /** A folder is made where the destination of a source belongs; nothing where one stands. */
  z.strictObject({ do: z.literal("make-destination"), source }),
  /** The operator keeps all that the service has. */
  z.strictObject({ do: z.literal("save-service") }),
  /** The operator puts the service back to what was kept last; to its beginning where nothing was. */
  z.strictObject({ do: z.literal("restore-service") }),
  /** The customer changes to another contract, under the same login ID and password: nothing is in it yet. */
  z.strictObject({ do: z.literal("change-contract") }),
  /** One file of a destination, with all its generations. */
  z.strictObject({ do: z.literal("delete-file"), source, path }),
  /** One file of a destination gets another name there; nothing where one of that name stands. */
  z.strictObject({ do: z.literal("rename-file"), source, path, to: path }),
  /** One folder below a destination, with all that is in it. */
  z.strictObject({ do: z.literal("delete-folder"), source, path }),
  /** A file of somebody's own in a destination; nothing where one stands already. */
  z.strictObject({ do: z.literal("put-file"), source, path, content: contentSchema }),
  /** A new generation of a file that stands in a destination. */
  z.strictObject({ do: z.literal("replace-file"), source, path, content: contentSchema }),
  /** A file of another place in the same contract is stored or replaced: the agent must not care. */
  z.strictObject({ do: z.literal("store-elsewhere"), name: z.string(), size: z.int().min(0) }),
  /** The contract's capacity becomes so many bytes more (or fewer) than what is used now. */
  z.strictObject({ do: z.literal("set-free"), bytes: z.int() }),
  z.strictObject({ do: z.literal("set-quota"), bytes: z.int().min(0) }),
  /** The password is changed elsewhere: every session is over, and the one the tool knows is wrong. */
  z.strictObject({ do: z.literal("change-service-password") }),
  /** Somebody elsewhere guesses the password of the account so many times; sessions live on. */
  z.strictObject({ do: z.literal("login-wrong"), times: z.int().min(1).max(10) }),
  /** Every session is over, as after a night without a request; the password is as it was. */
  z.strictObject({ do: z.literal("end-sessions") }),
]);

/** One action on the service, as data. */
export type ExplorerAction = z.infer<typeof explorerActionSchema>;

const NAMES: ReadonlySet<string> = new Set(
  explorerActionSchema.options.map(({ shape }) => shape.do.value),
);

/** Whether something that is done is done on the service. */
export function isExplorerAction<Act extends { readonly do: string }>(
  act: Act,
): act is Extract<Act, ExplorerAction> {
  return NAMES.has(act.do);
}
