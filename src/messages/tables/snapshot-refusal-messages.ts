import type { MessageTable } from "../message-table.ts";

/** Why a snapshot of the service or of the mailbox cannot be put back. */
export const SNAPSHOT_REFUSAL_MESSAGES = {
  "snapshot.twice": {
    ja: "スナップショットに {what} が2つあります",
    en: "the snapshot has {what} twice",
  },
  "snapshot.contract": { ja: "契約 {id}", en: "contract {id}" },
  "snapshot.id": { ja: "識別子 {id}", en: "id {id}" },
  "snapshot.no-contract": {
    ja: "スナップショットに契約 {contractId} がありません",
    en: "the snapshot has no contract {contractId}",
  },
  "snapshot.no-content": {
    ja: "スナップショットに {path} の中身がありません",
    en: "the snapshot lacks the content of {path}",
  },
  "snapshot.no-folder": {
    ja: "スナップショットに {path} を入れるフォルダがありません",
    en: "the snapshot has no folder for {path}",
  },
  "snapshot.no-password": {
    ja: "スナップショットに {loginId} のパスワードがありません",
    en: "the snapshot has no password of {loginId}",
  },
  "snapshot.over-quota": {
    ja: "スナップショットがその契約の容量を超えています",
    en: "the snapshot exceeds its own quota",
  },
  "snapshot.other-content": {
    ja: "中身 {sha256} がその値と一致しません",
    en: "content {sha256} is not what it says",
  },
  "snapshot.contract-first": {
    ja: "スナップショットが契約から始まっていません",
    en: "the snapshot begins with no contract",
  },
  "snapshot.behind-end": {
    ja: "スナップショットの終わりの後に続きがあります",
    en: "the snapshot goes on behind its end",
  },
  "snapshot.not-whole": {
    ja: "スナップショットが途中で終わっています",
    en: "the snapshot is not whole",
  },
  "snapshot.content-of-no-mail": {
    ja: "スナップショットに、どのメールのものでもない中身があります",
    en: "the snapshot has a content of no mail",
  },
  "snapshot.mail-too-large": {
    ja: "スナップショットのメールが大きすぎます",
    en: "the snapshot has too large a mail",
  },
} as const satisfies MessageTable;
