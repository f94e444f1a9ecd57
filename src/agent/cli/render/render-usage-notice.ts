import type { Contract } from "../../../protocol/http/schemas.ts";
import type { Output } from "../output/output.ts";
import { renderCapacity } from "./render-capacity.ts";

/** The usage notice of a month (F35), with how to switch it off. */
export function renderUsageNotice(contract: Contract, output: Output): string {
  const title = output.say({ ja: "今月のご利用状況", en: "Your usage this month" });
  const hint = output.say({
    ja: "このお知らせは月に1度です。azukeru-agent settings --usage-notice off で表示しなくなります。",
    en: "Shown once a month; azukeru-agent settings --usage-notice off ends it.",
  });
  return `${output.paint("strong", title)}\n${renderCapacity(contract, output)}\n${hint}`;
}
