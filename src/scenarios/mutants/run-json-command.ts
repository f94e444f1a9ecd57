import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { processLanguage } from "../../command-line/process-language.ts";

interface CommandEnd {
  readonly exitCode: number;
  readonly errorText: string;
}

/** Runs a command of the `azukeru-sim` in a folder, in the language of this process; `onLine` gets each line of JSON that it prints. */
export async function runJsonCommand(
  folder: string,
  args: readonly string[],
  onLine: (data: unknown) => void,
): Promise<CommandEnd> {
  const child = spawn(
    process.execPath,
    ["bin/azukeru-sim.js", "--lang", processLanguage(), ...args],
    {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let errorText = "";
  child.stderr.on("data", (piece: Buffer) => {
    errorText += piece.toString();
  });
  const exited = new Promise<number>((resolve) => {
    child.on("close", (code) => resolve(code ?? 1));
  });
  for await (const line of createInterface({ input: child.stdout })) onLine(JSON.parse(line));
  return { exitCode: await exited, errorText };
}
