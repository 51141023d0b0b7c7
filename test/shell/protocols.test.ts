/** What pages can have by `app:` and `media:`, and what nobody can. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, symlinkSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openCatalog } from "../../electron/catalog/open.ts";
import { listLibrary } from "../../electron/catalog/repositories/library.ts";
import { describeDataFolder } from "../../electron/config/data-folder.ts";
import { builtPages } from "../support/browser/workstation.ts";
import { startProgram } from "../support/electron/program.ts";
import { meetingAt } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

const secret = "correct horse";

/** A program that somebody has signed in to; what it answers is asked for as a page does. */
async function signedIn(program: Awaited<ReturnType<typeof startProgram>>): Promise<void> {
  await program.isReady();
  const ticket = /sign-in\/(.+)$/.exec(program.happened.windows[0]?.webContents.loaded.at(-1) ?? "")?.[1] ?? "";
  const answer = await program.ask("app://archivist/api/session/redeem", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ticket, name: "Anna", password: secret }),
  });
  expect(answer.status).toBe(200);
  // The page is not told what it is known by.
  expect([...answer.headers.keys()]).not.toContain("set-cookie");
}

/** A recording that has been captioned, in a data folder. */
async function withRecording() {
  const { execFileSync } = await import("node:child_process");
  const dataFolder = temporaryFolder();
  const path = meetingAt(join(temporaryFolder(), "it's a council 🎬.mp4"), 6);
  const { projectRoot } = await import("../support/paths.ts");
  const cli = join(projectRoot, "electron/headless/archivist.mjs");
  execFileSync(process.execPath, [cli, "transcribe", path, "--model", "archivist-demo-en", "--data-dir", dataFolder], {
    stdio: "ignore",
  });
  const catalog = openCatalog(describeDataFolder(dataFolder).catalogFile, temporaryFolder());
  const all = { sort: "completed", descending: true, limit: 1, offset: 0 } as const;
  const recordingId = listLibrary(catalog, all).rows[0]?.recordingId ?? "";
  catalog.close();
  return { dataFolder, path, recordingId };
}

test("pages are those that were built, byte for byte, with the type that they have", async () => {
  const { ask, isReady } = await startProgram();
  const names = readdirSync(builtPages, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  for (const { parentPath, name } of names) {
    const path = join(parentPath, name);
    const answer = await ask(`app://archivist/${path.slice(builtPages.length + 1)}`);
    expect([path, answer.status]).toEqual([path, 200]);
    const hash = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
    expect(hash(new Uint8Array(await answer.arrayBuffer()))).toBe(hash(readFileSync(path)));
  }
  expect((await ask("app://archivist/")).headers.get("content-type")).toBe("text/html; charset=utf-8");
  await isReady();
});

const noPages = [
  "app://archivist/../package.json",
  "app://archivist/%2e%2e/package.json",
  "app://archivist/..%2fpackage.json",
  "app://archivist/..%2f..%2f..%2f..%2fetc%2fpasswd",
  "app://archivist/assets/..%5c..%5cpackage.json",
  "app://archivist/%00index.html",
  "app://archivist/index.html%00.js",
  "app://archivist/%",
  "app://archivist/assets",
  "app://archivist//etc/passwd",
  "app://archivist/etc/passwd",
  "app://evil/index.html",
  "app://archivist:80/index.html",
  "app://archivist/api/queue",
  "app://archivist/api/openapi.json",
  "app://archivist/media/1",
  "app://archivist/api/session/../queue",
];

test("an address that leads out of the folder of the pages, or into the station, is no page", async () => {
  const { ask, isReady } = await startProgram();
  await isReady();
  for (const url of noPages) {
    const answer = await ask(url);
    expect(answer.status, url).toBeGreaterThanOrEqual(400);
    expect(await answer.text(), url).not.toMatch(/root:|"name": "archivist"/);
  }
});

test("pages are read, not written", async () => {
  const { ask, isReady } = await startProgram();
  await isReady();
  for (const method of ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"]) {
    expect((await ask("app://archivist/index.html", { method })).status).toBe(405);
    expect((await ask("media://station/media/1", { method })).status).toBe(405);
  }
});

describe("a recording", () => {
  test("is played in parts, by who has signed in; its file is closed when nobody wants more", async () => {
    const { dataFolder, path, recordingId } = await withRecording();
    const program = await startProgram({ dataFolder });
    await program.isReady();
    const url = `media://station/media/${recordingId}`;
    const whole = readFileSync(path);
    expect((await program.ask(url)).status).toBe(401);
    await signedIn(program);
    const get = async (range?: string) => {
      const answer = await program.ask(url, range === undefined ? {} : { headers: { range } });
      const body = Buffer.from(await answer.arrayBuffer());
      return {
        status: answer.status,
        range: answer.headers.get("content-range"),
        length: answer.headers.get("content-length"),
        body,
      };
    };
    const size = whole.length;
    expect(await get()).toMatchObject({ status: 200, length: String(size) });
    expect((await get()).body.equals(whole)).toBe(true);
    for (const [range, start, end] of [
      ["bytes=0-", 0, size - 1],
      ["bytes=0-0", 0, 0],
      ["bytes=100-199", 100, 199],
      [`bytes=${size - 1}-`, size - 1, size - 1],
      ["bytes=-500", size - 500, size - 1],
      [`bytes=5-${size * 2}`, 5, size - 1],
    ] as const) {
      const answer = await get(range);
      expect([range, answer.status, answer.range]).toEqual([range, 206, `bytes ${start}-${end}/${size}`]);
      expect(answer.body.equals(whole.subarray(start, end + 1))).toBe(true);
    }
    for (const range of [`bytes=${size}-`, `bytes=${size + 5}-${size + 9}`]) {
      expect([range, (await get(range)).status]).toEqual([range, 416]);
    }
    const head = await program.ask(url, { method: "HEAD" });
    expect([head.status, head.headers.get("accept-ranges"), (await head.arrayBuffer()).byteLength]).toEqual([
      200,
      "bytes",
      0,
    ]);
    // Players ask for everything and go away: twenty times, and two at once.
    const station = program.happened.utilities[0]?.pid;
    const openFiles = (): number =>
      readdirSync(`/proc/${station}/fd`).filter((fd) => {
        try {
          return (
            readFileSync(`/proc/${station}/fdinfo/${fd}`) &&
            statSync(`/proc/${station}/fd/${fd}`).ino === statSync(path).ino
          );
        } catch {
          return false;
        }
      }).length;
    for (let round = 0; round < 20; round++) {
      const controller = new AbortController();
      const [one, two] = await Promise.all([
        program.ask(url, { headers: { range: "bytes=0-" }, signal: controller.signal }),
        program.ask(url, { headers: { range: "bytes=10-" } }),
      ]);
      const reader = one?.body?.getReader();
      await reader?.read();
      if (round % 2 === 0) controller.abort();
      await reader?.cancel().catch(() => undefined);
      await two?.body?.cancel();
    }
    await expect.poll(openFiles).toBe(0);
  });

  test("that leads elsewhere by a link is not sent, and neither is anything by another name", async () => {
    const { dataFolder, path, recordingId } = await withRecording();
    const program = await startProgram({ dataFolder });
    await signedIn(program);
    unlinkSync(path);
    symlinkSync("/etc/passwd", path);
    onTestFinished(() => unlinkSync(path));
    for (const url of [
      `media://station/media/${recordingId}`,
      `media://other/media/${recordingId}`,
      `media://station/${recordingId}`,
      `media://station/media/${recordingId}/..`,
      "media://station/media/..%2f..%2fetc%2fpasswd",
      "media://station/media/%2fetc%2fpasswd",
      "media://station/etc/passwd",
      "media://station/api/session",
      "media:///etc/passwd",
      `media://station/media/${"x".repeat(5_000)}`,
    ]) {
      const answer = await program.ask(url);
      expect([url, answer.status]).toEqual([url, 404]);
      expect(await answer.text()).not.toContain("root:");
    }
  });

  test("is away with the station, and comes back with it", async () => {
    const { dataFolder, recordingId } = await withRecording();
    const program = await startProgram({ dataFolder });
    await signedIn(program);
    const url = `media://station/media/${recordingId}`;
    program.happened.utilities[0]?.kill();
    await expect.poll(async () => (await program.ask(url)).status).toBe(502);
    // Whoever was signed in still is.
    await expect.poll(async () => (await program.ask(url)).status).toBe(200);
  });
});

describe("who is signed in", () => {
  test("is kept by the keyring over a restart, and by nothing else", async () => {
    const dataFolder = temporaryFolder();
    const first = await startProgram({ dataFolder });
    await signedIn(first);
    const look = async (program: typeof first) =>
      ((await (await program.ask("app://archivist/api/session")).json()) as { person: { name: string } | null }).person;
    expect(await look(first)).toMatchObject({ name: "Anna" });
    const files = readdirSync(dataFolder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
    const kept = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name)).toString("latin1")).join("");
    expect(kept).not.toContain(secret);
    first.electron.module.app.quit();
    await expect.poll(() => first.happened.hasQuit).toBe(true);
    const second = await startProgram({ dataFolder });
    await second.isReady();
    expect(await look(second)).toMatchObject({ name: "Anna" });
    const answer = await second.ask("app://archivist/api/session", { method: "DELETE" });
    expect(answer.status).toBe(200);
    expect(await look(second)).toBeNull();
    second.electron.module.app.quit();
    await expect.poll(() => second.happened.hasQuit).toBe(true);
    // Starting it once more makes nobody an admin: there are people with passwords now.
    const third = await startProgram({ dataFolder });
    await third.isReady();
    expect(third.happened.windows[0]?.webContents.loaded.join(" ")).not.toContain("sign-in");
    expect(await look(third)).toBeNull();
  });

  test("is forgotten with the program where the desktop has no keyring, and no secret is kept then", async () => {
    const dataFolder = temporaryFolder();
    const first = await startProgram({ dataFolder, keyring: "basic_text" });
    await signedIn(first);
    expect(readdirSync(join(dataFolder, "desktop"))).not.toContain("signed-in.bin");
    expect(readdirSync(join(dataFolder, "desktop"))).not.toContain("secret-key.bin");
    const answer = await first.ask("app://archivist/api/session");
    expect(answer.status).toBe(200);
  });
});
