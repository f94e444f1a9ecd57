import type { Link } from "@jsonjoy.com/fs-core";

import type { OpenMode } from "./disk-calls.ts";
import { DiskRefusal } from "./disk-error.ts";
import type { DiskOperation } from "../faults/disk-fault.ts";
import type { DiskNode } from "./disk-node.ts";
import type { DiskSession } from "./disk-session.ts";
import { DiskStats } from "./disk-stats.ts";
import { nanosecondsOf, type DiskTime } from "./disk-time.ts";
import type { DiskPath } from "./disk-tree.ts";

/** What a handle stands for. */
export interface OpenedFile {
  readonly link: Link;
  readonly node: DiskNode;
  readonly mode: OpenMode;
  /** The path it was opened by. */
  readonly path: DiskPath;
}

/**
 * An open file, as much of Node's `FileHandle` as the agent uses. It stays open over a rename or
 * deletion of its name. Reading or writing fails with EBUSY while another application holds the file.
 */
export class DiskFileHandle implements AsyncDisposable {
  readonly #session: DiskSession;
  readonly #file: OpenedFile;
  /** As the process sees it; on Linux `/proc/self/fd` leads on from here. */
  readonly fd: number;
  #position = 0;
  #open = true;

  constructor(session: DiskSession, file: OpenedFile) {
    this.#session = session;
    this.#file = file;
    this.fd = session.describe(file.link);
    session.opened(file.node);
  }

  /** State of the open file itself; times in nanoseconds, as with `{ bigint: true }`. */
  stat(_options?: { readonly bigint: true }): Promise<DiskStats> {
    return this.#call("stat", "fstat", () => {
      const { node, link } = this.#file;
      return new DiskStats(node, this.#session.parts.tree.deviceOf(link));
    });
  }

  /** Reads up to `length` bytes at `position` (`null`: where the last read ended) into `buffer`. */
  read<Bytes extends Uint8Array>(
    buffer: Bytes,
    offset = 0,
    length: number = buffer.byteLength - offset,
    position: number | bigint | null = null,
  ): Promise<{ bytesRead: number; buffer: Bytes }> {
    return this.#call("read", "read", () => {
      const { node } = this.#readable();
      const from = position === null ? this.#position : Number(position);
      const count = Math.min(length, this.#session.parts.readBytesMax);
      const bytesRead = node.core.read(asBuffer(buffer), offset, count, from);
      if (position === null) this.#position += bytesRead;
      return { bytesRead, buffer };
    });
  }

  /** The rest of the file from where the last read ended. */
  async readFile(): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for (;;) {
      const { bytesRead, buffer } = await this.read(Buffer.allocUnsafe(READ_FILE_CHUNK_BYTES));
      if (bytesRead === 0) return Buffer.concat(chunks);
      chunks.push(buffer.subarray(0, bytesRead));
    }
  }

  /** Writes at `position` (`null`: where the last write ended); the count may be short. */
  write<Bytes extends Uint8Array>(
    buffer: Bytes,
    offset = 0,
    length: number = buffer.byteLength - offset,
    position: number | null = null,
  ): Promise<{ bytesWritten: number; buffer: Bytes }> {
    return this.#call("write", "write", () => {
      const { node, mode } = this.#writable();
      const from = mode.append ? node.core.getSize() : (position ?? this.#position);
      const bytes = buffer.subarray(offset, offset + length);
      const bytesWritten = this.#session.parts.calls.write(node, bytes, from);
      if (position === null) this.#position = from + bytesWritten;
      return { bytesWritten, buffer };
    });
  }

  /** Writes all of `content` from where the last write ended. */
  async writeFile(content: string | Uint8Array): Promise<void> {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    for (let at = 0; at < bytes.byteLength;) {
      at += (await this.write(bytes, at)).bytesWritten;
    }
  }

  /** Cuts the file or fills it up with zeros. */
  truncate(sizeBytes = 0): Promise<void> {
    return this.#call("write", "ftruncate", () =>
      this.#session.parts.calls.truncate(this.#writable().node, sizeBytes),
    );
  }

  /** Makes content and names durable. Windows opens folders, and refuses this with EPERM. */
  sync(): Promise<void> {
    return this.#call("sync", "fsync", () => this.#sync());
  }

  /** As `sync`. */
  datasync(): Promise<void> {
    return this.#call("sync", "fdatasync", () => this.#sync());
  }

  /** Sets the time of modification; the time of access is not kept. */
  utimes(_accessedAt: DiskTime, modifiedAt: DiskTime): Promise<void> {
    const { calls, nowMs } = this.#session.parts;
    return this.#call("utimes", "futime", () =>
      calls.setModifiedAt(this.#file.node, nanosecondsOf(modifiedAt, nowMs())),
    );
  }

  /** Sets permission bits. */
  chmod(mode: number): Promise<void> {
    return this.#call("chmod", "fchmod", () =>
      this.#session.parts.calls.chmod(this.#file.node, mode),
    );
  }

  /** Gives the file up. Closing twice does nothing more. */
  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    this.#session.forget(this.fd);
    this.#session.closed(this.#file.node);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #call<Value>(operation: DiskOperation, syscall: string, run: () => Value): Promise<Value> {
    const call = { operation, syscall, path: this.#file.path, withoutPath: true };
    return this.#session.call(call, () => {
      if (!this.#open) throw new DiskRefusal("EBADF");
      return run();
    });
  }

  #sync(): void {
    const { node } = this.#file;
    const { tree, journal } = this.#session.parts;
    if (node.kind === "folder" && tree.style.kind === "windows") throw new DiskRefusal("EPERM");
    journal.synced(node);
  }

  #readable(): OpenedFile {
    const { node, mode } = this.#file;
    if (!mode.read) throw new DiskRefusal("EBADF");
    if (node.kind === "folder") throw new DiskRefusal("EISDIR");
    if (node.locked) throw new DiskRefusal("EBUSY");
    return this.#file;
  }

  #writable(): OpenedFile {
    const { node, mode } = this.#file;
    if (!mode.write) throw new DiskRefusal("EBADF");
    if (node.locked) throw new DiskRefusal("EBUSY");
    return this.#file;
  }
}

const READ_FILE_CHUNK_BYTES = 64 * 1024;

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
