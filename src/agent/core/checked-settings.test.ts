import { expect, test } from "vitest";
import { checkedSettings } from "./checked-settings.ts";

test.each(["pc", "営業部 PC-01", "x".repeat(255)])("the device name %s is taken", (deviceName) => {
  const settings = { deviceName, includeHidden: true };

  expect(checkedSettings(settings)).toEqual(settings);
});

test.each(["", ".pc", "a/b", "a:b", "..", "a\nb", "\uD800", "x".repeat(256)])(
  "the device name %j is refused, because it becomes a folder",
  (deviceName) => {
    expect(() => checkedSettings({ deviceName, includeHidden: true })).toThrow(
      expect.objectContaining({ name: "AgentError", code: "invalid-setting" }),
    );
  },
);
