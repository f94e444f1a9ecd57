import type { SimPc } from "../../../sim-server/host/sim-pc.ts";

/** Whether somebody sits at the PC who can do something. */
export function hasPerson(pc: SimPc): boolean {
  return pc.power === "on" && pc.isSignedIn;
}
