import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { usingHome } from "./home-error.ts";

/** The image of a CAPTCHA in the home folder, for a person to open. Methods throw `CliError`. */
export class CaptchaFile {
  readonly path: string;
  readonly #homePath: string;

  constructor(homePath: string) {
    this.#homePath = homePath;
    this.path = join(homePath, "captcha.svg");
  }

  /** Puts the image there, for its owner alone, in the place of an earlier one. */
  write(svg: string): void {
    usingHome(this.#homePath, () => {
      rmSync(`${this.path}.new`, { force: true });
      // Anew, so that what may stand there is not written through.
      writeFileSync(`${this.path}.new`, svg, { mode: 0o600, flag: "wx" });
      renameSync(`${this.path}.new`, this.path);
    });
  }

  /** Takes away what an earlier login left. */
  remove(): void {
    usingHome(this.#homePath, () => rmSync(this.path, { force: true }));
  }
}
