/** A folder that is backed up (F11). */
export interface SourceFolder {
  readonly id: number;
  /** The disk's own absolute path. */
  readonly path: string;
  /** What it is called on the service: its last name, made unique among the sources (F10). */
  readonly name: string;
  /** Its place on the service, names joined by `/`. */
  readonly destination: string;
  readonly addedAtMs: number;
}

/** A page of rows, newest first for jobs, in order of position for files. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  /** From 1. */
  readonly page: number;
  readonly pageCount: number;
  readonly rowCount: number;
}

/** Settings a person can change. */
export interface Settings {
  /** This PC's name on the service: the folder its sources go into (F10). */
  readonly deviceName: string;
  /** Whether hidden files and folders are targets, on hosts that have such an attribute (F18). Default true. */
  readonly includeHidden: boolean;
  /**
   * 差分比較アップロード (F16): a backup compares with the service's own listing and sends what is
   * missing or differs there, changed here or not. Default false.
   */
  readonly compareUpload: boolean;
  /**
   * 差分比較削除 (F17): after the backup of a source, what is gone from it is deleted on the service.
   * Default false.
   */
  readonly compareDelete: boolean;
  /** Whether the first start in a month tells plan and capacity (F35). Default true. */
  readonly usageNotice: boolean;
}
