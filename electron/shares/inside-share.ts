/** Whether writing to a folder on a share stays on the share: whoever can write there can lay links that lead elsewhere. */
import { ArchivistError } from "../contract/errors.ts";
import type { ShareSettings } from "../contract/settings/shares.ts";
import { isLinkedOutside } from "../platform/real-path.ts";
import { findShareOfPath } from "./which-share.ts";

/**
 * Refuses a folder that a link on its way leads out of its share; other folders are the station's own affair.
 * @param folder absolute; it need not exist yet
 * @throws ArchivistError `folder.not-writable`; errors of the system
 */
export async function requireInsideShare(shares: readonly ShareSettings[], folder: string): Promise<void> {
  const share = findShareOfPath(shares, folder)?.share;
  if (share === undefined || !(await isLinkedOutside(share.path, folder))) return;
  throw new ArchivistError("folder.not-writable", {
    subject: folder,
    cause: `a link on its way leads out of the share ${share.label}`,
    remedy: "Remove the link on the share, or set another folder for the files.",
  });
}
