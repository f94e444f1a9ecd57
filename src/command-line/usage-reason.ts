import type { CommanderError } from "commander";

import { message, type Message } from "../messages/message.ts";
import { reasonInText } from "./invalid-argument.ts";

/** How one kind of commander's errors, which are English texts, is read: its pattern, and what it means. */
type Reading = readonly [
  text: RegExp,
  reason: (found: Readonly<Record<string, string>>) => Message,
];

const MEANT = String.raw`(?:\n\(Did you mean (?:one of )?(?<meant>.*)\?\))?$`;

const READINGS: Readonly<Record<string, Reading>> = {
  "commander.missingArgument": [
    /^missing required argument '(?<name>.*?)'/s,
    ({ name = "" }) => message("usage.missing-argument", { argument: `<${name}>` }),
  ],
  "commander.optionMissingArgument": [
    /^option '(?<option>.*?)' argument missing/s,
    ({ option = "" }) => message("usage.missing-value", { option }),
  ],
  "commander.missingMandatoryOptionValue": [
    /^required option '(?<option>.*?)' not specified/s,
    ({ option = "" }) => message("usage.missing-option", { option }),
  ],
  "commander.excessArguments": [
    /Expected (?<wanted>\d+) arguments? but got (?<given>\d+)/,
    ({ wanted = "", given = "" }) => message("usage.too-many-arguments", { wanted, given }),
  ],
  "commander.unknownCommand": [
    new RegExp(`^unknown command '(?<command>.*?)'${MEANT}`, "s"),
    ({ command = "", meant }) => meaning(message("usage.unknown-command", { command }), meant),
  ],
  "commander.unknownOption": [
    new RegExp(`^unknown option '(?<option>.*?)'${MEANT}`, "s"),
    ({ option = "", meant }) => {
      // What stands behind `=` may be a password that was typed in a wrong place.
      const [name = ""] = option.split("=", 1);
      return meaning(message("usage.unknown-option", { option: name }), meant);
    },
  ],
  "commander.invalidArgument": [
    /^(?:option '(?<option>.*?)' argument '(?<value>.*?)' is invalid\.|command-argument value '(?<given>.*?)' is invalid for argument '(?<argument>.*?)'\.) (?<why>.*)$/s,
    ({ option, value, given, argument = "", why = "" }) =>
      message("usage.invalid", {
        what: option ?? `<${argument}>`,
        value: value ?? given ?? "",
        why: reasonInText(why),
      }),
  ],
};

/** What commander found wrong with a command line. */
export function usageReason({ code, message: text }: CommanderError): Message {
  if (code === "commander.help") return message("usage.no-command");
  const [pattern, reason] = READINGS[code] ?? [];
  const found = pattern?.exec(text.replace(/^error: /, ""));
  if (reason === undefined || !found) return message("usage.not-understood");
  return reason(found.groups ?? {});
}

function meaning(what: Message, meant: string | undefined): Message {
  return meant === undefined ? what : message("usage.meant", { what, meant });
}
