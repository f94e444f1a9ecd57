import { EDITION_RULES, EDITIONS, PLANS } from "../../../protocol/edition.ts";
import type { Contract } from "../../../protocol/http/schemas.ts";
import { printable } from "../../../messages/printable.ts";
import { formatBytes } from "../../../terminal/format-bytes.ts";
import { renderBar } from "../../../terminal/render-bar.ts";
import { renderPairs } from "../../../terminal/render-pairs.ts";
import { lineKind, type LineMembers } from "../output/line-kind.ts";
import type { Output } from "../output/output.ts";
import { pick } from "../output/pick.ts";

/** Plan and capacity. */
export const CAPACITY_LINE = lineKind(
  "capacity",
  "schema.line-capacity",
  ({ z, identifier, bytes }) => ({
    loginId: z.string(),
    nickname: z.string(),
    edition: z.enum(EDITIONS),
    plan: z.string(),
    generationCountMax: identifier,
    quotaBytes: bytes,
    usedBytes: bytes,
    freeBytes: bytes,
  }),
);

/** The members of a `capacity` line. */
export function capacityMembers(contract: Contract): LineMembers<typeof CAPACITY_LINE> {
  return {
    ...pick(contract, ["loginId", "nickname", "edition", "plan", "generationCountMax"]),
    ...pick(contract, ["quotaBytes", "usedBytes", "freeBytes"]),
  };
}

const BAR_WIDTH = 40;
/** From this share on the bar is shown as a warning. */
const FULL_SHARE = 0.9;

/** Plan, used and free capacity with an indicator (F45). */
export function renderCapacity(contract: Contract, output: Output): string {
  const { usedBytes, quotaBytes, freeBytes } = contract;
  const share = quotaBytes === 0 ? 1 : usedBytes / quotaBytes;
  const bar = output.paint(share >= FULL_SHARE ? "bad" : "good", renderBar(share, BAR_WIDTH));
  const pairs = renderPairs([
    [output.say({ ja: "サービス", en: "Service" }), EDITION_RULES[contract.edition].labelJa],
    [output.say({ ja: "プラン", en: "Plan" }), planLabel(contract)],
    [
      output.say({ ja: "契約者", en: "Account" }),
      printable(`${contract.nickname} (${contract.loginId})`),
    ],
    [output.say({ ja: "世代数", en: "Generations" }), String(contract.generationCountMax)],
    [
      output.say({ ja: "使用量", en: "Used" }),
      `${formatBytes(usedBytes)} / ${formatBytes(quotaBytes)}`,
    ],
    [output.say({ ja: "空き容量", en: "Free" }), formatBytes(freeBytes)],
  ]);
  return `${pairs}\n${bar} ${percentText(share)}`;
}

/** The usage notice of a month (F35), with how to switch it off. */
export function renderUsageNotice(contract: Contract, output: Output): string {
  const title = output.say({ ja: "今月のご利用状況", en: "Your usage this month" });
  const hint = output.say({
    ja: "このお知らせは月に1度です。azukeru-agent settings --usage-notice off で表示しなくなります。",
    en: "Shown once a month; azukeru-agent settings --usage-notice off ends it.",
  });
  return `${output.paint("strong", title)}\n${renderCapacity(contract, output)}\n${hint}`;
}

function planLabel({ edition, plan }: Contract): string {
  const known = PLANS.find((name) => name === plan);
  const rules = known === undefined ? undefined : EDITION_RULES[edition].plans[known];
  return printable(rules === undefined ? plan : `${rules.labelJa} (${plan})`);
}

/** Never says 100 % while anything is free, nor 0 % while anything is used. */
function percentText(share: number): string {
  if (share > 0 && share < 0.001) return "< 0.1 %";
  return `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
}
