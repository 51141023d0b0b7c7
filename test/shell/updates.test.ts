/** Newer versions of the program, with the real updater: whose they are, when they are installed, and what goes wrong. */

import { EventEmitter } from "node:events";
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { feedSchema, readFeed } from "../../electron/shell/updates/feed.ts";
import { keepInstaller, previousInstaller } from "../../electron/shell/updates/installers.ts";
import type { ReleaseFacts } from "../../electron/shell/updates/release-facts.ts";
import { isSigned, publicKeyLine, signText } from "../../electron/shell/updates/signed-text.ts";
import { Updates, type UpdatesOptions } from "../../electron/shell/updates/updates.ts";
import { installedAppImage, traced } from "../support/electron/app-image.ts";
import { makeElectron } from "../support/electron/double.ts";
import { requireDouble } from "../support/electron/required.ts";
import { releaseServer, signer } from "../support/network/release-server.ts";
import { silentLogger } from "../support/station/silent-logger.ts";
import { temporaryFolder } from "../support/temporary.ts";

const own = signer();
const stranger = signer();

/** A program of version 1.2.3, installed as an AppImage that is a script, and a server with releases. */
async function installed(
  keys: readonly string[] = [own.line],
  more: Partial<UpdatesOptions> = {},
  kind: "AppImageUpdater" | "DebUpdater" = "AppImageUpdater",
) {
  const { folder, program } = installedAppImage();
  const electron = makeElectron();
  electron.module.app.setPath("userData", folder);
  requireDouble(electron);
  const server = await releaseServer();
  const { signedUpdater } = await import("../../electron/shell/updates/signed-updater.ts");
  const { default: updaters } = await import("electron-updater");
  const deeds: string[] = [];
  const notices: unknown[] = [];
  let inTheWay: string | undefined;
  const seen = { value: 0 };
  const updates = new Updates({
    updater: async () => signedUpdater({ url: server.url, keys: [...keys] }, silentLogger, seen, new updaters[kind]()),
    prepare: async () => {
      deeds.push("prepare");
      return inTheWay;
    },
    stop: async () => deeds.push("stop") > 0,
    start: () => void deeds.push("start"),
    onDownloaded: (_file, version) => void deeds.push(`keep ${version}`),
    onState: (notice) => void notices.push(notice),
    logger: silentLogger,
    ...more,
  });
  onTestFinished(() => updates.close());
  const { trace, release } = traced(folder, own.key);
  return {
    ...{ updates, server, seen, deeds, notices, electron, program, trace, release, folder },
    block: (reason: string | undefined) => {
      inTheWay = reason;
    },
  };
}

describe("a newer version", () => {
  test("is fetched, and installed when somebody says so: station first, then the program", async () => {
    const { updates, server, deeds, program, trace, release, electron } = await installed();
    server.publish(release("1.3.0"));
    expect(await updates.check()).toEqual({ kind: "fetching", version: "1.3.0" });
    await expect.poll(() => updates.notice).toEqual({ kind: "ready", version: "1.3.0" });
    // Fetched, and nothing else.
    expect(deeds).toEqual(["keep 1.3.0"]);
    expect(readFileSync(program, "utf8")).not.toContain("1.3.0");
    electron.happened.hasQuit = false;
    await updates.install();
    expect(deeds).toEqual(["keep 1.3.0", "prepare", "stop"]);
    await expect.poll(() => electron.happened.hasQuit).toBe(true);
    expect(readFileSync(program, "utf8")).toContain("1.3.0");
    await expect.poll(() => existsSync(trace) && readFileSync(trace, "utf8").trim()).toBe("1.3.0");
  });

  test.each([
    ["1.2.3", "the same"],
    ["1.2.2", "an older one, although it was signed"],
  ])("is none: %s, %s", async (version) => {
    const { updates, server, release } = await installed();
    server.publish(release(version));
    expect(await updates.check()).toEqual({ kind: "none" });
  });

  test("waits while something is in the way, and is installed when it is gone", async () => {
    const { updates, server, release, block, deeds, trace, electron } = await installed();
    server.publish(release("1.3.0"));
    await updates.check();
    await expect.poll(() => updates.notice.kind).toBe("ready");
    block("a job is running");
    await updates.install();
    expect(updates.notice).toEqual({ kind: "waiting", version: "1.3.0", reason: "a job is running" });
    updates.worked(1);
    expect(deeds.filter((deed) => deed === "prepare")).toHaveLength(1);
    block(undefined);
    updates.worked(0);
    await expect.poll(() => deeds).toContain("stop");
    await expect.poll(() => electron.happened.hasQuit).toBe(true);
    await expect.poll(() => existsSync(trace) && readFileSync(trace, "utf8").trim()).toBe("1.3.0");
  });

  test("is not installed any more once somebody has taken it back, even while the backup is made", async () => {
    const gate = Promise.withResolvers<undefined>();
    const deeds: string[] = [];
    const { updates, server, release } = await installed([own.line], {
      prepare: () => gate.promise,
      stop: async () => deeds.push("stop") > 0,
    });
    server.publish(release("1.3.0"));
    await updates.check();
    await expect.poll(() => updates.notice.kind).toBe("ready");
    const installing = updates.install();
    updates.postpone();
    gate.resolve(undefined);
    await installing;
    expect(deeds).toEqual([]);
    expect(updates.notice).toEqual({ kind: "ready", version: "1.3.0" });
  });

  test("that cannot be put in its place leaves the program as it was, with its station", async () => {
    const { updates, server, release, deeds, electron } = await installed();
    server.publish(release("1.3.0"));
    await updates.check();
    await expect.poll(() => updates.notice.kind).toBe("ready");
    vi.stubEnv("APPIMAGE", "/nowhere/at/all/Archivist.AppImage");
    await updates.install();
    expect(deeds.slice(-2)).toEqual(["stop", "start"]);
    expect(updates.notice).toMatchObject({ kind: "ready", problem: expect.stringMatching(/ENOENT/) });
    expect(electron.happened.hasQuit).toBe(false);
  });

  test("is put off by whoever stays because something has not been kept yet", async () => {
    const { updates, server, release, program } = await installed([own.line], { stop: async () => false });
    server.publish(release("1.3.0"));
    await updates.check();
    await expect.poll(() => updates.notice.kind).toBe("ready");
    await updates.install();
    expect(updates.notice).toEqual({ kind: "ready", version: "1.3.0" });
    expect(readFileSync(program, "utf8")).not.toContain("1.3.0");
  });

  /** Installers of macOS and Windows say later what went wrong, and some say nothing. */
  const late = async (say: (updater: EventEmitter) => void, timeoutMs?: number) => {
    const deeds: string[] = [];
    const updater = Object.assign(new EventEmitter(), {
      checkForUpdates: async () => ({ isUpdateAvailable: true, updateInfo: { version: "1.3.0" } }),
      downloadUpdate: async () => [],
      quitAndInstall: () => say(updater),
    });
    const updates = new Updates({
      updater: async () => updater as never,
      prepare: async () => undefined,
      stop: async () => deeds.push("stop") > 0,
      start: () => void deeds.push("start"),
      onDownloaded: () => undefined,
      onState: () => undefined,
      logger: silentLogger,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });
    await updates.check();
    await expect.poll(() => updates.notice.kind).toBe("ready");
    await updates.install();
    await expect.poll(() => deeds).toEqual(["stop", "start"]);
    return updates.notice;
  };

  test.each([
    [0, "is there when the program starts again"],
    [1, "leaves everything as it was where the system refuses it"],
  ])("as a Debian package (dpkg says %i) %s", async (code) => {
    const bin = temporaryFolder();
    const asked = join(bin, "asked");
    const scripts = {
      dpkg: `echo "dpkg $*" >> '${asked}'; exit ${code}`,
      "apt-get": `exit ${code}`,
      // Whoever is not root is asked for a password first.
      pkexec: 'shift; exec "$@"',
    };
    for (const [name, text] of Object.entries(scripts)) {
      writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
      chmodSync(join(bin, name), 0o755);
    }
    const { updates, server, release, deeds, electron } = await installed([own.line], {}, "DebUpdater");
    vi.stubEnv("PATH", `${bin}:${process.env.PATH}`);
    server.publish(release("1.3.0"), "deb");
    await updates.check();
    await expect.poll(() => updates.notice.kind).toBe("ready");
    await updates.install();
    expect(readFileSync(asked, "utf8")).toMatch(/^dpkg -i \/.*Archivist-1\.3\.0\.deb$/m);
    if (code === 0) {
      await expect.poll(() => electron.happened.hasQuit).toBe(true);
      expect(electron.happened.order).toContain("relaunch");
    } else {
      expect(deeds.slice(-2)).toEqual(["stop", "start"]);
      expect(updates.notice).toMatchObject({ kind: "ready", problem: expect.stringMatching(/./) });
      expect(electron.happened.hasQuit).toBe(false);
    }
  });

  test("whose installer fails later, or never begins, leaves a station, too", async () => {
    expect(await late((updater) => setImmediate(() => updater.emit("error", new Error("no signature"))))).toEqual({
      kind: "ready",
      version: "1.3.0",
      problem: "no signature",
    });
    expect(await late(() => undefined, 20)).toMatchObject({ problem: "the installer did not start" });
  });
});

describe("is left alone:", () => {
  const refused = { kind: "failed", reason: expect.stringMatching(/not signed by the makers/) };
  test("what a stranger has signed", async () => {
    const { updates, server, release } = await installed();
    server.publish(release("1.3.0", [stranger.key]));
    expect(await updates.check()).toEqual(refused);
    expect(server.asked.some((path) => path.endsWith(".AppImage"))).toBe(false);
  });

  test("what was changed after it was signed, by a single byte", async () => {
    const { updates, server, release } = await installed();
    server.publish(release("1.3.0"));
    const text = server.files.get(server.manifest) ?? "";
    server.files.set(server.manifest, text.replace("1.3.0", "1.3.1"));
    expect(await updates.check()).toEqual(refused);
  });

  test("what nobody has signed", async () => {
    const { updates, server, release } = await installed();
    server.publish(release("1.3.0", []));
    expect(await updates.check()).toEqual(refused);
    server.files.delete(`${server.manifest}.sig`);
    expect(await updates.check()).toMatchObject({ kind: "failed" });
  });

  test("an installer that is another than the signed manifest says", async () => {
    const { updates, server, release, deeds } = await installed();
    server.publish(release("1.3.0"));
    server.files.set("/archivist/Archivist-1.3.0.AppImage", "#!/bin/sh\nrm -rf /\n");
    await updates.check();
    await expect.poll(() => updates.notice).toMatchObject({ kind: "failed", reason: expect.stringMatching(/sha512/) });
    await updates.install();
    expect(deeds).toEqual([]);
  });

  test.each<[string, Partial<ReleaseFacts>, RegExp]>([
    ["the genuine list of another platform or channel", { file: "beta-linux.yml" }, /not for this program/],
    ["a genuine list that is older than one that was seen", { sequence: 6 }, /not the newest/],
    ["a genuine list whose time is over", { sequence: 8, expires: "2020-01-01T00:00:00.000Z" }, /out of date/],
  ])("%s", async (_, facts, words) => {
    const { updates, server, release, seen } = await installed();
    seen.value = 7;
    server.publish(release("1.3.0"), "AppImage", facts);
    expect(await updates.check()).toEqual({ kind: "failed", reason: expect.stringMatching(words) });
    expect(server.asked.some((path) => path.endsWith(".AppImage"))).toBe(false);
    expect(seen.value).toBe(7);
  });

  test("a signed list that says nothing of itself, as old ones do", async () => {
    const { updates, server, release } = await installed();
    server.publish(release("1.3.0"));
    const text = (server.files.get(server.manifest) ?? "").replace(/^archivist:[\s\S]*/m, "");
    server.files.set(server.manifest, text);
    server.files.set(`${server.manifest}.sig`, signText(text, own.key));
    expect(await updates.check()).toMatchObject({ kind: "failed" });
  });

  test("the highest number that was seen is remembered", async () => {
    const { updates, server, release, seen } = await installed();
    server.publish(release("1.2.3"), "AppImage", { sequence: 41 });
    expect(await updates.check()).toEqual({ kind: "none" });
    expect(seen.value).toBe(41);
    server.publish(release("1.3.0"), "AppImage", { sequence: 40 });
    expect(await updates.check()).toMatchObject({ kind: "failed" });
  });

  test("a server that is away, or says nothing of use; the next time, all is well", async () => {
    const { updates, server, release } = await installed();
    expect(await updates.check()).toMatchObject({ kind: "failed" });
    server.publish(release("1.3.0"));
    const text = server.files.get(server.manifest) ?? "";
    server.files.set(server.manifest, "<html>");
    expect(await updates.check()).toMatchObject({ kind: "failed" });
    server.files.set(server.manifest, text);
    expect(await updates.check()).toMatchObject({ kind: "fetching" });
    await expect.poll(() => updates.notice.kind).toBe("ready");
  });
});

test("while keys are changed, old and new programs take the same release", async () => {
  for (const keys of [[own.line], [stranger.line], [own.line, stranger.line]]) {
    const { updates, server, release } = await installed(keys);
    server.publish(release("1.3.0", [own.key, stranger.key]));
    expect(await updates.check()).toMatchObject({ kind: "fetching" });
    await expect.poll(() => updates.notice.kind).toBe("ready");
  }
});

test("a program that was built without a place for updates never asks anybody", async () => {
  const { updates, server } = await installed([own.line], { updater: undefined });
  updates.automatic(true);
  expect(await updates.check()).toEqual({ kind: "off" });
  await updates.install();
  expect(server.asked).toEqual([]);
  expect(readFeed(join(temporaryFolder(), "update.json"))).toBeUndefined();
});

test.each([
  ["http://updates.example.org", [own.line]],
  ["file:///etc", [own.line]],
  ["https://updates.example.org", []],
  ["https://updates.example.org", ["no key!"]],
])("a place for updates is none: %s, %j", (url, keys) => {
  expect(feedSchema.safeParse({ url, keys }).success).toBe(false);
});

test("texts and keys: only the right ones, whatever lies beside them", () => {
  const text = "version: 1.3.0\n";
  const signature = signText(text, own.key);
  expect(isSigned(text, `${signature}\n`, [own.line])).toBe(true);
  expect(isSigned(text, `\n nonsense \n${signature}`, [stranger.line, own.line])).toBe(true);
  for (const [given, keys] of [
    [signature, [stranger.line]],
    [signature, []],
    ["", [own.line]],
    [`${"x\n".repeat(9)}${signature}`, [own.line]],
  ] as const) {
    expect(isSigned(text, given, keys)).toBe(false);
  }
  expect(isSigned(`${text} `, signature, [own.line])).toBe(false);
  expect(() => publicKeyLine("no key")).toThrow();
});

test("the installer of the version before is kept, and no older one", () => {
  const folder = join(temporaryFolder(), "installers");
  const file = (version: string): string => {
    const path = join(temporaryFolder(), `Archivist-${version}.AppImage`);
    writeFileSync(path, version);
    return path;
  };
  expect(previousInstaller(folder, ["1.2.3"])).toBeUndefined();
  keepInstaller(folder, file("1.3.0"), "1.3.0", "1.2.3");
  expect(previousInstaller(folder, ["1.3.0"])).toBeUndefined();
  keepInstaller(folder, file("1.4.0"), "1.4.0", "1.3.0");
  expect(previousInstaller(folder, ["1.4.0"])).toMatchObject({ version: "1.3.0" });
  keepInstaller(folder, file("1.5.0"), "1.5.0", "1.4.0");
  expect(readdirSync(folder).toSorted()).toEqual(["1.4.0", "1.5.0"]);
});
