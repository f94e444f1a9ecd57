import { readFileSync } from "node:fs";

import type { Command } from "commander";
import { describe, expect, test } from "vitest";

import { CommandRunner } from "../../src/agent/cli/command-runner.ts";
import { outputLineSchema } from "../../src/agent/cli/views/output-schema.ts";
import { Redactor } from "../../src/messages/redactor.ts";
import { buildProgram } from "../../src/agent/cli/program.ts";
import { fakeCliIo } from "../../src/agent/cli/testing/fake-cli-io.ts";

function page(name: string): string {
  return readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8");
}

describe("docs/agent-json-output.md", () => {
  const text = page("agent-json-output.md");

  test("shows lines that fit the schema", () => {
    const lines = text.match(/^\{"schema".*\}$/gm) ?? [];

    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) outputLineSchema.parse(JSON.parse(line));
  });

  test("names every member of every type, and no other", () => {
    const sections = text.split(/^### /m).slice(1);
    const membersOf = new Map(
      sections.flatMap((section) => {
        const [title = "", ...rows] = section.split("\n");
        const members = rows.flatMap((row) => /^\| `(\w+)` \|/.exec(row)?.[1] ?? []);
        return [...title.matchAll(/`([a-z-]+)`/g)].map(([, type = ""]) => [type, members] as const);
      }),
    );

    const declared = new Map(
      outputLineSchema.options.map(({ shape }) => [
        shape.type.value as string,
        Object.keys(shape).filter((name) => name !== "schema" && name !== "type"),
      ]),
    );
    expect(Object.fromEntries(membersOf)).toEqual(Object.fromEntries(declared));
  });
});

describe("docs/agent-commands.md", () => {
  const text = page("agent-commands.md");

  test.each(commandsOf(wholeProgram()))("has a row for $name with its options", (command) => {
    const row = text
      .split("\n")
      .find((line) => new RegExp(`^\\| \`${command.name}[ \`]`).test(line));

    expect(row).toBeDefined();
    for (const option of command.options) expect(row).toContain(option);
  });
});

interface DocumentedCommand {
  readonly name: string;
  readonly options: readonly string[];
}

function wholeProgram(): Command {
  const io = fakeCliIo();
  const unreachable = (): never => expect.unreachable();
  const opener = { open: unreachable, look: unreachable, openDaemon: unreachable };
  return buildProgram(
    io,
    new CommandRunner({ io, language: "en", opener, redactor: new Redactor() }),
  );
}

/** Every command below `parent` that does something by itself. */
function commandsOf(parent: Command, prefix = ""): DocumentedCommand[] {
  return parent.commands.flatMap((command) => {
    const name = `${prefix}${command.name()}`;
    const options = command.options.map(({ long }) => long ?? "");
    const below = commandsOf(command, `${name} `);
    return below.length > 0 && name !== "history" ? below : [{ name, options }, ...below];
  });
}
