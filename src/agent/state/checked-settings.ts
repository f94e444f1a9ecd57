import { forbiddenNameCause } from "../../protocol/forbidden-name.ts";
import { checkServicePath } from "../../protocol/service-path.ts";
import { AgentError } from "../agent-error.ts";
import type { Settings } from "./records.ts";
import { message } from "../../messages/message.ts";

/** The settings, if every one can be used; throws `AgentError` with the setting named. */
export function checkedSettings(settings: Settings): Settings {
  const { deviceName } = settings;
  const isName =
    checkServicePath([deviceName]).kind === "path" &&
    deviceName.length <= 255 &&
    !/\p{Cc}/u.test(deviceName);
  if (!isName || forbiddenNameCause(deviceName, "folder") !== undefined) {
    throw new AgentError("invalid-setting", message("settings.device-name"));
  }
  return settings;
}
