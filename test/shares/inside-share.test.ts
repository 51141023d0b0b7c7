import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { requireInsideShare } from "../../electron/shares/inside-share.ts";
import { temporaryFolder } from "../support/temporary.ts";

test.skipIf(process.platform === "win32")("files go to no folder that a link leads to out of its share", async () => {
  const parent = temporaryFolder();
  const [share, elsewhere, alias] = [join(parent, "share"), join(parent, "elsewhere"), join(parent, "alias")];
  mkdirSync(join(share, "council", "2026"), { recursive: true });
  mkdirSync(elsewhere);
  symlinkSync(elsewhere, join(share, "transcriptions"));
  symlinkSync(parent, join(share, "above"));
  symlinkSync(join(share, "council"), join(share, "inner"));
  symlinkSync(share, alias);
  const at = (path: string) =>
    [{ path, label: "A", role: "active", mountCommand: null, mustBeMounted: false }] as const;
  const refused = expect.objectContaining({ code: "folder.not-writable", message: expect.stringMatching(/link/) });
  for (const way of ["transcriptions", "transcriptions/2026/x", "above", "above/elsewhere/new"]) {
    await expect(requireInsideShare(at(share), join(share, way))).rejects.toEqual(refused);
  }
  // Links within the share, folders that are not there yet, a share that is mounted by a link, and no share at all.
  for (const way of ["council/2026/new/deeper", "inner/new", "."])
    await requireInsideShare(at(share), join(share, way));
  await requireInsideShare(at(alias), join(alias, "council", "new"));
  await requireInsideShare(at(share), elsewhere);
});
