import type { AgentRecordsApi } from "../agent-api.ts";
import type { CommandContext } from "../command-runner.ts";
import type { Words } from "../../../terminal/language.ts";

/** Says what was done about the result mail and where it stands now. */
export async function showMail(
  { output }: CommandContext,
  agent: Pick<AgentRecordsApi, "mail">,
  done?: Words,
): Promise<void> {
  const { MAIL_LINE, mailMembers, renderMail } = await import("../views/mail.ts");
  output.json(MAIL_LINE, mailMembers(agent, output.language));
  const head = done === undefined ? "" : `${output.say(done)}\n\n`;
  output.text(() => `${head}${renderMail(agent, output)}`);
}
