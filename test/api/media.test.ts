/** Video for players: ranges, and everything that must not be had by them. */
import { linkSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseRange } from "../../electron/api/http/range.ts";
import { upsertRecording } from "../../electron/catalog/repositories/recordings.ts";
import { testHost } from "../support/station/host.ts";
import { temporaryFolder } from "../support/temporary.ts";

describe("a range", () => {
  test.each<[string | undefined, ReturnType<typeof parseRange>]>([
    [undefined, "whole"],
    ["bytes=0-", { start: 0, end: 99 }],
    ["bytes=10-19", { start: 10, end: 19 }],
    ["bytes=90-200", { start: 90, end: 99 }],
    ["bytes=-10", { start: 90, end: 99 }],
    ["bytes=-1000", { start: 0, end: 99 }],
    ["bytes=100-", "none"],
    ["bytes=999999999999999-", "none"],
    ["bytes=-0", "none"],
    ["bytes=20-10", "whole"],
    ["bytes=0-1,5-6", "whole"],
    ["bytes=-", "whole"],
    ["bytes=a-b", "whole"],
    ["bytes=99999999999999999999-", "whole"],
    ["lines=1-2", "whole"],
    ["", "whole"],
  ])("%s", (header, expected) => {
    expect(parseRange(header, 100)).toEqual(expected);
  });

  test("of an empty file there is none", () => {
    expect(parseRange("bytes=0-", 0)).toBe("none");
    expect(parseRange("bytes=-5", 0)).toBe("none");
  });
});

async function place() {
  const host = await testHost();
  const folder = temporaryFolder();
  const path = join(folder, "it's a 🎬 meeting.mp4");
  const bytes = Buffer.from(Array.from({ length: 1_000 }, (_, index) => index % 256));
  writeFileSync(path, bytes);
  const film = { container: "mov,mp4", audio: { codec: "aac" }, video: { codec: "h264", width: 320, height: 180 } };
  const remember = (filePath: string, fingerprint: string, media: unknown = film) =>
    upsertRecording(host.catalog, {
      fingerprint,
      filename: "x.mp4",
      filePath,
      fileSize: 1_000,
      modifiedMs: 1,
      container: "mp4",
      durationMs: 1,
      media,
    }).id;
  return { ...host, folder, path, bytes, remember, id: remember(path, "f1") };
}

describe("a recording", () => {
  test("is sent whole, in parts, or only announced", async () => {
    const { call, id, bytes } = await place();
    const whole = await call(`/media/${id}`);
    expect([whole.status, whole.headers.get("content-type"), whole.headers.get("accept-ranges")]).toEqual([
      200,
      "video/mp4",
      "bytes",
    ]);
    expect(Buffer.from(await whole.arrayBuffer())).toEqual(bytes);
    const part = await call(`/media/${id}`, { headers: { range: "bytes=100-199" } });
    expect([part.status, part.headers.get("content-range")]).toEqual([206, "bytes 100-199/1000"]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(100, 200));
    const beyond = await call(`/media/${id}`, { headers: { range: "bytes=5000-" } });
    expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, "bytes */1000"]);
    const head = await call(`/media/${id}`, { method: "HEAD" });
    expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, "1000", ""]);
  });

  test("for several players at once, each with its own part", async () => {
    const { call, id, bytes } = await place();
    const parts = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const range = { range: `bytes=${index * 20}-${index * 20 + 19}` };
        return Buffer.from(await (await call(`/media/${id}`, { headers: range })).arrayBuffer());
      }),
    );
    expect(Buffer.concat(parts)).toEqual(bytes);
  });

  test("is for those who have signed in", async () => {
    const { call, id } = await place();
    expect((await call(`/media/${id}`, { token: "" })).status).toBe(401);
    expect((await call(`/media/${id}`, { token: "x".repeat(43) })).status).toBe(401);
  });

  /** A path as it is, without what `fetch` mends. */
  const raw = (address: string, token: string, path: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const [hostname, port] = address.split(":");
      const headers = { host: address, authorization: `Bearer ${token}` };
      request({ hostname, port, path, headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on("error", reject)
        .end();
    });

  test.each([
    "/media/../../etc/passwd",
    "/media/..%2f..%2f..%2fetc%2fpasswd",
    "/media/%2e%2e%2f%2e%2e%2fetc/passwd",
    "/media/%2Fetc%2Fpasswd",
    "/media/..%5c..%5cwindows%5cwin.ini",
    "/media/file:%2f%2f%2fetc%2fpasswd",
    "/media/x%00.mp4",
    "/media/%00",
    "/media/",
    "/media/%",
    `/media/${"a".repeat(5_000)}`,
  ])("a path instead of an id gets nothing: %s", async (path) => {
    const { address, token } = await place();
    expect([400, 401, 404, 414, 421]).toContain(await raw(address, token, path));
  });

  test("that was replaced by a link leads nowhere, and one that is no recording is none", async () => {
    const { call, folder, path, id, remember } = await place();
    const secret = join(temporaryFolder(), "secret.mp4");
    writeFileSync(secret, "secret");
    rmSync(path);
    symlinkSync(secret, path);
    expect((await call(`/media/${id}`)).status).toBe(404);
    rmSync(path);
    expect((await call(`/media/${id}`)).status).toBe(404);
    for (const name of ["settings.json", "catalog.db", "id_rsa", "page.html"]) {
      writeFileSync(join(folder, name), "x");
      // What was never found to be a recording has no type, and is not sent.
      expect((await call(`/media/${remember(join(folder, name), name, {})}`)).status).toBe(404);
    }
    // A second name of the same file is the file itself, and a folder is no file.
    linkSync(secret, join(folder, "linked.mp4"));
    expect((await call(`/media/${remember(join(folder, "linked.mp4"), "l")}`)).status).toBe(200);
    renameSync(join(folder, "linked.mp4"), join(folder, "moved.mp4"));
    expect((await call(`/media/${remember(folder, "d")}`)).status).toBe(404);
  });
});
