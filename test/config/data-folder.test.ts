import { chmodSync, existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { chooseDataFolder, defaultDataFolder, openDataFolder } from "../../electron/config/data-folder.ts";
import {
  findMount,
  findNetworkType,
  isNetworkType,
  parseMountinfo,
  parseMountOutput,
} from "../../electron/config/network-mount.ts";
import { canHang, mountReadOnly } from "../support/station/hanging-share.ts";
import { temporaryFolder } from "../support/temporary.ts";

/** Lines of real machines. */
const mountinfo = `22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
96 27 0:45 / /mnt/flex-1 rw,relatime shared:52 - nfs4 server1:/volume1/flex-1 rw,vers=4.2,rsize=32768
97 27 0:46 / /mnt/White\\040Bear\\040Lake rw,relatime shared:53 master:1 - cifs //server2/wbl rw,vers=3.1.1
98 27 0:47 / /home/editor/drive rw,nosuid,nodev,relatime shared:54 - fuse.sshfs editor@host:/ rw,user_id=1000
99 27 0:48 / /media/usb rw,relatime shared:55 - fuseblk /dev/sdb1 rw
`;

describe("mount tables", () => {
  const mounts = parseMountinfo(mountinfo);

  test.each([
    ["/home/editor/.local/share/Archivist", "ext4"],
    ["/mnt/flex-1/archivist", "nfs4"],
    ["/mnt/flex-10", "ext4"],
    ["/mnt/White Bear Lake/x", "cifs"],
    ["/home/editor/drive/data", "fuse.sshfs"],
    ["/media/usb/data", "fuseblk"],
  ])("%s lies on %s", (path, type) => {
    expect(findMount(path, mounts)?.type).toBe(type);
  });

  test("macOS's mount output is read", () => {
    const table = parseMountOutput(
      "/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)\n//editor@nas._smb._tcp.local/Flex 1 on /Volumes/Flex 1 (smbfs, nodev, nosuid)\n",
    );
    expect(table).toEqual([
      { point: "/", type: "apfs" },
      { point: "/Volumes/Flex 1", type: "smbfs" },
    ]);
  });

  test.each(["nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "9p", "ceph", "fuse.sshfs", "fuse.rclone"])(
    "%s is a network",
    (type) => {
      expect(isNetworkType(type)).toBe(true);
    },
  );
  test.each(["ext4", "xfs", "btrfs", "zfs", "apfs", "tmpfs", "overlay", "fuseblk", "ntfs3", "vfat"])(
    "%s is not",
    (type) => {
      expect(isNetworkType(type)).toBe(false);
    },
  );
});

describe("the data folder", () => {
  test("is chosen by option, then by environment, then by the platform", () => {
    expect(chooseDataFolder("/a", { ARCHIVIST_DATA_DIR: "/b" })).toBe("/a");
    expect(chooseDataFolder(undefined, { ARCHIVIST_DATA_DIR: "/b" })).toBe("/b");
    expect(chooseDataFolder(undefined, { ARCHIVIST_DATA_DIR: " " })).toBe(defaultDataFolder());
    expect(defaultDataFolder()).toMatch(/Archivist/);
  });

  test("is made with its places", () => {
    const root = join(temporaryFolder(), "new", "place with spaces");
    const folder = openDataFolder(root);
    expect(existsSync(folder.models)).toBe(true);
    expect(existsSync(folder.logs)).toBe(true);
  });

  test("is refused on a network mount, and nothing is made there", () => {
    const share = join(temporaryFolder(), "share");
    mkdirSync(share);
    const root = join(share, "Archivist");
    const mounts = [
      { point: "/", type: "ext4" },
      { point: share, type: "nfs4" },
    ];
    expect(() => openDataFolder(root, mounts)).toThrow(/lies on a network share \(nfs4\)/);
    expect(existsSync(root)).toBe(false);
  });

  test("a link to a network mount does not hide it", () => {
    const folder = temporaryFolder();
    const share = join(folder, "share");
    mkdirSync(share);
    symlinkSync(share, join(folder, "link"));
    expect(findNetworkType(join(folder, "link", "deep", "data"), [{ point: share, type: "cifs" }])).toBe("cifs");
  });

  test("a file in its place is an error with a remedy", () => {
    const path = join(temporaryFolder(), "file");
    writeFileSync(path, "");
    expect(() => openDataFolder(path)).toThrow(expect.objectContaining({ code: "folder.not-writable" }));
  });
});

test.runIf(canHang)("a disk that is read-only is called so, whether the folder is there or not", () => {
  const [behind, folder] = [temporaryFolder(), temporaryFolder()];
  onTestFinished(mountReadOnly(behind, folder));
  for (const root of [folder, join(folder, "new"), join(folder, "new", "deeper")]) {
    expect(() => openDataFolder(root)).toThrow(
      expect.objectContaining({
        code: "folder.not-writable",
        reason: "the disk is read-only",
        remedy: expect.stringMatching(/mounted for writing/),
      }),
    );
  }
});

test.skipIf(process.platform === "win32")("nobody else can enter the data folder, new or old", () => {
  const root = join(temporaryFolder(), "data");
  openDataFolder(root);
  expect(statSync(root).mode & 0o777).toBe(0o700);
  chmodSync(root, 0o775);
  openDataFolder(root);
  expect(statSync(root).mode & 0o777).toBe(0o700);
});
