/** Files that come over the network: in parts, after breaks and restarts, and never more than was said. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { connect } from "node:net";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { upsertRecording } from "../../electron/catalog/repositories/recordings.ts";
import { sweepUploads } from "../../electron/intake/uploads/sweep.ts";
import { Uploads } from "../../electron/intake/uploads/uploads.ts";
import { testHost } from "../support/station/host.ts";
import { canMakeDisks, smallDisk } from "../support/station/small-disk.ts";
import { testStation } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

const content = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 251));

async function place() {
  const host = await testHost();
  const begin = async (bytes = content.length, filename = "2026-03-02 it's 🎬.mp4") =>
    (await host.post("/api/uploads", { filename, bytes, modifiedMs: 5 })).json();
  const put = (id: string, offset: number, body: Buffer | string, token?: string) =>
    host.call(`/uploads/${id}?offset=${offset}`, {
      method: "PUT",
      body: new Uint8Array(Buffer.from(body)),
      headers: { "content-type": "application/octet-stream" },
      ...(token === undefined ? {} : { token }),
    });
  return { ...host, begin, put };
}

describe("an upload", () => {
  test("goes up in parts and lies whole in the data folder under its own name", async () => {
    const { begin, put, folder } = await place();
    const { id, received } = await begin();
    expect(received).toBe(0);
    expect(await (await put(id, 0, content.subarray(0, 100_000))).json()).toMatchObject({
      received: 100_000,
      path: null,
    });
    const last = await (await put(id, 100_000, content.subarray(100_000))).json();
    expect(last.path).toBe(join(folder.root, "uploads", id, "2026-03-02 it's 🎬.mp4"));
    expect(readFileSync(last.path)).toEqual(content);
    // The same file again is there already.
    expect(await begin()).toEqual(last);
  });

  test("begins and ends beside others that do the same", async () => {
    const uploads = new Uploads({ folder: join(temporaryFolder(), "uploads"), maxBytes: 1e9 });
    const begin = (number: number, owner = 1) =>
      uploads.begin({ filename: `council-${number}.mp4`, bytes: 1_000, modifiedMs: 5, owner });
    for (let round = 0; round < 5; round++) {
      const open: string[] = [];
      for (let number = 0; number < 40; number++) open.push((await begin(number)).id);
      const ends = open.map((id) => uploads.drop(id, 1));
      const begins = Array.from({ length: 40 }, (_, number) => begin(number, 2));
      const results = await Promise.allSettled([...ends, ...begins]);
      expect(results.filter(({ status }) => status === "rejected")).toEqual([]);
      await Promise.all((await Promise.all(begins)).map(({ id }) => uploads.drop(id, 2)));
    }
  });

  test("of the same file goes on where it broke off, and a part in the wrong place is refused", async () => {
    const { begin, put, address, token } = await place();
    const { id } = await begin();
    await put(id, 0, content.subarray(0, 50_000));
    // A line that breaks in the middle of a part.
    const [host, port] = address.split(":");
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), host, () => {
        const head = [
          `PUT /uploads/${id}?offset=50000 HTTP/1.1`,
          `Host: ${address}`,
          `Authorization: Bearer ${token}`,
          "Content-Type: application/octet-stream",
          "Content-Length: 250000",
        ];
        socket.write(`${head.join("\r\n")}\r\n\r\n`);
        socket.write(content.subarray(50_000, 80_000), () => setTimeout(() => socket.destroy(), 100));
      });
      socket.once("close", () => resolve());
      socket.on("error", () => undefined);
    });
    await expect.poll(async () => (await begin()).received).toBeGreaterThan(50_000);
    const { received } = await begin();
    const misplaced = await put(id, received + 1, content.subarray(received + 1));
    expect([misplaced.status, (await misplaced.json()).data.code]).toEqual([409, "upload.misplaced"]);
    const { path } = await (await put(id, received, content.subarray(received))).json();
    expect(createHash("sha256").update(readFileSync(path)).digest("hex")).toBe(
      createHash("sha256").update(content).digest("hex"),
    );
  });

  test("two parts at once for the same place: one of them counts", async () => {
    const { begin, put } = await place();
    const { id } = await begin();
    const both = await Promise.all([
      put(id, 0, content.subarray(0, 100_000)),
      put(id, 0, content.subarray(0, 100_000)),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect((await begin()).received).toBe(100_000);
  });

  test("cannot be larger than it was said to be, nor than recordings may be, nor empty", async () => {
    const { begin, put, post } = await place();
    const { id } = await begin(1_000, "small.mp4");
    const more = await put(id, 0, content.subarray(0, 2_000));
    expect((await more.json()).data.code).toBe("file.too-large");
    const huge = await post("/api/uploads", { filename: "huge.mp4", bytes: 11 * 1024 ** 3, modifiedMs: 1 });
    expect((await huge.json()).data).toMatchObject({ code: "file.too-large" });
    const empty = await post("/api/uploads", { filename: "empty.mp4", bytes: 0, modifiedMs: 1 });
    expect((await empty.json()).data).toMatchObject({ code: "file.empty" });
  });

  test("can be dropped; ids and names lead nowhere else", async () => {
    const { begin, call, put, folder } = await place();
    const { id } = await begin(5, "../../../../etc/cron.d/evil");
    const { path } = await (await put(id, 0, "hello")).json();
    expect(path.startsWith(join(folder.root, "uploads", id))).toBe(true);
    expect((await call(`/api/uploads/${id}`, { method: "DELETE" })).status).toBe(200);
    expect(existsSync(path)).toBe(false);
    for (const wrong of ["..", "%2e%2e", "x".repeat(32), "../".repeat(5)]) {
      expect([400, 404]).toContain((await put(wrong, 0, "x")).status);
    }
  });

  test("keeps its ending however long its name is, and its day", async () => {
    const { begin, put } = await place();
    const paths = await Promise.all(
      ["first", "second"].map(async (end) => {
        const { id } = await begin(5, `Oakdale ${"📼 ".repeat(200)}${end}.mp4`);
        return (await (await put(id, 0, "hello")).json()).path as string;
      }),
    );
    expect(new Set(paths).size).toBe(2);
    for (const path of paths) {
      expect(basename(path)).toMatch(/^Oakdale .*\.mp4$/u);
      expect(readFileSync(path, "utf8")).toBe("hello");
      expect(statSync(path).mtimeMs).toBe(5);
    }
  });

  test.each(["part", "upload.json", "Upload.JSON"])("called %s is not taken for a part of itself", async (filename) => {
    const { begin, put } = await place();
    const { id } = await begin(5, filename);
    const { path } = await (await put(id, 0, "hello")).json();
    expect(readFileSync(path, "utf8")).toBe("hello");
    expect(await begin(5, filename)).toMatchObject({ id, received: 5, path });
  });

  test("one byte too many takes nothing of what had arrived before", async () => {
    const { begin, put } = await place();
    const { id } = await begin(1_000, "small.mp4");
    await put(id, 0, content.subarray(0, 600));
    expect((await put(id, 600, content.subarray(600, 1_001))).status).toBe(422);
    expect(await begin(1_000, "small.mp4")).toMatchObject({ id, received: 600 });
    const { path } = await (await put(id, 600, content.subarray(600, 1_000))).json();
    expect(readFileSync(path)).toEqual(content.subarray(0, 1_000));
  });

  test("belongs to the person who began it", async () => {
    const { begin, put, call, post, somebody } = await place();
    const { id } = await begin();
    await put(id, 0, content.subarray(0, 1_000));
    const other = await somebody("Otto", "operator");
    for (const answer of [
      await put(id, 1_000, content.subarray(1_000), other),
      await call(`/api/uploads/${id}`, { token: other }),
      await call(`/api/uploads/${id}`, { method: "DELETE", token: other }),
    ]) {
      expect((await answer.json()).data.code).toBe("upload.unknown");
    }
    // The same file is an upload of their own.
    const facts = { filename: "2026-03-02 it's 🎬.mp4", bytes: content.length, modifiedMs: 5 };
    const own = await (await post("/api/uploads", facts, { token: other })).json();
    expect(own).toMatchObject({ received: 0 });
    expect(own.id).not.toBe(id);
    expect(await begin()).toMatchObject({ id, received: 1_000 });
  });

  test("a segment that drips holds neither the next one nor the end of the upload", async () => {
    const { begin, put, call, address, token } = await place();
    const { id } = await begin();
    const drip = (offset: number): Promise<void> =>
      new Promise((resolve) => {
        const [host, port] = address.split(":");
        const socket = connect(Number(port), host, () => {
          const head = [
            `PUT /uploads/${id}?offset=${offset} HTTP/1.1`,
            `Host: ${address}`,
            `Authorization: Bearer ${token}`,
            "Content-Type: application/octet-stream",
            "Content-Length: 250000",
          ];
          socket.write(`${head.join("\r\n")}\r\n\r\nxxxxx`);
        });
        socket.on("error", () => undefined);
        socket.once("data", () => socket.destroy());
        socket.once("close", () => resolve());
      });
    const dripped = drip(0);
    await expect.poll(async () => (await begin()).received).toBe(5);
    expect(await (await put(id, 5, content.subarray(5, 1_000))).json()).toMatchObject({ received: 1_000 });
    await dripped;
    const again = drip(1_000);
    await expect.poll(async () => (await begin()).received).toBe(1_005);
    expect((await call(`/api/uploads/${id}`, { method: "DELETE" })).status).toBe(200);
    await again;
    expect((await (await call(`/api/uploads/${id}`)).json()).data.code).toBe("upload.unknown");
  });

  test("not too many are open at once", async () => {
    const { begin, post } = await place();
    for (let index = 0; index < 50; index++) await begin(1_000, `${index}.mp4`);
    const more = await post("/api/uploads", { filename: "more.mp4", bytes: 10, modifiedMs: 1 });
    expect([more.status, (await more.json()).data.code]).toEqual([429, "upload.too-many"]);
    // One that is known goes on.
    expect(await begin(1_000, "7.mp4")).toMatchObject({ received: 0 });
  });

  test("is for those who may put recordings into the queue", async () => {
    const { begin, put, somebody } = await place();
    const { id } = await begin();
    expect((await put(id, 0, "x", "")).status).toBe(401);
    expect((await put(id, 0, "x", await somebody("Ute", "user"))).status).toBe(403);
  });
});

describe.runIf(canMakeDisks)("a disk without room", () => {
  test("is told before the first byte is sent", async () => {
    const disk = smallDisk(64);
    const folder = join(disk.folder, "uploads");
    mkdirSync(folder);
    const uploads = new Uploads({ folder, maxBytes: 10 * 1024 ** 3 });
    await expect(uploads.begin({ filename: "x.mp4", bytes: 1024 ** 3, modifiedMs: 1, owner: 1 })).rejects.toMatchObject(
      {
        code: "disk.full",
      },
    );
    expect(statSync(folder).isDirectory()).toBe(true);
  });
});

test.runIf(canMakeDisks)("room is set aside for what has not arrived yet", async () => {
  const disk = smallDisk(1024);
  const uploads = new Uploads({ folder: disk.folder, maxBytes: 10 * 1024 ** 3 });
  const begin = (name: string) => uploads.begin({ filename: name, bytes: 200 * 1024 ** 2, modifiedMs: 1, owner: 1 });
  const [first, second] = await Promise.allSettled([begin("a.mp4"), begin("b.mp4")]);
  expect([first.status, second.status]).toEqual(["fulfilled", "fulfilled"]);
  await expect(begin("c.mp4")).rejects.toMatchObject({ code: "disk.full" });
  await uploads.drop((await begin("a.mp4")).id, 1);
  await begin("c.mp4");
});

test("what nobody goes on with is cleared away, and what a meeting uses stays", async () => {
  const { services } = testStation();
  const folder = services.folder.uploads;
  const uploads = new Uploads({ folder, maxBytes: 1_000 });
  const { Readable } = await import("node:stream");
  const whole = async (filename: string) => {
    const { id } = await uploads.begin({ filename, bytes: 5, modifiedMs: 1, owner: 1 });
    return uploads.receive(id, 1, 0, Readable.from([Buffer.from("hello")]));
  };
  const [used, unused] = [await whole("used.mp4"), await whole("unused.mp4")];
  const half = await uploads.begin({ filename: "half.mp4", bytes: 5, modifiedMs: 1, owner: 1 });
  upsertRecording(services.catalog, {
    fingerprint: "f",
    filename: "used.mp4",
    filePath: used.path ?? "",
    fileSize: 5,
    modifiedMs: 1,
    container: "mp4",
    durationMs: 1,
    media: {},
  });
  const sweep = (days: number) =>
    sweepUploads({ ...services, clock: { ...services.clock, now: () => new Date(Date.now() + days * 86_400_000) } });
  expect(await sweep(6)).toBe(0);
  expect(await sweep(8)).toBe(2);
  expect([used, unused].map(({ path }) => existsSync(path ?? ""))).toEqual([true, false]);
  await expect(uploads.state(half.id, 1)).rejects.toMatchObject({ code: "upload.unknown" });
});

test("what has arrived is known after a restart", async () => {
  const folder = temporaryFolder();
  const { Readable } = await import("node:stream");
  const facts = { filename: "x.mp4", bytes: 10, modifiedMs: 1, owner: 1 };
  const first = new Uploads({ folder, maxBytes: 100 });
  const { id } = await first.begin(facts);
  await first.receive(id, 1, 0, Readable.from([Buffer.from("hello")]));
  const second = new Uploads({ folder, maxBytes: 100 });
  expect(await second.begin(facts)).toMatchObject({ id, received: 5 });
  expect(await second.receive(id, 1, 5, Readable.from([Buffer.from("world")]))).toMatchObject({ received: 10 });
});
