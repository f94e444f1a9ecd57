/** The passwords of the proxies that the environment names. */
export function proxyPasswords(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(env).flatMap(([name, value]) => {
    if (!/^(https?|all)_proxy$/i.test(name) || value === undefined) return [];
    // A proxy may stand there without a scheme.
    const text = value.includes("://") ? value : `http://${value}`;
    const { password } = URL.canParse(text) ? new URL(text) : { password: "" };
    return [password, decoded(password)];
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
