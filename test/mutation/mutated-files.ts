import { globSync } from "node:fs";

/** What is mutated: the whole agent, and the service with its mail server. */
const MUTATED = [
  "src/agent/**/*.ts",
  "src/sim-server/storage/**/*.ts",
  "src/sim-server/smtp/**/*.ts",
];

/** Files whose code is mutated, from the project's root, in order. Tests and what serves them are not. */
export function mutatedFiles(project: string): readonly string[] {
  return globSync(MUTATED, { cwd: project })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => !/\.test\.ts$|\/testing\//.test(file))
    .toSorted();
}

/** The folder under which a file is counted: a part of the agent, or of what is served. */
export function folderOf(file: string): string {
  const parts = file.split("/");
  return parts.length > 3
    ? `${parts.slice(0, 3).join("/")}/`
    : `${parts.slice(0, 2).join("/")}/*.ts`;
}
