/**
 * Arguments as one Windows command line, so that a program built with Microsoft's runtime (Node is)
 * gets exactly these back: backslashes count only before a quotation mark.
 */
export function windowsCommandLine(args: readonly string[]): string {
  return args.map(quoted).join(" ");
}

function quoted(arg: string): string {
  if (/^[^\s"]+$/.test(arg)) return arg;
  const escaped = arg.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, "$1$1");
  return `"${escaped}"`;
}
