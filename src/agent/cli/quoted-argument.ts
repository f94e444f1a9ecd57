/** An argument as a person can paste it into a command line. */
export function quotedArgument(argument: string): string {
  return /^[\w./:\\-]+$/.test(argument) ? argument : `"${argument}"`;
}
