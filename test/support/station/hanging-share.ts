/** A share that can be made to hang: a FUSE file system whose server is stopped (Linux, as root, with bindfs). */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface HangingShare extends AsyncDisposable {
  /** Where it is mounted. */
  readonly folder: string;
  /** The underlying folder; it never hangs. */
  readonly behind: string;
  hang(): void;
  goOn(): void;
}

/** Shows a folder in another place, where nobody can write. @returns takes it away */
export function mountReadOnly(behind: string, folder: string): () => void {
  execFileSync("bindfs", ["-o", "ro", behind, folder]);
  return () => void execFileSync("umount", ["-l", folder]);
}

/** Determined by a trial mount: a container may have the program and the device, but not the permission to mount. */
export const canHang = process.platform === "linux" && existsSync("/dev/fuse") && canMount();

function canMount(): boolean {
  const [from, to] = [mkdtempSync(join(tmpdir(), "archivist-fuse-")), mkdtempSync(join(tmpdir(), "archivist-fuse-"))];
  const done = spawnSync("bindfs", [from, to]).status === 0;
  if (done) spawnSync("umount", [to]);
  for (const folder of [from, to]) rmSync(folder, { recursive: true, force: true });
  return done;
}

const isMounted = (folder: string): boolean => readFileSync("/proc/self/mountinfo", "utf8").includes(` ${folder} `);

export async function hangingShare(parent: string): Promise<HangingShare> {
  const folder = join(parent, "mounted");
  const behind = join(parent, "behind");
  mkdirSync(folder);
  mkdirSync(behind);
  const server = spawn("bindfs", ["-f", behind, folder], { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => server.once("close", () => resolve()));
  while (!isMounted(folder)) {
    if (server.exitCode !== null) throw new Error("bindfs did not start");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    folder,
    behind,
    hang: () => void server.kill("SIGSTOP"),
    goOn: () => void server.kill("SIGCONT"),
    [Symbol.asyncDispose]: async () => {
      server.kill("SIGCONT");
      execFileSync("umount", ["-l", folder]);
      server.kill("SIGKILL");
      await ended;
    },
  };
}
