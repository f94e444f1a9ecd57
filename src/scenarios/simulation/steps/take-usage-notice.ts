import type { Contract } from "../../../protocol/http/schemas.ts";
import type { NoticeFact } from "../../observation/notice-fact.ts";
import type { Simulation } from "../simulation.ts";
import { ACCOUNT } from "../world/account.ts";

/** A person starts the tool at a terminal; what it tells of plan and capacity is put down beside what is so. */
export async function takeUsageNotice(simulation: Simulation): Promise<void> {
  const { world, scenario, device, pc, notices, commands } = simulation;
  const zone = pc?.clock.zone ?? scenario.zone;
  const fact: Omit<NoticeFact, "told"> = {
    wallMs: world.clock.nowMs(),
    zone,
    isWanted: commands.wantsNotice && device.agent.account.info() !== undefined,
    isServiceThere: isServiceThere(simulation),
    truth: { plan: scenario.plan, ...world.service.explorer(ACCOUNT.loginId).usage() },
  };
  const told = await device.orGone(device.agent.usageNotice.take(zone));
  if (told === "gone") return;
  notices.push({ ...fact, told: told === null ? null : usageOf(told) });
}

function usageOf({ plan, quotaBytes, usedBytes, freeBytes }: Contract): NoticeFact["told"] {
  return { plan, quotaBytes, usedBytes, freeBytes };
}

/** Whether the service can be asked; where passwords were guessed, or something stands in between, nobody can tell. */
function isServiceThere({ pc, network, commands, logins }: Simulation): boolean | undefined {
  if (pc?.network.outage !== undefined) return false;
  const isPlain = Object.keys(network.now).length === 0;
  const isGuessed = logins.some((fact) => fact === "guessed" || fact === "put-back");
  return isPlain && !isGuessed && commands.knowsPassword ? true : undefined;
}
