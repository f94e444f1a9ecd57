/**
 * A test for paths on the service: `*` stands for anything within a name, `**` for anything at all,
 * `?` for one character of a name. Everything else, brackets too, stands for itself.
 */
export function pathGlob(glob: string): (path: string) => boolean {
  if (!/[*?]/.test(glob)) return (path) => path === glob;
  const source = glob
    .split(/(\*\*|\*|\?)/)
    .map((piece) => {
      if (piece === "**") return ".*";
      if (piece === "*") return "[^/]*";
      return piece === "?" ? "[^/]" : RegExp.escape(piece);
    })
    .join("");
  const pattern = new RegExp(`^${source}$`, "su");
  return (path) => pattern.test(path);
}
