import type { Settings } from "./records.ts";
import { RowReader } from "./row.ts";
import type { StateDatabase } from "./state-database.ts";

/** What holds until a person changes it; the device name has the host's own as its default. */
export const DEFAULT_SETTINGS: Omit<Settings, "deviceName"> = {
  includeHidden: true,
  compareUpload: false,
  compareDelete: false,
  usageNotice: true,
};

const SWITCHES = ["includeHidden", "compareUpload", "compareDelete", "usageNotice"] as const;

/** The settings a person can change; each absent one has its default. */
export class SettingsStore {
  readonly #database: StateDatabase;
  readonly #defaults: Settings;

  constructor(database: StateDatabase, defaultDeviceName: string) {
    this.#database = database;
    this.#defaults = { ...DEFAULT_SETTINGS, deviceName: defaultDeviceName };
  }

  read(): Settings {
    return {
      deviceName: this.#text("deviceName") ?? this.#defaults.deviceName,
      includeHidden: this.#flag("includeHidden") ?? this.#defaults.includeHidden,
      compareUpload: this.#flag("compareUpload") ?? this.#defaults.compareUpload,
      compareDelete: this.#flag("compareDelete") ?? this.#defaults.compareDelete,
      usageNotice: this.#flag("usageNotice") ?? this.#defaults.usageNotice,
    };
  }

  write(settings: Settings): void {
    this.#database.transaction("acknowledged", () => {
      this.#put("deviceName", settings.deviceName);
      for (const name of SWITCHES) this.#put(name, settings[name] ? "on" : "off");
    });
  }

  #put(name: keyof Settings, value: string): void {
    this.#database.run(
      "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      name,
      value,
    );
  }

  #text(name: keyof Settings): string | undefined {
    const row = this.#database.get("SELECT value FROM setting WHERE name = ?", name);
    return row === undefined ? undefined : new RowReader(row).text("value");
  }

  #flag(name: keyof Settings): boolean | undefined {
    const value = this.#text(name);
    return value === undefined ? undefined : value === "on";
  }
}
