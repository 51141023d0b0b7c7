/**
 * Recovery for missing permissions. Only Archivist's own folders are repaired; for others the error says what to
 * change.
 */
import { chmod, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ArchivistError } from "../../contract/errors.ts";
import { nearestExisting } from "../../platform/path-exists.ts";
import { type FailedJob, noRecovery, type Recovery, type RecoveryDeps, wasTried, withRemedy } from "./tools.ts";

const ownerMay = 0o700;

export const recoverPermission: Recovery = async (tools, failed) => {
  const { folder } = tools.services;
  const own = [folder.root, folder.recordings, folder.output, folder.repaired, folder.logs];
  const repaired = wasTried(failed, "permissions") ? 0 : await repair(own);
  if (repaired > 0) {
    return {
      action: "retry",
      recovery: "permission",
      message: `permissions of ${repaired} of Archivist's own folders were put right`,
      overrides: withRemedy(failed, "permissions", {}),
    };
  }
  return { ...noRecovery, error: await explained(tools, failed) };
};

/** Restores the owner's permissions. @returns Number of folders that were repaired */
async function repair(folders: readonly string[]): Promise<number> {
  let repaired = 0;
  for (const folder of folders) {
    const mode = (await stat(folder).catch(() => undefined))?.mode;
    if (mode === undefined) continue;
    const below = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const path of [
      folder,
      ...below.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name)),
    ]) {
      const now = (await stat(path).catch(() => undefined))?.mode;
      if (now === undefined || (now & ownerMay) === ownerMay) continue;
      const done = await chmod(path, (now & 0o777) | ownerMay).then(
        () => true,
        () => false,
      );
      if (done) repaired++;
    }
  }
  return repaired;
}

const octal = (mode: number): string => (mode & 0o777).toString(8);

/** The error with a remedy that says exactly what to change. */
async function explained({ monitor }: RecoveryDeps, failed: FailedJob): Promise<ArchivistError> {
  const { error, job } = failed;
  const share = monitor.shares.find(({ label }) => label === job.share);
  const isReadOnly = share !== undefined && !(await monitor.check(share)).isWritable;
  const remedy =
    isReadOnly && error.code === "folder.not-writable"
      ? `The share ${share.label} cannot be written to: mount it with write access, then retry the job.`
      : await whatToChange(failed);
  if (remedy === undefined) return error;
  return new ArchivistError(error.code, {
    cause: error.reason,
    remedy,
    underlying: error,
    ...(error.subject === undefined ? {} : { subject: error.subject }),
  });
}

async function whatToChange({ error, payload, overrides }: FailedJob): Promise<string | undefined> {
  const isReading = error.code === "file.unreadable";
  const wanted = isReading ? (overrides.path ?? payload.path) : (payload.out ?? payload.place ?? dirname(payload.path));
  const path = await nearestExisting(wanted);
  const info = await stat(path).catch(() => undefined);
  if (info === undefined || process.platform === "win32") return undefined;
  const right = isReading ? "r" : "rwx";
  const user = process.getuid?.();
  return (
    `${path} belongs to user ${info.uid} with mode ${octal(info.mode)}, and Archivist runs as user ${user}. ` +
    `Let its owner run: chmod u+${right},g+${right} '${path.replaceAll("'", "'\\''")}'. Then retry the job.`
  );
}
