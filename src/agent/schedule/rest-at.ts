import type { HostEvent } from "../ports/host.ts";

const RESTS: ReadonlySet<HostEvent["kind"]> = new Set(["sleep", "hibernate", "shutdown"]);
const WAKINGS: ReadonlySet<HostEvent["kind"]> = new Set(["wake", "boot", "power-loss"]);

/** Whether the PC rested at a moment, by its own log; `unknown` when that says nothing about it. */
export function restAt(events: readonly HostEvent[], atMs: number): "awake" | "rested" | "unknown" {
  const power = events.filter(({ kind }) => RESTS.has(kind) || WAKINGS.has(kind));
  const last = power.findLast((event) => event.atMs <= atMs);
  if (last !== undefined) return RESTS.has(last.kind) ? "rested" : "awake";
  const next = power.find((event) => event.atMs > atMs);
  if (next === undefined) return "unknown";
  return RESTS.has(next.kind) ? "awake" : "rested";
}
