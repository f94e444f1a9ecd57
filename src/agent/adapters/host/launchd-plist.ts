import type { OsTask } from "../../ports/host.ts";
import { xmlText } from "./xml-text.ts";

/** The label of the launch agent, and the name of its file. */
export const AGENT_LABEL = "local.azukeru-agent";

/** The launch agent: started at local times, never at sign-in, not twice at once. */
export function launchAgentPlist({ command, weekdays, minuteOfDay }: OsTask): string {
  const time = `<key>Hour</key><integer>${Math.floor(minuteOfDay / 60)}</integer><key>Minute</key><integer>${minuteOfDay % 60}</integer>`;
  const starts =
    weekdays.length === 7
      ? [`<dict>${time}</dict>`]
      : weekdays.map((day) => `<dict><key>Weekday</key><integer>${day}</integer>${time}</dict>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${AGENT_LABEL}</string>
  <key>ProgramArguments</key>
  <array>
${command.map((word) => `    <string>${xmlText(word)}</string>`).join("\n")}
  </array>
  <key>StartCalendarInterval</key>
  <array>
${starts.map((start) => `    ${start}`).join("\n")}
  </array>
  <key>RunAtLoad</key>
  <false/>
</dict>
</plist>
`;
}

/** When a launch agent that `launchAgentPlist` wrote starts the tool; undefined for another file. */
export function readLaunchAgentPlist(
  text: string,
): Pick<OsTask, "weekdays" | "minuteOfDay"> | undefined {
  const number = (key: string, within: string): number | undefined => {
    const found = new RegExp(`<key>${key}</key>\\s*<integer>(\\d+)</integer>`).exec(within)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const intervals = /<key>StartCalendarInterval<\/key>\s*<array>(.*?)<\/array>/s.exec(text)?.[1];
  const starts = [...(intervals ?? "").matchAll(/<dict>(.*?)<\/dict>/gs)].map(
    ([, dict = ""]) => dict,
  );
  const [first] = starts;
  if (first === undefined) return undefined;
  const weekdays = starts.flatMap((dict) => number("Weekday", dict) ?? [0, 1, 2, 3, 4, 5, 6]);
  return {
    weekdays,
    minuteOfDay: (number("Hour", first) ?? 0) * 60 + (number("Minute", first) ?? 0),
  };
}
