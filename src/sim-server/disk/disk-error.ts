/** The errors of the simulated disk: number and text as Node gives them on Linux. */
const ERRORS = {
  EACCES: [-13, "permission denied"],
  EBADF: [-9, "bad file descriptor"],
  EBUSY: [-16, "resource busy or locked"],
  EEXIST: [-17, "file already exists"],
  EINVAL: [-22, "invalid argument"],
  EIO: [-5, "i/o error"],
  EISDIR: [-21, "illegal operation on a directory"],
  ELOOP: [-40, "too many symbolic links encountered"],
  ENAMETOOLONG: [-36, "name too long"],
  ENOENT: [-2, "no such file or directory"],
  ENOSPC: [-28, "no space left on device"],
  ENOTDIR: [-20, "not a directory"],
  ENOTEMPTY: [-39, "directory not empty"],
  ENXIO: [-6, "no such device or address"],
  EPERM: [-1, "operation not permitted"],
  EXDEV: [-18, "cross-device link not permitted"],
} as const satisfies Record<string, readonly [number, string]>;

/** Codes of the simulated disk. */
export type DiskErrorCode = keyof typeof ERRORS;

/** A refusal inside the disk, before it is known which call and path it will be reported for. */
export class DiskRefusal extends Error {
  readonly code: DiskErrorCode;

  constructor(code: DiskErrorCode) {
    super(code);
    this.code = code;
  }
}

/** An error shaped like Node's for a file-system call that failed. */
export function diskError(
  code: DiskErrorCode,
  syscall: string,
  path?: string,
  dest?: string,
): NodeJS.ErrnoException {
  const [errno, text] = ERRORS[code];
  const place = path === undefined ? "" : ` '${path}'${dest === undefined ? "" : ` -> '${dest}'`}`;
  return Object.assign(
    new Error(`${code}: ${text}, ${syscall}${place}`),
    { errno, code, syscall },
    path === undefined ? {} : { path },
    dest === undefined ? {} : { dest },
  );
}
