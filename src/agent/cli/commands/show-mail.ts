import type { AgentRecordsApi } from "../../agent-api.ts";
import type { CommandContext } from "../command-runner.ts";
import { mailMembers } from "../output/mail-line.ts";
import type { Words } from "../../../terminal/language.ts";

/** Says what was done about the result mail and where it stands now. */
export async function showMail(
  { output }: CommandContext,
  agent: Pick<AgentRecordsApi, "mailSettings" | "outbox">,
  done?: Words,
): Promise<void> {
  output.json("mail", mailMembers(agent));
  if (output.isJson) return;
  const { renderMail } = await import("../render/render-mail.ts");
  const head = done === undefined ? "" : `${output.say(done)}\n\n`;
  output.text(() => `${head}${renderMail(agent, output)}`);
}
