import { checkedSettings } from "./checked-settings.ts";
import type { Settings } from "./records.ts";
import type { SettingsStore } from "./settings-store.ts";

/** The settings a person can change. */
export class AgentSettings {
  readonly #store: SettingsStore;

  constructor(store: SettingsStore) {
    this.#store = store;
  }

  read(): Settings {
    return this.#store.read();
  }

  /** Changes some and leaves the others. Throws `AgentError` for a value that cannot be used. */
  change(changes: Partial<Settings>): Settings {
    const settings = checkedSettings({ ...this.read(), ...changes });
    this.#store.write(settings);
    return settings;
  }
}
