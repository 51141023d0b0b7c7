import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, statSync, symlinkSync, truncateSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fingerprint } from "../../electron/platform/fingerprint.ts";
import { type ListedFile, ShareProbe, shareProbeBinary } from "../../electron/shares/share-probe.ts";
import { countTurns, minTurns } from "../support/bench/event-loop.ts";
import { isAlive } from "../support/process/processes.ts";
import { canHang, hangingShare } from "../support/station/hanging-share.ts";
import { put, quickProbe } from "../support/station/shares.ts";
import { canMakeDisks, smallDisk } from "../support/station/small-disk.ts";
import { temporaryFolder } from "../support/temporary.ts";

async function listed(folder: string, probe = quickProbe()) {
  const files: ListedFile[] = [];
  const listing = await probe.list(folder, (file) => files.push(file));
  return { files: files.toSorted((a, b) => a.path.localeCompare(b.path)), ...listing };
}

describe("a look at a folder", () => {
  test("says that it answers, its room, and whether it can be written to", async () => {
    const report = await quickProbe().check(temporaryFolder(), true);
    expect(report).toMatchObject({ ok: true, mountPoint: false, readError: null, writing: "ok" });
    if (report === "hung" || !report.ok) throw new Error("it does not answer");
    expect(report.totalBytes).toBeGreaterThan(report.freeBytes ?? 0);
    expect(report.latencyMs).toBeGreaterThan(0);
  });

  test("leaves nothing behind", async () => {
    const folder = temporaryFolder();
    await quickProbe().check(folder, true);
    expect((await listed(folder)).files).toEqual([]);
  });

  test("leaves nothing behind either when it is killed at any moment", async () => {
    const folder = temporaryFolder();
    for (let round = 0; round < 300; round++) {
      const child = spawn(shareProbeBinary, ["--deadline", "5000", "check", "--write", folder], { stdio: "ignore" });
      const ended = once(child, "exit");
      setTimeout(() => child.kill("SIGKILL"), (round % 30) / 10);
      await ended;
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each<[string, (folder: string) => string, string]>([
    ["that is not there", (folder) => join(folder, "gone"), "ENOENT"],
    ["that is a file", (folder) => put(folder, "file"), "ENOTDIR"],
    ["below a file", (folder) => join(put(folder, "file"), "below"), "ENOTDIR"],
  ])("%s", async (_, make, error) => {
    expect(await quickProbe().check(make(temporaryFolder()), true)).toMatchObject({ ok: false, error });
  });

  test.runIf(canMakeDisks)("tells a mount point, and why it cannot be written to", async () => {
    await using disk = smallDisk(1);
    expect(await quickProbe().check(disk.folder, true)).toMatchObject({ ok: true, mountPoint: true, writing: "ok" });
    execFileSync("mount", ["-o", "remount,ro", disk.folder]);
    expect(await quickProbe().check(disk.folder, true)).toMatchObject({ ok: true, writing: "EROFS" });
    execFileSync("mount", ["-o", "remount,rw", disk.folder]);
    expect(() => writeFileSync(join(disk.folder, "all"), Buffer.alloc(2 * 1024 ** 2))).toThrow();
    expect(await quickProbe().check(disk.folder, true)).toMatchObject({ ok: true, freeBytes: 0, writing: "ENOSPC" });
  });
});

describe("a list of files", () => {
  test("has every file with size and time, whatever its name", async () => {
    const folder = temporaryFolder();
    const names = [
      "plain.mp4",
      "deep/er/still/x.mov",
      "q\"uo'te.mp4",
      "-dash.mp4",
      "línea\nbreak.mp4",
      "📼 emoji.mp4",
      "back\\slash.mp4",
    ];
    for (const name of names) put(folder, name, name);
    const { files, unreadable } = await listed(folder);
    expect(unreadable).toEqual([]);
    expect(files.map(({ path }) => path).toSorted()).toEqual(names.toSorted());
    for (const { path, size, modifiedMs } of files) {
      const { size: actual, mtimeMs } = statSync(join(folder, path));
      expect({ size, modifiedMs }).toEqual({ size: actual, modifiedMs: Math.round(mtimeMs) });
    }
  });

  test("names what it cannot name properly, and does not follow links out of the share or in circles", async () => {
    const folder = temporaryFolder();
    put(folder, "a/real.mp4");
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/bad-`), Buffer.from([0xff, 0xfe]), Buffer.from(".mp4")]), "x");
    symlinkSync("/etc", join(folder, "out"));
    symlinkSync("..", join(folder, "a", "circle"));
    symlinkSync("/etc/passwd", join(folder, "secret.mp4"));
    const { files, unreadable } = await listed(folder);
    expect(files.map(({ path }) => path)).toEqual(["a/real.mp4"]);
    expect(unreadable).toEqual([{ path: "bad-\uFFFD\uFFFD.mp4", error: "EILSEQ" }]);
  });

  test("of a folder that is not there says so instead of giving an empty list", async () => {
    const { files, unreadable } = await listed(join(temporaryFolder(), "gone"));
    expect({ files, unreadable }).toEqual({ files: [], unreadable: [{ path: ".", error: "ENOENT" }] });
  });

  test("that is cut short is an error, not a short list", async () => {
    const folder = temporaryFolder();
    for (let number = 0; number < 3_000; number++) put(folder, `file-${number}.mp4`, "");
    const pids: number[] = [];
    const probe = new ShareProbe({ deadlineMs: 5_000, onStart: (pid) => pid !== undefined && pids.push(pid) });
    const listing = probe.list(folder, () => {
      for (const pid of pids.splice(0)) process.kill(pid, "SIGKILL");
    });
    await expect(listing).rejects.toMatchObject({ code: "tool.failed" });
  });

  test("ends at once when it is told to", async () => {
    const controller = new AbortController();
    const folder = temporaryFolder();
    put(folder, "file.mp4");
    controller.abort();
    await expect(quickProbe().list(folder, () => undefined, controller.signal)).rejects.toMatchObject({
      code: "interrupted",
    });
  });
});

describe("a fingerprint", () => {
  test.each([1, 65_536, 65_537, 1_000_000, 20_000_000])(
    "of %i bytes is the one that reading the file gives",
    async (size) => {
      const bytes = Buffer.alloc(size);
      for (let at = 0; at < size; at += 997) bytes.writeUInt8(at % 251, at);
      const path = put(temporaryFolder(), "recording.mp4", bytes);
      expect(await quickProbe().fingerprint(path, size)).toEqual(await fingerprint(path));
    },
  );

  test.each<[string, (path: string) => void, string]>([
    ["is gone", (path) => unlinkSync(path), "file.missing"],
    ["has become shorter", (path) => truncateSync(path, 5), "file.changed"],
    ["has grown", (path) => truncateSync(path, 5_000), "file.changed"],
    [
      "is a folder now",
      (path) => {
        unlinkSync(path);
        mkdirSync(path);
      },
      "file.missing",
    ],
  ])("of a file that %s", async (_, change, code) => {
    const path = put(temporaryFolder(), "recording.mp4", Buffer.alloc(100));
    change(path);
    await expect(quickProbe().fingerprint(path, 100)).rejects.toMatchObject({ code });
  });
});

describe.runIf(canHang)("a share that hangs", () => {
  test("is told from one that answers within the deadline, freezes nothing, and is well again afterwards", async () => {
    await using share = await hangingShare(temporaryFolder());
    const file = put(share.folder, "meeting.mp4", Buffer.alloc(1_000));
    const pids: number[] = [];
    const probe = new ShareProbe({ deadlineMs: 2_000, onStart: (pid) => pid !== undefined && pids.push(pid) });
    expect(await probe.check(share.folder, true)).toMatchObject({ ok: true, mountPoint: true });
    share.hang();
    const turns = await countTurns(async () => {
      expect(await probe.check(share.folder, true)).toBe("hung");
      await expect(listed(share.folder, probe)).rejects.toMatchObject({ code: "share.hung" });
      await expect(probe.fingerprint(file, 1_000)).rejects.toMatchObject({ code: "share.hung" });
    });
    expect(turns).toBeGreaterThan(minTurns);
    share.goOn();
    expect(await probe.check(share.folder, true)).toMatchObject({ ok: true });
    await expect.poll(() => pids.filter(isAlive)).toEqual([]);
  });

  test("is hung as well when the program itself is stopped", async () => {
    // It stops itself before it has answered, however the machine is loaded.
    const binary = join(temporaryFolder(), "stopped");
    writeFileSync(binary, "#!/bin/sh\nkill -STOP $$\n", { mode: 0o755 });
    const probe = new ShareProbe({ deadlineMs: 300, binary });
    expect(await probe.check(temporaryFolder(), false)).toBe("hung");
  });
});
