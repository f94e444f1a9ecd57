/** A line of a stack that names a file of this project. */
const FRAME = /[/\\](?:src|dist)[/\\](agent|protocol|sim-server|scenarios)[/\\]/;

/**
 * Whether an error that ended a scenario was thrown by the world around the agent: its innermost call in this
 * project is none of the agent. Errors with a code, as disks, sockets and databases give them, are the world's
 * way to say no; where the agent called, it has to live with them.
 */
export function isOfWorld(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const sides = (error.stack ?? "").split("\n").flatMap((line) => FRAME.exec(line)?.[1] ?? []);
  const isAgentIn = sides.some(isAgent);
  if ("code" in error && isAgentIn) return false;
  const [innermost] = sides;
  return innermost !== undefined && !isAgent(innermost);
}

function isAgent(side: string): boolean {
  return side === "agent" || side === "protocol";
}
