import { expect, test } from "vitest";
import { AccountSession } from "./session.ts";
import type { HttpSessionService } from "../adapters/http-service/http-session-service.ts";
import { AccountStore } from "./account-store.ts";
import { communicationFailure, refused } from "../testing/failures.ts";
import { memoryDatabase } from "../testing/fixtures.ts";

const ACCOUNT = {
  serviceUrl: "http://127.0.0.1:1",
  loginId: "taro",
  password: "open sesame",
  nickname: "太郎",
  token: "old",
};

/** A remembered login before a service that gives the tokens `new-1`, `new-2`, ... or refuses. */
function bench(refusal?: Error): {
  session: AccountSession;
  accounts: AccountStore;
  logins: string[];
  /** Whether the login was forgotten when it was told that it is lost. */
  lost: boolean[];
} {
  const accounts = new AccountStore(memoryDatabase());
  accounts.write(ACCOUNT);
  const logins: string[] = [];
  const lost: boolean[] = [];
  const login: HttpSessionService["login"] = async (loginId, password, deviceName) => {
    logins.push(`${loginId} ${password} ${deviceName}`);
    if (refusal !== undefined) throw refusal;
    return {
      token: `new-${logins.length}`,
      nickname: "次郎",
      loginId,
      edition: "office-anshin",
      expiresAt: "2026-11-21T03:00:00.000Z",
    };
  };
  const session = new AccountSession({
    accounts,
    service: { login },
    deviceName: () => "pc",
    onLost: () => lost.push(accounts.read() === undefined),
  });
  return { session, accounts, logins, lost };
}

test("a session is renewed with the remembered login, and the new one is remembered", async () => {
  const { session, accounts, logins } = bench();

  expect(session.token()).toBe("old");
  expect(await session.renew()).toBe("new-1");

  expect(logins).toEqual(["taro open sesame pc"]);
  expect(accounts.read()).toEqual({ ...ACCOUNT, token: "new-1", nickname: "次郎" });
});

test("exchanges that find the session over at once share one login", async () => {
  const { session, logins } = bench();

  expect(await Promise.all([session.renew(), session.renew(), session.renew()])).toEqual([
    "new-1",
    "new-1",
    "new-1",
  ]);
  expect(await session.renew()).toBe("new-2");
  expect(logins).toHaveLength(2);
});

test("a login that is no longer taken is tried once, forgotten, and told of", async () => {
  const { session, accounts, logins, lost } = bench(refused("invalid-credentials"));

  const tries = await Promise.allSettled([session.renew(), session.renew()]);

  expect(tries.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(accounts.read()).toBeUndefined();
  expect(accounts.lostLoginId()).toBe("taro");
  expect(lost).toEqual([true]);
  await expect(session.renew()).rejects.toMatchObject({ code: "login-lost" });
  expect(logins).toHaveLength(1);
});

test.each(["content-too-large", "access-refused", "internal-error"] as const)(
  "a login refused as %s, which says nothing of the password, is kept",
  async (code) => {
    const { session, accounts, lost } = bench(refused(code));

    await expect(session.renew()).rejects.toMatchObject({ name: "ServiceError" });

    expect(accounts.read()).toEqual(ACCOUNT);
    expect(lost).toEqual([]);
  },
);

test("a service that cannot be asked costs no login", async () => {
  const { session, accounts, lost } = bench(communicationFailure({ way: "foreign" }));

  await expect(session.renew()).rejects.toMatchObject({ name: "ServiceError" });

  expect(accounts.read()).toEqual(ACCOUNT);
  expect(lost).toEqual([]);
});

test.each(["write", "clear"] as const)("a lost login is over with the next %s", (act) => {
  const { accounts } = bench();
  expect(accounts.lose(ACCOUNT)).toBe(true);
  expect(accounts.lose(ACCOUNT)).toBe(false);

  if (act === "write") accounts.write(ACCOUNT);
  else accounts.clear();

  expect(accounts.lostLoginId()).toBeUndefined();
});

test("there is no token when nobody is logged in", () => {
  const { session, accounts } = bench();
  accounts.clear();

  expect(() => session.token()).toThrow(expect.objectContaining({ code: "not-logged-in" }));
});

test("a renewal does not undo the logout of another process that came meanwhile", async () => {
  const { session, accounts } = bench();
  const renewed = session.renew();
  accounts.clear();

  await expect(renewed).rejects.toMatchObject({ code: "not-logged-in" });
  expect(accounts.read()).toBeUndefined();
});
