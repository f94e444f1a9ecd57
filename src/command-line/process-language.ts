import type { Message } from "../messages/message.ts";
import { renderMessage } from "../messages/render-message.ts";
import { languageAskedFor, languageOf, type Language, type Words } from "../terminal/language.ts";

/** The language of this process's command line: `--lang`, else the environment's. */
export function processLanguage(): Language {
  return languageAskedFor(process.argv) ?? languageOf(process.env);
}

/** A text in the language of this process. */
export function say(words: Words): string {
  return words[processLanguage()];
}

/** A message in the language of this process. */
export function speak(message: Message): string {
  return renderMessage(message, processLanguage());
}
