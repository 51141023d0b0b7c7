import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isLeftAlone } from "../../../electron/shares/discovery/system-files.ts";
import { put, quickProbe } from "../../support/station/shares.ts";
import { temporaryFolder } from "../../support/temporary.ts";

const leftFolders = [
  // Synology
  ...["@eaDir", "#recycle", "#snapshot", "@tmp", "@SynoDrive", "@sharesnap"],
  // QNAP
  ...["@Recycle", "@Recently-Snapshot", ".@__thumb", "@__thumb", ".@qsys"],
  // Windows
  ...["$RECYCLE.BIN", "$Recycle.Bin", "RECYCLER", "RECYCLED", "System Volume Information", "FOUND.000", "FOUND.017"],
  ...["~snapshot", "@GMT-2026.03.02-12.00.00", "DfsrPrivate"],
  // macOS
  ...[".Trashes", ".Spotlight-V100", ".fseventsd", "Network Trash Folder", "Temporary Items", ".TemporaryItems"],
  ...[".AppleDouble", ".DocumentRevisions-V100", ".com.apple.timemachine.donotpresent"],
  // NetApp, TrueNAS, Linux
  ...[".snapshot", "~snapsht", ".zfs", ".recycle", "lost+found", ".Trash-1000", ".snapshots", ".Recycle.Bin"],
];
const takenFolders = ["2026", "Recycling Committee", "@home", "#1 council", "Snapshots of the city", "found", "Trash"];

describe("folders that are left alone", () => {
  test.each(leftFolders)("%s, at any depth and in any case", (name) => {
    for (const written of [name, name.toLowerCase(), name.toUpperCase()]) {
      expect(isLeftAlone(`${written}/council.mp4`)).toBe(true);
      expect(isLeftAlone(`Oakdale/2026/${written}/deep/council.mp4`)).toBe(true);
    }
  });

  test.each(takenFolders)("but not %s", (name) => expect(isLeftAlone(`${name}/council.mp4`)).toBe(false));

  test("are not entered when a share is listed", async () => {
    const share = temporaryFolder();
    for (const name of [...leftFolders, ...takenFolders]) {
      put(share, join(name, "council.mp4"));
      put(share, join("Oakdale", name, "deep", "council.mp4"));
    }
    const paths: string[] = [];
    const { unreadable } = await quickProbe().list(share, ({ path }) => paths.push(path));
    expect(unreadable).toEqual([]);
    expect(paths.toSorted()).toEqual(
      takenFolders.flatMap((name) => [`${name}/council.mp4`, `Oakdale/${name}/deep/council.mp4`]).toSorted(),
    );
  });

  test("the share itself may lie in one: somebody has chosen it", async () => {
    const share = join(temporaryFolder(), ".zfs", "snapshot");
    put(share, "council.mp4");
    const paths: string[] = [];
    await quickProbe().list(share, ({ path }) => paths.push(path));
    expect(paths).toEqual(["council.mp4"]);
  });
});

describe("files that are left alone", () => {
  test.each([
    ...["._council.mp4", "council.mp4.part", "council.mp4.crdownload", "~$council.mp4", "council.tmp", "council.TMP"],
    ...["council.mp4.partial", "council.mp4.filepart", "~syncthing~council.mp4.tmp", "council.mp4.sb-1a2b3c4d-Xy12Ab"],
    ...[".council.mp4.archivist-part", "Thumbs.db"],
  ])("%s", (name) => expect(isLeftAlone(`Oakdale/${name}`)).toBe(true));

  test.each(["council.mp4", "part.mp4", "council.part1.mp4", "~council.mp4", "tmp.mp4", "council_$5.mp4"])(
    "but not %s",
    (name) => expect(isLeftAlone(`Oakdale/${name}`)).toBe(false),
  );
});
