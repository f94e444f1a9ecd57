/**
 * Every limit agent and service agree on. How many generations are kept, and how much space there
 * is, depends on the contract and stands in `edition.ts`.
 */
export const LIMITS = {
  /**
   * Rows (jobs, files of a job, entries of a folder). One page of any list a person looks at; more
   * rows go to the next page (F30, F31, F40).
   */
  historyPageRowCount: 100,

  /** Files. How many previews can be open at once; one more is refused until one is closed (F44). */
  previewCountMax: 10,

  /** Addresses. Recipients of the result mail; settings that name more are refused (F36). */
  mailRecipientCountMax: 2,

  /**
   * Minutes. How long before its slot the OS task starts the tool, so that login and start are done
   * in time. Closing the tool or signing out within them loses the slot: cause B-NR-9 (F13).
   */
  taskLeadMinutes: 5,

  /** Characters. A sync folder's name; a longer one is refused (F50). */
  syncFolderNameLengthMax: 255,

  /** Characters. The message to the members of a new sync folder; a longer one is refused (F50). */
  syncFolderMessageLengthMax: 200,

  /** Members of one sync folder, its creator included; one more is refused (F54). */
  syncFolderMemberCountMax: 5_000,

  /**
   * Sync folders of one contract, created and joined together. At the limit no folder can be
   * created, and the contract cannot become a member of another (F54).
   */
  syncFolderCountMax: 5_000,

  /**
   * Files. How many small files one upload request carries: enough to make the round trip cheap,
   * few enough to repeat when it breaks. The service refuses a larger batch; the agent splits it.
   */
  batchPartCountMax: 256,

  /**
   * Bytes (8 MiB). The content of all files of one batch together: bounds what both sides hold in
   * memory for one request. The service refuses a larger batch; the agent splits it.
   */
  batchBytesMax: 8_388_608,

  /** Bytes (256 KiB). The largest file that may go in a batch; a larger one is uploaded alone. */
  batchFileBytesMax: 262_144,

  /**
   * Bytes (64 MiB). What one request may append to an upload: the most that is lost when the
   * connection breaks. The service refuses more; the agent sends a large file as several requests.
   */
  uploadAppendBytesMax: 67_108_864,

  /**
   * Bytes (1 TiB). The largest file the service keeps, however much is free: every size stays an
   * exact number, and an absurd one is refused before a byte of it is read.
   */
  fileBytesMax: 1_099_511_627_776,

  /**
   * Entries. One page of a folder listing asked for by the agent: bounds memory when a folder holds
   * a million files. A request for more is refused; the rest is on the next page.
   */
  listingPageEntryCountMax: 1_000,

  /**
   * Bytes of UTF-8. A whole path on the service. A longer one is refused; it leaves room for any
   * path a PC can hold and still fits in a request's headers when it is percent-encoded.
   */
  pathBytesMax: 16_384,

  /**
   * Names. A whole path on the service, however short its names are. A deeper one is refused: each
   * folder on the way costs the service as much as a file, and no disk of a PC is used that deep.
   */
  pathNameCountMax: 512,

  /**
   * Folders of one contract. Beyond it none is created (507): bounds what the service holds beside
   * the bytes that are paid for.
   */
  folderCountMax: 300_000,

  /** Files of one contract, empty ones too. Beyond it none is added (507), for the same reason. */
  fileCountMax: 2_000_000,

  /** Minutes. A session nobody used for so long has ended; the agent logs in again. */
  sessionIdleMinutesMax: 30,

  /** Hours. A session this old has ended however busy it is; the agent logs in again. */
  sessionLifetimeHoursMax: 12,

  /**
   * Bytes. The request line and all headers of one request. Node's own limit is 16 KiB, which a
   * percent-encoded path exceeds (up to 48 KiB), so both sides raise it. Beyond it: HTTP 431.
   */
  requestHeaderBytesMax: 65_536,

  /**
   * Wrong passwords in a row for one login ID, whether there is such an account or not, after which
   * only who answers a CAPTCHA is let in, until the next success (F02, D1).
   */
  captchaWrongPasswordCount: 3,

  /** Minutes. A CAPTCHA is good for so long, and for one answer (F02). */
  captchaMinutesMax: 5,

  /**
   * Hours. An unfinished upload to which nothing was appended for so long is dropped and its space
   * is free again: long enough for a weekend without the PC. The agent begins the file anew.
   */
  uploadIdleHoursMax: 72,
} as const;
