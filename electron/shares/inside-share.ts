/** Whether writing to a folder on a share stays on the share: whoever can write there can lay links that lead elsewhere. */
import { realpath } from "node:fs/promises";
import { ArchivistError } from "../contract/errors.ts";
import type { ShareSettings } from "../contract/settings/shares.ts";
import { getErrno } from "../platform/file-errors.ts";
import { isWithin } from "../platform/inside-folder.ts";
import { nearestExisting } from "../platform/path-exists.ts";
import { findShareOfPath } from "./which-share.ts";

/** Some drives of Windows cannot say where they are: there are no links to follow on them. */
const resolve = (path: string): Promise<string> =>
  realpath(path).catch((thrown: unknown) => {
    if (getErrno(thrown) === "ENOENT") throw thrown;
    return path;
  });

/**
 * Refuses a folder that a link on its way leads out of its share; other folders are the station's own affair.
 * @param folder absolute; it need not exist yet
 * @throws ArchivistError `folder.not-writable`; errors of the system
 */
export async function requireInsideShare(shares: readonly ShareSettings[], folder: string): Promise<void> {
  const share = findShareOfPath(shares, folder)?.share;
  if (share === undefined) return;
  const [root, real] = await Promise.all([resolve(share.path), resolve(await nearestExisting(folder))]);
  // Of a share that is not there, its parent folder is what exists: writing says so.
  if (isWithin(root, real) || isWithin(real, root)) return;
  throw new ArchivistError("folder.not-writable", {
    subject: folder,
    cause: `a link on its way leads out of the share ${share.label}`,
    remedy: "Remove the link on the share, or set another folder for the files.",
  });
}
