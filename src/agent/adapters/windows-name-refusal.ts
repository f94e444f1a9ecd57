import { message, type Message } from "../../messages/message.ts";

/** Names of devices, with or without something behind a full stop: `CON`, `nul.txt`, `COM¹`. */
const DEVICE_NAME = /^(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9\u00b9\u00b2\u00b3]) *(\.|$)/i;

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const FORBIDDEN_CHARACTER = /[<>:"/\\|?*\u0000-\u001f]/;

/** Why Windows cannot have a file or folder of this name, for people; undefined when it can. */
export function windowsNameRefusal(name: string): Message | undefined {
  if (DEVICE_NAME.test(name)) return message("disk.windows-device-name");
  if (FORBIDDEN_CHARACTER.test(name)) return message("disk.windows-character");
  if (/[. ]$/.test(name)) return message("disk.windows-name-end");
  return undefined;
}
