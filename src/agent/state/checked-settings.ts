import { forbiddenNameCause } from "../../protocol/forbidden-name.ts";
import { checkServicePath } from "../../protocol/service-path.ts";
import { AgentError } from "../agent-error.ts";
import type { Settings } from "./records.ts";

/** The settings, if every one can be used; throws `AgentError` with the setting named. */
export function checkedSettings(settings: Settings): Settings {
  const { deviceName } = settings;
  const isName = checkServicePath([deviceName]).kind === "path" && deviceName.length <= 255;
  if (!isName || forbiddenNameCause(deviceName, "folder") !== undefined) {
    throw new AgentError(
      "invalid-setting",
      'the device name becomes a folder on the service: 1 to 255 characters, none of \\ / : * ? " < > | and no full stop at its beginning',
    );
  }
  return settings;
}
