import type { AgentApi } from "./agent-api.ts";
import type { CliIo } from "./cli-io.ts";
import type { Output } from "./output/output.ts";

/**
 * Tells a person on a terminal plan, used and free capacity at the first start in a month (F35), on
 * standard error. Does nothing elsewhere, so that the notice is left for whom it is for.
 */
export async function showUsageNotice(
  agent: Pick<AgentApi, "usageNotice">,
  io: CliIo,
  output: Output,
): Promise<void> {
  if (output.isJson || io.stdout.isTTY !== true || io.stderr.isTTY !== true) return;
  const contract = await agent.usageNotice.take(localZone());
  if (contract === null) return;
  const { renderUsageNotice } = await import("./views/capacity.ts");
  io.stderr.write(`${renderUsageNotice(contract, output)}\n\n`);
}

/** The zone by which this process tells the months. */
export function localZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
