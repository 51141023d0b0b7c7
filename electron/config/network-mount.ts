/**
 * Detects whether a folder is on a network file system. SQLite's write-ahead log needs shared memory of one machine and
 * "does not work over a network filesystem" (sqlite.org/wal.html), so the catalog must not be stored there.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, realpathSync } from "node:fs";
import { resolve, sep } from "node:path";
import { nearestExistingSync } from "../platform/path-exists.ts";

/** One mounted file system. */
export interface Mount {
  readonly point: string;
  readonly type: string;
}

/**
 * File-system types that kernels use for files on another machine. FUSE is matched by its subtype (`fuse.sshfs`),
 * because local disks use FUSE as well.
 */
const networkTypes =
  /^(nfs\d*|cifs|smb\d*|smbfs|afpfs|afs|webdav|davfs|ncpfs|ncp|coda|ceph|glusterfs|lustre|beegfs|gpfs|9p|fuse\.(sshfs|rclone|glusterfs|ceph|s3fs|gcsfuse|davfs2?|nfs|smbnetfs|curlftpfs|ltfs-server))$/i;

/** Parses `/proc/self/mountinfo` (proc_pid_mountinfo(5)); spaces and similar characters are octal escapes. */
export function parseMountinfo(text: string): readonly Mount[] {
  const mounts: Mount[] = [];
  for (const line of text.split("\n")) {
    const fields = line.split(" ");
    const separator = fields.indexOf("-", 6);
    const point = fields[4];
    const type = separator < 0 ? undefined : fields[separator + 1];
    if (point !== undefined && type !== undefined) mounts.push({ point: unescapeOctal(point), type });
  }
  return mounts;
}

function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

/** Parses the output of `mount` on macOS: `//user@server/share on /Volumes/share (smbfs, nodev, …)`. */
export function parseMountOutput(text: string): readonly Mount[] {
  const mounts: Mount[] = [];
  for (const line of text.split("\n")) {
    const match = /^.* on (\/.*) \(([^,)]+)[^)]*\)$/.exec(line);
    if (match?.[1] && match[2]) mounts.push({ point: match[1], type: match[2] });
  }
  return mounts;
}

/** The mount that holds `path`: the last one with the longest mount point above it. */
export function findMount(path: string, mounts: readonly Mount[]): Mount | undefined {
  let found: Mount | undefined;
  for (const mount of mounts) {
    const inside = mount.point === "/" || path === mount.point || path.startsWith(`${mount.point.replace(/\/$/, "")}/`);
    if (inside && mount.point.length >= (found?.point.length ?? 0)) found = mount;
  }
  return found;
}

/** True for a file-system type whose files are on another machine. */
export function isNetworkType(type: string): boolean {
  return networkTypes.test(type);
}

/** The path with links resolved in the part that exists. */
function realPathOfExistingPart(path: string): string {
  const existing = nearestExistingSync(resolve(path));
  const rest = resolve(path).slice(existing.length);
  return realpathSync.native(existing) + rest;
}

/** Reads the mount table of this machine; tests pass in their own. */
export function readMounts(): readonly Mount[] {
  try {
    if (process.platform === "linux") return parseMountinfo(readFileSync("/proc/self/mountinfo", "utf8"));
    if (process.platform === "darwin")
      return parseMountOutput(execFileSync("/sbin/mount", { encoding: "utf8", timeout: 5_000 }));
  } catch {
    // The mount table cannot be read (a locked-down container): assume that there are no network mounts.
  }
  return [];
}

/**
 * The network file-system type that `path` lies on, or undefined for a local disk. The path need not exist yet.
 * On Windows a mapped drive resolves to its UNC name, which begins with two backslashes.
 */
export function findNetworkType(path: string, mounts: readonly Mount[] = readMounts()): string | undefined {
  const real = realPathOfExistingPart(path);
  if (process.platform === "win32") return real.startsWith(sep + sep) ? "a Windows share" : undefined;
  const type = findMount(real, mounts)?.type;
  return type !== undefined && isNetworkType(type) ? type : undefined;
}
