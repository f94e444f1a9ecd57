import { expect, test } from "vitest";

import type { AgentErrorCode } from "../../../agent/agent-error.ts";
import { parseScenario } from "../../runs/read-scenario.ts";
import { refusalsAreDue } from "./refusals-are-due.ts";

const { scenario } = parseScenario(
  `
title: refused
version: 1
seed: 1
start: 2026-11-24T00:00:00Z
zone: Asia/Tokyo
edition: office-anshin
plan: standard
disk: linux
tree: {}
sources: [/data/a]
timeline:
  - { do: backup }
  - { do: backup, disturbances: [{ when: { at: row, nth: 1 }, what: { do: fill-state-disk } }] }
`,
  "test",
);

interface State {
  readonly isLoggedIn: boolean;
  readonly isStateDiskFull?: boolean;
}

function refused(action: string, code: AgentErrorCode, state: State, step = 0): number {
  const refusal = { step, action, code, isStateDiskFull: false, ...state };
  return refusalsAreDue({ refusals: [refusal], scenario }).length;
}

test("a command is refused for what is true, and for nothing else", () => {
  const [loggedIn, loggedOut] = [{ isLoggedIn: true }, { isLoggedIn: false }];

  expect(refused("backup", "not-logged-in", loggedOut)).toBe(0);
  expect(refused("backup", "not-logged-in", loggedIn)).toBe(1);
  expect(refused("restore", "busy", loggedOut)).toBe(1);
  expect(refused("login", "captcha-required", loggedOut)).toBe(0);
  expect(refused("settings", "not-logged-in", loggedOut)).toBe(1);
});

test("on a full disk anything is refused, and nothing where there is room", () => {
  expect(refused("backup", "state-full", { isLoggedIn: true, isStateDiskFull: true })).toBe(0);
  expect(refused("backup", "state-full", { isLoggedIn: true })).toBe(1);
  expect(refused("backup", "state-full", { isLoggedIn: true }, 1)).toBe(0);
});
