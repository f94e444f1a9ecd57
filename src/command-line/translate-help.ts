import type { Argument, Command, Option } from "commander";

import type { Language, Words } from "../terminal/language.ts";
import { textWidth } from "../terminal/text-width.ts";

const WORDS: Readonly<Record<string, Words>> = {
  "Usage:": { ja: "使い方:", en: "Usage:" },
  "Arguments:": { ja: "引数:", en: "Arguments:" },
  "Options:": { ja: "オプション:", en: "Options:" },
  "Global Options:": { ja: "共通のオプション:", en: "Global Options:" },
  "Commands:": { ja: "コマンド:", en: "Commands:" },
};

const HELP: Words = { ja: "使い方を表示", en: "show this help" };

/** Has the help of a command, its own words and commander's, in a language; not that of those below it. */
export function translateHelp(command: Command, language: Language): void {
  command
    .configureHelp({
      ...command.configureHelp(),
      displayWidth: textWidth,
      styleTitle: (text) => WORDS[text]?.[language] ?? text,
      commandUsage: (whole) => usageOf(whole, language),
      subcommandTerm: (below) => placeholders(termOf(below), language),
      optionDescription: (option) => described(option, language),
      argumentDescription: (argument) => described(argument, language),
    })
    .helpOption("-h, --help", HELP[language]);
  if (command.commands.length > 0 || command.parent === null) {
    command.helpCommand("help [COMMAND]", HELP[language]);
  }
}

/** As commander has it, with its two placeholders in the language. */
function usageOf(command: Command, language: Language): string {
  const names = [command.name()];
  for (let above = command.parent; above !== null; above = above.parent)
    names.unshift(above.name());
  return `${names.join(" ")} ${placeholders(command.usage(), language)}`;
}

function termOf(command: Command): string {
  const args = command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
    return argument.required ? `<${name}>` : `[${name}]`;
  });
  const options = command.options.length > 0 ? ["[options]"] : [];
  return [command.name(), ...options, ...args].join(" ");
}

function placeholders(text: string, language: Language): string {
  if (language === "en") return text;
  return text.replace("[options]", "[オプション]").replace("[command]", "[コマンド]");
}

/** With the values it takes and its default, as far as a text says them. */
function described(
  { description, argChoices, defaultValue, defaultValueDescription }: DescribedPart,
  language: Language,
): string {
  const values = argChoices?.map((choice) => JSON.stringify(choice)).join(", ");
  const byDefault =
    defaultValueDescription ??
    // Of a switch commander knows by itself that it is off, and nobody wants to read it.
    (typeof defaultValue === "string" || typeof defaultValue === "number"
      ? JSON.stringify(defaultValue)
      : undefined);
  const facts = [
    ...(values === undefined ? [] : [{ ja: `指定できる値: ${values}`, en: `choices: ${values}` }]),
    ...(byDefault === undefined
      ? []
      : [{ ja: `省略時: ${byDefault}`, en: `default: ${byDefault}` }]),
  ];
  if (facts.length === 0) return description;
  const separator = { ja: "、", en: ", " }[language];
  return `${description} (${facts.map((fact) => fact[language]).join(separator)})`;
}

type DescribedPart = Pick<
  Option | Argument,
  "description" | "argChoices" | "defaultValue" | "defaultValueDescription"
>;
