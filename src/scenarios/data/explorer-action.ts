import { z } from "zod";

const source = z.int().min(0);

/** What someone does on the service, in the explorer or at the contract desk. */
export const explorerActionSchema = z.discriminatedUnion("do", [
  /** The destination folder of a source (by its number among the scenario's sources) is deleted. */
  z.strictObject({ do: z.literal("delete-destination"), source }),
  z.strictObject({ do: z.literal("rename-destination"), source }),
  /** A file of another place in the same contract is stored or replaced: the agent must not care. */
  z.strictObject({ do: z.literal("store-elsewhere"), name: z.string(), size: z.int().min(0) }),
  /** The contract's capacity becomes so many bytes more (or fewer) than what is used now. */
  z.strictObject({ do: z.literal("set-free"), bytes: z.int() }),
  z.strictObject({ do: z.literal("set-quota"), bytes: z.int().min(0) }),
]);

/** One action on the service, as data. */
export type ExplorerAction = z.infer<typeof explorerActionSchema>;
