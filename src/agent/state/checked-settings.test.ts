import { expect, test } from "vitest";
import { checkedSettings } from "./checked-settings.ts";

const OTHERS = {
  includeHidden: true,
  compareUpload: false,
  compareDelete: false,
  usageNotice: true,
};

test.each(["pc", "営業部 PC-01", "x".repeat(255)])("the device name %s is taken", (deviceName) => {
  const settings = { ...OTHERS, deviceName };

  expect(checkedSettings(settings)).toEqual(settings);
});

test.each(["", ".pc", "a/b", "a:b", "..", "a\nb", "\uD800", "x".repeat(256)])(
  "the device name %j is refused, because it becomes a folder",
  (deviceName) => {
    expect(() => checkedSettings({ ...OTHERS, deviceName })).toThrow(
      expect.objectContaining({ name: "AgentError", code: "invalid-setting" }),
    );
  },
);
