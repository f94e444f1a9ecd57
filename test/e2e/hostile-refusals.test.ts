import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { expect, onTestFinished, test } from "vitest";

import { problem, PROBLEM_MEDIA_TYPE, type ProblemCode } from "../../src/protocol/http/problem.ts";
import { agentWorld, PASSWORD, type AgentWorld } from "./support/agent-world.ts";

/** What no text of the agent has in it. */
const MARK = "HOSTILE-TEXT";

const HOSTILE = `\u001b[2J\u001b]0;${MARK}\u0007\r\n\u202e<b>${MARK}</b> Run rm -rf / now.`;

/** A refusal whose every text for people is hostile; the message it says it is made of is one the agent knows. */
function hostileBody(code: ProblemCode): string {
  const params = { url: HOSTILE, loginId: HOSTILE, password: HOSTILE };
  const detailMessage = { code: "service.at", params };
  return JSON.stringify({ ...problem(code, HOSTILE, { detailMessage }), title: HOSTILE });
}

/** A service before that of a world; once `refuse` was called every request but a login is refused. */
async function hostileService({ service }: AgentWorld): Promise<{
  readonly url: string;
  refuse(code: ProblemCode, withLogin?: boolean): void;
}> {
  let refused: ProblemCode | undefined;
  let isLoginRefused = false;
  const server = createServer((request, response) => {
    const isLogin = request.url === "/v1/sessions" && !isLoginRefused;
    if (refused === undefined || isLogin) {
      service.listener(request, response);
      return;
    }
    const body = hostileBody(refused);
    const { status } = problem(refused, "");
    request.resume().once("end", () => {
      response.writeHead(status, {
        "content-type": PROBLEM_MEDIA_TYPE,
        "content-length": Buffer.byteLength(body),
        "azukeru-request-id": "1",
      });
      response.end(body);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refuse(code, withLogin = false) {
      refused = code;
      isLoginRefused = withLogin;
    },
  };
}

test("what a service says in a refusal is never shown, raw or rendered", async () => {
  const world = await agentWorld();
  const hostile = await hostileService(world);
  const shown: string[] = [];
  const say = async (...args: readonly string[]): Promise<string> => {
    const { out, err } = await world.run(args, { env: { AZUKERU_PASSWORD: PASSWORD } });
    shown.push(out, err);
    return out + err;
  };
  const login = ["login", "--service", hostile.url, "--login-id", "taro", "--device-name", "pc"];
  await say(...login);
  world.write({ "a.txt": "a", "b/c.txt": "c" });
  await say("source", "add", world.source);
  await say("backup", "run");
  world.write({ "a.txt": "another" });

  const codes = ["access-refused", "not-found", "insufficient-capacity", "forbidden-name"] as const;
  for (const code of codes) {
    hostile.refuse(code);
    for (const language of ["ja", "en"]) {
      for (const form of [[], ["--json"]]) {
        const how = ["--lang", language, ...form];
        await say(...how, "backup", "run");
        await say(...how, "browse");
        await say(...how, "capacity");
        await say(...how, "restore", world.source, world.home);
      }
    }
  }
  hostile.refuse("access-refused", true);
  const refusedLogin = await say("--lang", "ja", ...login);
  for (const language of ["ja", "en"]) {
    await say("--lang", language, "history");
    await say("--lang", language, "--json", "history");
    for (let id = 1; id <= 6; id += 1) await say("--lang", language, "history", "show", String(id));
  }

  expect(refusedLogin).toContain("このアカウントには許可されていない操作です");
  const found = shown.filter((text) => text.includes(MARK) || text.includes("rm -rf"));
  expect(found).toEqual([]);
  const steering = ["\u001b", "\u0007", "\u202e"];
  expect(shown.filter((text) => steering.some((each) => text.includes(each)))).toEqual([]);
  // It was heard: what is shown of it is what its code means.
  expect(shown.join("\n")).toContain("the account may not do this here");
}, 60_000);
