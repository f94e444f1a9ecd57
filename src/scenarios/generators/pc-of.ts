import type { Pc } from "../scenario/pc.ts";
import type { Scenario } from "../scenario/scenario.ts";

/** A PC of a kind, and the disk that it has. */
export function pcOf(kind: Pc["kind"]): Pick<Scenario, "disk"> & { readonly pc: Pc } {
  const disk = kind === "macos" || kind === "linux" ? kind : "windows";
  return { disk, pc: { kind } };
}
