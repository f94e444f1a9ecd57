import type { Message } from "../../../messages/message.ts";

/** What has to hold in every scenario: the invariants by their numbers, and the status tables. */
export const INVARIANTS = {
  status: {
    ja: "ファイルとジョブはすべて、実際に起きたことから許される状態と原因で終わる。",
    en: "Every file and job ends with a status and cause that the world's facts allow.",
  },
  reason: {
    ja: "詳細に示される理由は、その原因に合ったもので、日本語でも英語でも欠けたところのない文である。",
    en: "The reason that a detail gives fits its cause, and is a whole sentence in both languages.",
  },
  checker: {
    ja: "検証器は、どの対象にも少なくとも1つの結果を許す。許さないなら検証器の誤りである。",
    en: "The checkers allow each target at least one outcome; where they allow none, they are wrong.",
  },
  simulator: {
    ja: "模擬の世界とシナリオの実行そのものは、自分からは失敗しない。",
    en: "The simulated world, and what runs scenarios in it, do not fail by themselves.",
  },
  I1: {
    ja: "完了または差分無しと報告されたものは、実行中のある時点の内容のまま、1バイトも違わずサービス上にある。",
    en: "What is reported completed or without difference is on the service, byte for byte as it was at one moment of the run.",
  },
  I2: {
    ja: "ジョブは、すべての対象が完了または差分無しのときに限り完了になる。",
    en: "A job says completed exactly when every target is completed or without difference.",
  },
  I3: {
    ja: "障害の及ばなかったファイルは、ほかに何があってもバックアップされる。",
    en: "A file that no fault touched is backed up, whatever happened to the others.",
  },
  I4: {
    ja: "障害がなくなれば、次の実行は完了し、サービスとバックアップ元が一致する。",
    en: "Once faults stop, the next run ends completed and service and source agree.",
  },
  I5: {
    ja: "容量は1バイトも超えず、使用量は保存されているものの合計である。",
    en: "Capacity is never exceeded by a byte, and the used figure is the sum of what is stored.",
  },
  I6: {
    ja: "世代はプランの数までで、新しい順に並び、それぞれ送ったままの内容である。",
    en: "At most as many generations as the plan keeps, newest first, each as it was sent.",
  },
  I7: {
    ja: "専用ツールはバックアップ元に書き込まず、名前も変えず、削除もしない。サービス上で削除するのは、自分が置いたもので、無くなったことが確かなものだけで、指示されたときだけである。",
    en: "The agent never writes, renames or deletes in a source folder, and deletes on the service only what it put there and what is proven gone, and only when told to.",
  },
  I8: {
    ja: "完了しなかった自動実行ごとにメールが1通、確定した宛先にだけ送られるか、1日後にあきらめられる。",
    en: "One mail for each automatic run that did not complete, to the confirmed addresses and to nobody else; sent, or given up after a day.",
  },
  I9: {
    ja: "有効な予定の時刻ごとに、バックアップ元1つにつき行が1つある。差分比較削除がONで終わったバックアップごとに削除ジョブが1つある。失われる行も、待ち続ける行もない。",
    en: "Every slot of an enabled schedule has exactly one row per source, each ended backup with 差分比較削除 on one delete job; none is lost, none waits for ever.",
  },
  lead: {
    ja: "OSのタスクは、予定の時刻の5分前にだけ専用ツールを起動する。",
    en: "A task of the OS starts the tool five minutes ahead of each slot, and at no other time.",
  },
  I10: {
    ja: "ログ、履歴、エラー、トレースに、パスワードもセッションのトークンもない。",
    en: "No password and no session token stands in a log, history, error or trace.",
  },
  relation: {
    ja: "結果に関係のない違いしかない2つの日々は、同じ結果になる。",
    en: "Two lives that differ only in what may not matter come to the same.",
  },
  lists: {
    ja: "履歴、詳細、サービス上のフォルダのページをめくると、すべての行が1度ずつ順に見え、件数とページ数が合う。状態で絞り込むと、その状態の行だけが見える。",
    en: "Who turns the pages of the history, of details and of a folder on the service sees every row once and in order, with the right counts; a filter shows the rows of its status.",
  },
  service: {
    ja: "サービスの応答は、それまでに送られ、答えられたことと一致する。一覧、内容、世代、使用量、途中のアップロード、ログインのどれについても同じである。",
    en: "What the service answers agrees with what was sent to it and answered before: listings, bytes, generations, usage, unfinished uploads and logins.",
  },
  room: {
    ja: "メールサーバが容量不足としてメールを断るのは、容量がないときだけである。",
    en: "The mail server refuses a mail for want of room only where there is none.",
  },
  waiting: {
    ja: "何を待っているかが知らされる。",
    en: "What is waited for is told.",
  },
  remedy: {
    ja: "知らされた対処をすれば、次のバックアップは完了する。",
    en: "Where a person does what they are told to do, the next backup is complete.",
  },
  way: {
    ja: "サービスへは、環境変数が指すプロキシだけを通り、指されなければ直接つながる。ログインしたアドレスにだけつながる。",
    en: "The service is reached through the proxy that the environment names, and directly where it names none; at the address of the login and no other.",
  },
  login: {
    ja: "サービスが受け付けなくなったパスワードは、次にログインされるまで、1度しか試さない。",
    en: "A password that the service no longer takes is tried once, until somebody logs in again.",
  },
  captcha: {
    ja: "パスワードを3回続けて間違えたログインIDでは、画像の文字に答えるまで誰もログインできない。成功すれば元に戻り、それより前にはたずねられない。",
    en: "After three wrong passwords in a row nobody is let in without the characters of an image; a success resets, and nobody is asked before.",
  },
  notice: {
    ja: "プランと容量は、月の最初の起動で一度だけ、そのとおりに知らされる。",
    en: "Plan and capacity are told once a month, at its first start, as they are.",
  },
  pause: {
    ja: "サービスが間を置くよう求めたら、それより前に同じ要求を送らない。",
    en: "Where the service asks for a pause, the same is not asked of it again before.",
  },
  patience: {
    ja: "何かがうまくいったあとは、サービスが今はできないと答えたことを、決められた時間いっぱい試し続ける。",
    en: "Once something went well, what the service cannot do now is asked of it again for the whole retry budget.",
  },
  refusal: {
    ja: "操作は、実際に妨げるものがない限り断られない。",
    en: "What a person asks of the tool is refused only for what truly stands in its way.",
  },
  I11: {
    ja: "ジョブの復元先の外には何も書かれず、中のファイルはどの終わり方でも壊れていない。",
    en: "Nothing is written outside a job's destination folder, and in it every file is whole at every end.",
  },
  I12: {
    ja: "専用ツールが一度に持つ量は、ファイルの数ではなく設定された上限で決まる。",
    en: "What the agent holds at once is bounded by its tuning, not by the number of files.",
  },
  I13: {
    ja: "どのジョブも、限られた仮想時間のうちに終わる。",
    en: "Every job ends, within a bounded virtual time.",
  },
  I14: {
    ja: "強制終了や停電で、確認された記録が失われることはない。",
    en: "A killed process and a lost power take nothing that was acknowledged.",
  },
  I15: {
    ja: "同じシナリオは、1バイトも違わない同じトレースになる。",
    en: "The same scenario gives the same trace, byte for byte.",
  },
  I16: {
    ja: "同じ契約を同時に使うほかの人に害がない。",
    en: "Others who work on the same contract at the same time are not harmed.",
  },
  I17: {
    ja: "完了のバックアップのあと、空のフォルダへの復元は、PCにあるものと種類、名前、内容、日時が同じになる。差分比較削除がONなら、余分なものもない。",
    en: "A restore into an empty folder, after a complete backup, gives what the PC has: kinds, names, bytes and times; with 差分比較削除 nothing else.",
  },
  sources: {
    ja: "ほかのバックアップ元や専用ツール自身のフォルダと重なるフォルダは、バックアップ元にならない。ほかのフォルダはなれる。",
    en: "A folder that overlaps another source or the tool's own folder becomes no source; any other can.",
  },
  deletes: {
    ja: "PCから確かに無くなったものは、何にも妨げられない削除のあと、サービスからも無くなる。",
    en: "What is surely gone from the PC is gone from the service after a deletion that nothing disturbed.",
  },
  restored: {
    ja: "復元が完了と報告したものは、保存された内容と日時で復元先にある。",
    en: "What a restore reports completed stands at its destination, with the bytes and the time that were stored.",
  },
  identity: {
    ja: "変更のないバックアップの復元は、PCにあるものと同じになる。",
    en: "A restore of an unchanged backup gives back exactly what the PC has.",
  },
  standing: {
    ja: "復元先に元からあったものは、上書きを選ばない限りそのまま残る。",
    en: "What stood where a restore goes to stays as it was, unless it is to be overwritten.",
  },
  asked: {
    ja: "復元先にあるファイルについて、たずねることを選んだ人は、1つごとに1回、正しい内容でたずねられ、すべてに適用する答えのあとはたずねられない。",
    en: "A person who wants to be asked is asked about each file in the way once, truly, and never behind an answer that is for all.",
  },
  leftovers: {
    ja: "復元は、復元したもの以外を残さない。",
    en: "A restore leaves nothing behind but what it restored.",
  },
  resume: {
    ja: "確定または確認されたものは、再び送られない。",
    en: "What was committed or acknowledged is not sent again.",
  },
  again: {
    ja: "変わっていないとわかっているファイルは再び読まれず、復元先にすでにあるファイルは再び取り寄せられない。",
    en: "A file that is known to be unchanged is not read again, and one that stands where it is restored to is not fetched again.",
  },
} as const satisfies Readonly<Record<string, Readonly<Record<"ja" | "en", string>>>>;

/** One of {@link INVARIANTS}. */
export type InvariantId = keyof typeof INVARIANTS;

/** One way in which a run violated an invariant. */
export interface Violation {
  readonly invariant: InvariantId;
  /** What was expected and what was found, with the path or job it is about. */
  readonly message: Message;
}

/** How a run is judged: every invariant held, one was violated, or the harness itself is at fault. */
export type RunVerdict = "good" | "law-broken" | "harness-failed";

/** Of these the agent is not to blame: what a run says that violates one means nothing. */
const OF_THE_HARNESS: ReadonlySet<InvariantId> = new Set(["checker", "simulator"]);

/** How a run with these violations is judged; one of the agent outweighs any of the harness. */
export function judgedAs(violations: readonly Violation[]): RunVerdict {
  if (violations.length === 0) return "good";
  return violations.every(({ invariant }) => OF_THE_HARNESS.has(invariant))
    ? "harness-failed"
    : "law-broken";
}
