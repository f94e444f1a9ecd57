/** What a person did wrong on the command line, said so that it can be put right. Exit code 2. */
export class CliError extends Error {
  override readonly name: string = "CliError";
}
