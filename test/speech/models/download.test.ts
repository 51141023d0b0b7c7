import { createHash, randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { type DownloadRequest, discardPart, download } from "../../../electron/speech/models/download.ts";
import { type Behaviour, modelServer } from "../../support/network/model-server.ts";
import { temporaryFolder } from "../../support/temporary.ts";

const content = randomBytes(3_000_000);
const digest = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** A download that does not wait; the pauses that it would make are noted. */
function prepare(address: string, changes: Partial<DownloadRequest> = {}) {
  const partFile = join(temporaryFolder(), "ggml-model.bin.part");
  const pauses: number[] = [];
  const request: DownloadRequest = {
    address: `${address}/ggml-model.bin`,
    partFile,
    expectedBytes: content.length,
    toleranceBytes: 100_000,
    proxy: null,
    checkSpace: async () => undefined,
    sleep: async (ms) => {
      pauses.push(ms);
    },
    stallMs: 60_000,
    ...changes,
  };
  return { request, partFile, pauses };
}

describe("a download", () => {
  test("arrives whole, and tells how far it is", async () => {
    const server = await modelServer(content);
    const seen: number[] = [];
    const { request, partFile } = prepare(server.address, { onProgress: (received) => seen.push(received) });
    expect(await download(request)).toBe(false);
    expect(digest(readFileSync(partFile))).toBe(digest(content));
    expect(seen.at(-1)).toBe(content.length);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  test("that breaks off again and again goes on where it was, byte for byte", async () => {
    const server = await modelServer(content);
    server.behave({ breakAfter: 700_000 }, { breakAfter: 700_000 }, { breakAfter: 1 }, { breakAfter: 700_000 }, "well");
    const { request, partFile } = prepare(server.address);
    await download(request);
    expect(digest(readFileSync(partFile))).toBe(digest(content));
    const from = server.requests.map(({ range }) => Number(/\d+/.exec(range ?? "0")?.[0]));
    expect(from).toHaveLength(5);
    expect(from).toEqual(from.toSorted((a, b) => a - b));
    expect(from.at(-1)).toBeGreaterThan(1_000_000);
  });

  test("goes on after the program has ended", async () => {
    const server = await modelServer(content);
    const { request, partFile } = prepare(server.address);
    server.behave({ breakAfter: 900_000 }, { status: 403 });
    await expect(download(request)).rejects.toMatchObject({ code: "download.refused" });
    // What was on its way when the line broke has not arrived.
    const arrived = readFileSync(partFile).length;
    expect(arrived).toBeGreaterThan(0);
    server.behave("well");
    expect(await download(request)).toBe(true);
    expect(digest(readFileSync(partFile))).toBe(digest(content));
    expect(server.requests.at(-1)?.range).toBe(`bytes=${arrived}-`);
  });

  test("of a file that has changed meanwhile begins anew", async () => {
    const server = await modelServer(content);
    const { request, partFile } = prepare(server.address);
    server.behave({ breakAfter: 900_000 }, { status: 404 });
    await expect(download(request)).rejects.toMatchObject({ code: "download.refused" });
    const other = randomBytes(content.length);
    server.serve(other);
    server.behave("well");
    await download(request);
    expect(digest(readFileSync(partFile))).toBe(digest(other));
  });

  test.each<[string, Behaviour]>([
    ["ignores ranges", "ignores-ranges"],
    ["gives no validator", "without-validator"],
  ])("from a server that %s begins anew after a break", async (_name, behaviour) => {
    const server = await modelServer(content);
    const { request, partFile } = prepare(server.address);
    server.behave({ breakAfter: 900_000 }, behaviour);
    await download(request);
    expect(digest(readFileSync(partFile))).toBe(digest(content));
  });

  test("from a server that sends another part than was asked for is no file", async () => {
    const server = await modelServer(content);
    const { request, partFile } = prepare(server.address);
    server.behave({ breakAfter: 900_000 }, "wrong-range");
    await expect(download(request)).rejects.toMatchObject({
      code: "download.network",
      message: expect.stringContaining("another part"),
    });
    server.behave("well");
    await download(request);
    expect(digest(readFileSync(partFile))).toBe(digest(content));
  });

  test("from a server that hangs is given up and tried again", async () => {
    const server = await modelServer(content);
    server.behave({ hangAfter: 500_000 }, "well");
    const { request, partFile } = prepare(server.address, { stallMs: 200 });
    await download(request);
    expect(digest(readFileSync(partFile))).toBe(digest(content));
    server.behave({ hangAfter: 0 });
    const second = prepare(server.address, { stallMs: 60 });
    await expect(download(second.request)).rejects.toMatchObject({
      code: "download.network",
      message: expect.stringContaining("nothing came for 0.06 seconds"),
    });
    expect(second.pauses).toHaveLength(4);
  });

  test.each<[number, string, boolean]>([
    [401, "download.refused", false],
    [403, "download.refused", false],
    [404, "download.refused", false],
    [410, "download.refused", false],
    [408, "download.busy", true],
    [429, "download.busy", true],
    [500, "download.busy", true],
    [503, "download.busy", true],
  ])("that is answered with %d is %s", async (status, code, again) => {
    const server = await modelServer(content);
    server.behave({ status });
    const { request, pauses } = prepare(server.address);
    await expect(download(request)).rejects.toMatchObject({
      code,
      message: `the server answered with status ${status}`,
    });
    expect(server.requests).toHaveLength(again ? 5 : 1);
    // Longer each time.
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
  });

  test("waits as long as the server asks, and then has it", async () => {
    const server = await modelServer(content);
    server.behave(
      { status: 429, retryAfter: "7" },
      { status: 503, retryAfter: new Date(Date.now() + 9_000).toUTCString() },
      "well",
    );
    const { request, pauses } = prepare(server.address);
    await download(request);
    expect(pauses[0]).toBe(7_000);
    expect(pauses[1]).toBeGreaterThan(6_000);
    expect(pauses[1]).toBeLessThanOrEqual(9_000);
  });

  test.each<[string, Behaviour, string]>([
    ["is said to be longer than it is", { lieAboutSize: 50_000 }, "download.network"],
    ["is said to be far too long", { lieAboutSize: 5_000_000 }, "download.wrong-size"],
    ["is a page to sign in on", "captive-portal", "download.wrong-size"],
  ])("of something that %s is no file", async (_name, behaviour, code) => {
    const server = await modelServer(content);
    server.behave(behaviour);
    const { request } = prepare(server.address);
    await expect(download(request)).rejects.toMatchObject({ code });
  });

  test("asks for room before it begins, for what is missing only", async () => {
    const server = await modelServer(content);
    const asked: number[] = [];
    const { request } = prepare(server.address, {
      checkSpace: async (bytes) => {
        asked.push(bytes);
      },
    });
    server.behave({ breakAfter: 1_000_000 }, "well");
    await download(request);
    expect(asked[0]).toBe(content.length);
    expect(asked[1]).toBeLessThan(content.length);
  });

  test("is interrupted at once, and keeps what has come", async () => {
    const server = await modelServer(content);
    server.behave({ hangAfter: 800_000 });
    const controller = new AbortController();
    const { request, partFile } = prepare(server.address, {
      signal: controller.signal,
      stallMs: 60_000,
      onProgress: (received) => received >= 800_000 && controller.abort(),
    });
    await expect(download(request)).rejects.toMatchObject({ code: "interrupted" });
    expect(readFileSync(partFile).length).toBeGreaterThan(0);
    server.behave("well");
    await download({ ...request, signal: undefined });
    expect(digest(readFileSync(partFile))).toBe(digest(content));
  });

  test("follows to another server, and keeps its place there", async () => {
    const far = await modelServer(content);
    const near = await modelServer(Buffer.alloc(0));
    near.behave({ redirectTo: `${far.address}/storage/abc` });
    far.behave({ breakAfter: 1_000_000 }, "well");
    const { request, partFile } = prepare(near.address);
    await download(request);
    expect(digest(readFileSync(partFile))).toBe(digest(content));
    expect(far.requests[1]?.range).toMatch(/^bytes=[1-9]/);
  });

  test("does not go on from a part whose note is missing or broken", async () => {
    const server = await modelServer(content);
    const { request, partFile } = prepare(server.address);
    writeFileSync(partFile, Buffer.alloc(1_000_000, 1));
    writeFileSync(`${partFile}.json`, '{"address":');
    await download(request);
    expect(digest(readFileSync(partFile))).toBe(digest(content));
    expect(server.requests[0]?.range).toBeUndefined();
  });

  test("that is given up leaves nothing when it is discarded", async () => {
    const server = await modelServer(content);
    server.behave({ breakAfter: 500_000 }, { status: 403 });
    const { request, partFile } = prepare(server.address);
    await expect(download(request)).rejects.toThrow();
    expect(existsSync(partFile)).toBe(true);
    await discardPart(partFile);
    expect(readdirSync(join(partFile, ".."))).toEqual([]);
  });

  test("goes through the proxy that is set", async () => {
    const server = await modelServer(content);
    const asked: string[] = [];
    // A proxy of the simplest kind: plain requests by their whole address, others through a tunnel.
    const proxy = createServer(async (incoming, outgoing) => {
      asked.push(`${incoming.method} ${incoming.url} ${incoming.headers["proxy-authorization"] ?? ""}`);
      const answer = await fetch(incoming.url ?? "");
      outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
      outgoing.end(Buffer.from(await answer.arrayBuffer()));
    });
    proxy.on("connect", (incoming, socket) => {
      asked.push(`CONNECT ${incoming.url}`);
      const { hostname, port } = new URL(server.address);
      const there = connect(Number(port), hostname, () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        there.pipe(socket).pipe(there);
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      proxy.closeAllConnections();
      proxy.close();
    });
    const { port } = proxy.address() as AddressInfo;
    const { request, partFile } = prepare(server.address, { proxy: `http://me:pass%20word@127.0.0.1:${port}` });
    await download(request);
    expect(digest(readFileSync(partFile))).toBe(digest(content));
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain(server.address);
    expect(asked[0]).toContain(Buffer.from("me:pass word").toString("base64"));
  });
});
