import { existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";

import { beforeEach, describe, expect, test } from "vitest";

import { runCli } from "../../src/agent/cli/run-cli.ts";
import { agentWorld, PASSWORD, type AgentWorld } from "./support/agent-world.ts";
import { EndedCommand } from "./support/ended-command.ts";

let world: AgentWorld;
let args: readonly string[];
let image: string;

beforeEach(async () => {
  world = await agentWorld();
  args = ["login", "--service", world.serviceUrl, "--login-id", "taro"];
  image = join(world.home, "captcha.svg");
});

function logIn(password: string, ...more: string[]): Promise<EndedCommand> {
  return world.run([...args, ...more], { env: { AZUKERU_PASSWORD: password } });
}

async function giveWrongPasswords(): Promise<void> {
  for (let time = 0; time < 3; time += 1) {
    const ended = await logIn("wrong", "--json");
    expect(ended.linesOf("error")).toEqual([expect.objectContaining({ code: "login-refused" })]);
  }
}

/** What a person would read in the newest image. */
function newest(): { readonly challengeId: string; readonly answer: string } {
  const captcha = world.service.captchas().at(-1);
  if (captcha === undefined) throw new Error("no image was made");
  return captcha;
}

/** Runs `login` on a terminal; `type` is asked what a person types at each question. */
async function logInOnTerminal(
  password: string,
  type: () => string | undefined,
): Promise<EndedCommand & { readonly questions: number }> {
  let [out, err, questions] = ["", "", 0];
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done): void {
      out += chunk.toString();
      done();
    },
  });
  const stderr = Object.assign(
    new Writable({
      write(chunk: Buffer, _encoding, done): void {
        err += chunk.toString();
        if (chunk.toString().startsWith("Characters of the image: ")) {
          questions += 1;
          // A person reads the question before anything is typed.
          setImmediate(() => {
            const line = type();
            if (line === undefined) stdin.end();
            else stdin.write(`${line}\n`);
          });
        }
        done();
      },
    }),
    { isTTY: true },
  );
  const env = { LANG: "en_US.UTF-8", AZUKERU_PASSWORD: password, NO_COLOR: "1" };
  const exit = await runCli(["--home", world.home, ...args], { stdin, stdout, stderr, env });
  return Object.assign(new EndedCommand(exit, out, err), { questions });
}

describe("after three wrong passwords a login", () => {
  beforeEach(giveWrongPasswords);

  test("without a terminal leaves the image and says where, and the answer lets in", async () => {
    const refused = await logIn(PASSWORD, "--json");
    const { challengeId, answer } = newest();
    expect(refused.exit).toBe(1);
    expect(refused.linesOf("error")).toEqual([
      expect.objectContaining({
        code: "captcha-required",
        exitCode: 1,
        message: expect.stringContaining(image),
        reason: { code: "account.captcha-required", params: { challengeId, path: image } },
      }),
    ]);
    expect(readFileSync(image, "utf8")).toMatch(/^<svg .*<\/svg>$/);

    const let_in = await logIn(PASSWORD, "--captcha", `${challengeId}:${answer.toLowerCase()}`);

    expect(let_in.exit).toBe(0);
    expect(existsSync(image)).toBe(false);
    expect((await world.run(["capacity"])).exit).toBe(0);
  });

  test.runIf(process.platform !== "win32")("keeps the image to its owner", async () => {
    const elsewhere = join(world.source, "mine");
    writeFileSync(elsewhere, "mine");
    await logIn(PASSWORD);
    expect(statSync(image).mode & 0o777).toBe(0o600);
    symlinkSync(elsewhere, `${image}.new`);
    await logIn(PASSWORD);
    expect(readFileSync(elsewhere, "utf8")).toBe("mine");
  });

  test("tells a wrong answer from a missing one, in both languages", async () => {
    await logIn(PASSWORD);
    const wrong = ["--captcha", `${newest().challengeId}:111111`];
    const said = await logIn(PASSWORD, ...wrong);
    expect(said.exit).toBe(1);
    expect(said.err).toContain("the characters are not those of the image");
    expect(said.err).toContain(image);
    const { err } = await logIn(PASSWORD, ...wrong, "--lang", "ja");
    expect(err).toContain("画像の文字が違うか、期限が切れています");
  });

  test("with a wrong password and a right answer is refused for the password", async () => {
    await logIn(PASSWORD);
    const { challengeId, answer } = newest();
    const ended = await logIn("wrong", "--json", "--captcha", `${challengeId}:${answer}`);
    expect(ended.linesOf("error")).toEqual([expect.objectContaining({ code: "login-refused" })]);
    expect(existsSync(image)).toBe(false);
  });

  test("on a terminal asks for the characters", async () => {
    const ended = await logInOnTerminal(PASSWORD, () => ` ${newest().answer} `);
    expect(ended.err).toContain(image);
    expect([ended.exit, ended.questions]).toEqual([0, 1]);
  });

  test("on a terminal asks three times at most, each time for another image", async () => {
    const seen = new Set<string>();
    const ended = await logInOnTerminal(PASSWORD, () => {
      seen.add(newest().challengeId + readFileSync(image, "utf8"));
      return seen.size === 1 ? "" : "111111";
    });
    expect([ended.exit, ended.questions, seen.size]).toEqual([1, 3, 3]);
    expect(ended.err).toContain("The login needs the characters of an image as well.");
    expect(world.service.snapshot().wrongPasswords).toEqual([{ loginId: "taro", count: 3 }]);
  });

  test("on a terminal ends when nothing is typed any more", async () => {
    const ended = await logInOnTerminal(PASSWORD, () => undefined);
    expect([ended.exit, ended.questions]).toEqual([1, 1]);
    expect(ended.err).toContain("were not typed");
  });

  test("shows no answer, not even a wrong one", async () => {
    await logIn(PASSWORD);
    const { challengeId, answer } = newest();
    const outputs: string[] = [];
    for (const given of [`${challengeId}:ZZ9${answer}`, `${challengeId}${answer}`]) {
      for (const form of [["--json"], ["--debug"], ["--lang", "ja"]]) {
        const { out, err } = await logIn(PASSWORD, "--captcha", given, ...form);
        outputs.push(out, err);
      }
    }
    outputs.push(readFileSync(join(world.home, "logs", "agent.log"), "utf8"));
    expect(outputs.join("\n")).not.toContain(answer);
  });

  test("an answer that has not the form of one is a usage error", async () => {
    for (const given of ["ABC234", ":ABC234", "id:", "a b:ABC234"]) {
      expect([given, (await logIn(PASSWORD, "--captcha", given)).exit]).toEqual([given, 2]);
    }
    expect(world.service.captchas()).toEqual([]);
  });
});

test("a kept password that meets a CAPTCHA is tried once, and the login is lost", async () => {
  world.write({ "a.txt": "a" });
  await world.prepare();
  await giveWrongPasswords();
  world.service.expireSessions("taro");
  const before = world.service.requestLog.find({ operationId: "createSession" }).length;

  const ran = await world.run(["backup", "run", "--json"]);
  const again = await world.run(["backup", "run", "--json"]);

  expect(world.service.requestLog.find({ operationId: "createSession" }).length).toBe(before + 1);
  expect(ran.exit).not.toBe(0);
  expect(again.linesOf("error")).toEqual([expect.objectContaining({ code: "login-lost" })]);
  await logIn(PASSWORD);
  const { challengeId, answer } = newest();
  await logIn(PASSWORD, "--captcha", `${challengeId}:${answer}`);
  expect((await world.run(["backup", "run"])).exit).toBe(0);
});
