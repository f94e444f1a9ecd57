import type { MessageTable } from "../message-table.ts";

/** Why a folder cannot become a source, and which source is meant. */
export const SOURCE_MESSAGES = {
  "source.no-name": {
    ja: "{path} には名前がありません。その中のフォルダを選んでください",
    en: "{path} has no name of its own; choose a folder in it",
  },
  "source.forbidden-name": {
    ja: "名前 {name} は、サービスでは使えない文字を含むか、ピリオドで始まっています。フォルダの名前を変えてください",
    en: "the name {name} holds a character the service does not take, or begins with a full stop; rename the folder",
  },
  "source.is-source-as": {
    ja: "{path} は {other} としてすでにバックアップ元です",
    en: "{path} is a source already, as {other}",
  },
  "source.is-source": { ja: "{path} はすでにバックアップ元です", en: "{path} is a source already" },
  "source.inside-source": {
    ja: "{path} はバックアップ元 {other} の中にあり、それと一緒にバックアップされます",
    en: "{path} is inside the source {other} and is backed up with it",
  },
  "source.holds-source": {
    ja: "バックアップ元 {other} が {path} の中にあります。先にそれを外してください",
    en: "the source {other} is inside {path}; remove it first",
  },
  "source.holds-home": {
    ja: "{path} は専用ツール自身のフォルダ {home} か、それを含むフォルダです。バックアップのたびに変わるため、別のフォルダを選ぶか、--home で別の場所を指定してください",
    en: "{path} is or holds the agent's own folder {home}, which changes during every backup; choose another folder or another --home",
  },
  "source.is-link": {
    ja: "{path} はリンクです。リンク先のフォルダを指定してください",
    en: "{path} is a link; give the folder it leads to",
  },
  "source.no-folder": { ja: "{path} はフォルダではありません", en: "{path} is no folder" },
  "source.not-looked-at": {
    ja: "{path} を確認できません ({why})。パスとアクセス権を確かめてください",
    en: "{path} cannot be looked at ({why}); check the path and its access rights",
  },
  "source.not-found": {
    ja: "{source} というバックアップ元はありません",
    en: "no source folder is {source}",
  },
  "source.none": { ja: "バックアップ元がまだありません", en: "there is no source folder yet" },
} as const satisfies MessageTable;
