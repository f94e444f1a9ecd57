import { execFile } from "node:child_process";

/**
 * The folder comes to cmd as a variable that is put in after the line was parsed (`!...!`): a name
 * such as `a & b` or `%x%` would otherwise be read as part of the command.
 */
const ARGUMENTS = ["/d", "/u", "/v:on", "/s", "/c", '"dir /b /a:h "!AZUKERU_FOLDER!""'];

/**
 * The names in a folder that carry Windows' hidden attribute, which Node's fs does not tell: asked
 * of `cmd`'s own `dir /a:h /b`, with output in UTF-16. `command` lets a test put a stand-in there.
 */
export function windowsHiddenNames(
  folder: string,
  command = "cmd.exe",
): Promise<ReadonlySet<string>> {
  return new Promise((resolve, reject) => {
    execFile(
      command,
      ARGUMENTS,
      {
        encoding: "buffer",
        windowsHide: true,
        windowsVerbatimArguments: true,
        maxBuffer: 64 * 1024 * 1024,
        env: { ...process.env, AZUKERU_FOLDER: folder },
      },
      (error, stdout) => {
        // dir ends with 1 and prints nothing when no name has the attribute.
        if (error !== null && error.code !== 1) return reject(error);
        // /u makes cmd write UTF-16, the only form that holds every name.
        const lines = stdout.toString("utf16le").split(/\r?\n/);
        resolve(new Set(lines.filter((line) => line !== "")));
      },
    );
  });
}
