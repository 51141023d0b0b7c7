/** What the client sends over the wire, and what it makes of what comes back. */
import { createServer, type ServerResponse } from "node:http";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { checkCablecast } from "../../electron/cablecast/check.ts";
import type { Emulator, SeenCall } from "../../electron/cablecast/emulator/emulator.ts";
import { createClient, testEmulator } from "../support/publishing/cablecast.ts";

const basic = `Basic ${Buffer.from("practice:practice").toString("base64")}`;
const seen = ({ calls }: Emulator): readonly string[] =>
  calls.map(({ method, url }) => `${method} ${decodeURIComponent(url)}`);
const lastBody = (emulator: Emulator): unknown => (emulator.calls.at(-1) as SeenCall).body;
const newShow = {
  title: "Oakdale City Council 2026-03-02",
  cgTitle: "Oakdale City Council",
  comments: "Imported",
  location: 1,
};

describe("on the wire", () => {
  test("no call goes through a proxy of the environment, which would see user and secret", async () => {
    const seenByProxy: string[] = [];
    const proxy = createServer((request, response) => {
      seenByProxy.push(request.url ?? "");
      response.writeHead(502).end();
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void proxy.close());
    const address = proxy.address();
    const port = typeof address === "object" ? address?.port : 0;
    for (const name of ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"]) {
      vi.stubEnv(name, `http://127.0.0.1:${port}`);
    }
    vi.stubEnv("NO_PROXY", "");
    vi.stubEnv("no_proxy", "");
    onTestFinished(() => void vi.unstubAllEnvs());
    const emulator = await testEmulator();
    await createClient(emulator).createShow(newShow);
    expect(seenByProxy).toEqual([]);
    expect(seen(emulator).length).toBeGreaterThan(0);
  });

  test("every call carries Basic, writes carry JSON under their root key, and paths are those of the fact sheet", async () => {
    const emulator = await testEmulator();
    const client = createClient(emulator);
    const show = await client.createShow(newShow);
    expect(lastBody(emulator)).toEqual({ show: { ...newShow, cgExempt: false, customFields: [] } });
    const media = await client.createMedia({
      location: 1,
      format: 3,
      mediaName: "Media",
      creationDate: "2026-03-02T18:00:00.000Z",
    });
    expect(lastBody(emulator)).toEqual({
      media: { location: 1, format: 3, mediaName: "Media", creationDate: "2026-03-02T18:00:00.000Z" },
    });
    await client.createReel({ media: media.id, show: show.id, length: 5_400, userFileName: "council.mp4" });
    expect(lastBody(emulator)).toEqual({
      reels: [{ reelNumber: 1, cue: 0, media: media.id, show: show.id, length: 5_400, userFileName: "council.mp4" }],
    });
    const vod = await client.createVod(show.id, 1);
    expect(lastBody(emulator)).toEqual({ vod: { show: show.id, vodConfiguration: 1 } });
    await client.createChapter({ vod: vod.id, title: "Public comment", body: "", offset: 754 });
    expect(lastBody(emulator)).toEqual({
      chapter: {
        vod: vod.id,
        title: "Public comment",
        body: "",
        operatorNote: "",
        offset: 754,
        quickAdded: false,
        order: null,
        deleted: false,
      },
    });
    await client.findShows(
      [{ field: "lastModified", operator: "greaterThan", searchValue: "2026-01-01T00:00:00" }],
      "lastModified",
    );
    expect(lastBody(emulator)).toEqual({
      savedShowSearch: {
        name: "",
        query: {
          groups: [
            {
              orAnd: "and",
              filters: [{ field: "lastModified", operator: "greaterThan", searchValue: "2026-01-01T00:00:00" }],
            },
          ],
          sortOptions: [{ field: "lastModified", descending: false }],
        },
      },
    });
    await client.shows([show.id, 9_999]);
    await client.unlinkedAssets();
    expect(seen(emulator)).toEqual([
      "POST /cablecastapi/v1/shows",
      "POST /cablecastapi/v1/media",
      "POST /cablecastapi/v1/reels/batch",
      "POST /cablecastapi/v1/vods",
      "POST /cablecastapi/v1/chapters",
      "POST /cablecastapi/v1/shows/search/advanced",
      `GET /cablecastapi/v1/shows?ids[]=${show.id}&ids[]=9999&page_size=2`,
      "GET /cablecastapi/v1/assets?offset=0&sort=last_modified&status_type[]=Unlinked&purpose_type=Playback",
    ]);
    for (const { headers, method } of emulator.calls) {
      expect(headers.authorization).toBe(basic);
      expect(headers.accept).toBe("application/json");
      if (method === "POST") expect(headers["content-type"]).toBe("application/json");
    }
  });

  test("a file goes up in segments, each a multipart form with its number", async () => {
    const emulator = await testEmulator();
    const client = createClient(emulator);
    const { id } = await client.createUpload({
      fileName: "council.scc",
      destinationStore: 11,
      totalSegments: 2,
      size: 6,
    });
    await client.sendSegment(id, 1, new Blob(["def"]), "council.scc", 2_000);
    expect(String(emulator.calls.at(-1)?.headers["content-type"])).toMatch(/^multipart\/form-data; boundary=/);
    expect(emulator.calls.at(-1)?.headers.authorization).toBe(basic);
    // A segment is still missing: the server says so.
    await expect(client.finishUpload(id)).rejects.toMatchObject({
      code: "cablecast.refused",
      message: expect.stringMatching(/segment is missing/),
    });
    await client.sendSegment(id, 0, new Blob(["abc"]), "council.scc", 2_000);
    await client.finishUpload(id);
    expect(lastBody(emulator)).toEqual({ fileUpload: { state: 2 } });
    const states: number[] = [];
    for (let look = 0; look < 4; look++) states.push((await client.upload(id)).state);
    expect(states).toEqual([3, 4, 5, 5]);
  });

  test("an update is read, changed and written whole: fields that nobody knows survive", async () => {
    const emulator = await testEmulator();
    const client = createClient(emulator);
    const { id } = await client.createShow(newShow);
    emulator.tables.change("shows", id, { fieldOfNextYear: { level: 9 }, custom1: "agenda" });
    await client.updateShow(id, (show) => ({ ...show, comments: "What was decided" }));
    expect(emulator.calls.slice(-2).map(({ method }) => method)).toEqual(["GET", "PUT"]);
    expect(lastBody(emulator)).toMatchObject({
      show: { id, comments: "What was decided", fieldOfNextYear: { level: 9 }, custom1: "agenda" },
    });
    expect(emulator.tables.get("shows", id)).toMatchObject({
      comments: "What was decided",
      fieldOfNextYear: { level: 9 },
    });
  });
});

describe("when something is wrong", () => {
  test("reading is repeated, creating is not", async () => {
    const emulator = await testEmulator();
    const client = createClient(emulator);
    emulator.faults.badGateways = 2;
    expect(await client.locations()).toMatchObject([{ id: 1 }]);
    emulator.faults.badGateways = 1;
    const before = emulator.tables.all("shows").length;
    await expect(client.createShow(newShow)).rejects.toMatchObject({ code: "cablecast.busy", retryable: true });
    expect(emulator.tables.all("shows")).toHaveLength(before);
  });

  test("a create whose answer is lost was done once, and the client says that it does not know", async () => {
    const emulator = await testEmulator();
    const before = emulator.tables.all("shows").length;
    emulator.faults.loseAnswers.push("POST /cablecastapi/v1/shows");
    await expect(createClient(emulator).createShow(newShow)).rejects.toMatchObject({ code: "cablecast.unreachable" });
    expect(emulator.tables.all("shows")).toHaveLength(before + 1);
  });

  test.each<[string, (emulator: Emulator) => void, string, RegExp]>([
    [
      "wrong credentials",
      ({ faults }) => {
        faults.rejectCredentials = true;
      },
      "cablecast.credentials",
      /401: Unauthorized/,
    ],
    [
      "wrong credentials, told by a page",
      ({ faults }) => Object.assign(faults, { rejectCredentials: true, htmlErrors: true }),
      "cablecast.credentials",
      /401: Error 401 Unauthorized|401: 401 Unauthorized/,
    ],
    [
      "a network that lets only reading through",
      ({ faults }) => {
        faults.refuseWrites = true;
      },
      "cablecast.forbidden",
      /403: This distribution supports only cachable requests/,
    ],
    [
      "a server that is too slow",
      ({ faults }) => {
        faults.slowMs = 400;
      },
      "cablecast.timeout",
      /in time/,
    ],
  ])("%s", async (_, fault, code, message) => {
    const emulator = await testEmulator();
    fault(emulator);
    const timeoutMs = code === "cablecast.timeout" ? 200 : 60_000;
    await expect(createClient(emulator, { timeoutMs }).createShow(newShow)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  test("what is no API at all is told from one", async () => {
    const server = createServer((_, response) => response.end("<html><body>Welcome</body></html>"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const client = createClient({ url: `http://127.0.0.1:${port}` });
    await expect(client.locations()).rejects.toMatchObject({
      code: "cablecast.answer",
      message: expect.stringMatching(/did not answer with JSON \(Welcome\)/),
    });
  });

  test("credentials never follow a redirect, and no error holds them", async () => {
    const seenElsewhere: unknown[] = [];
    const elsewhere = createServer((request, response) => {
      seenElsewhere.push(request.headers.authorization);
      response.end("{}");
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
    const { port } = elsewhere.address() as { port: number };
    const server = createServer((_, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${port}/` }).end(),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      server.close();
      elsewhere.close();
    });
    const { port: own } = server.address() as { port: number };
    const client = createClient(
      { url: `http://127.0.0.1:${own}` },
      { credentials: { user: "practice", secret: "hunter2secret" } },
    );
    const error = await client.locations().catch((thrown: unknown) => thrown);
    expect(seenElsewhere).toEqual([]);
    expect(error).toMatchObject({ remedy: `Set cablecast.url to http://127.0.0.1:${port}.` });
    const encoded = Buffer.from("practice:hunter2secret").toString("base64");
    const { inspect } = await import("node:util");
    const told = inspect(error, { depth: 10, showHidden: true });
    expect(told).not.toContain("hunter2secret");
    expect(told).not.toContain(encoded);
  });

  test.each<[string, (response: ServerResponse) => void, string]>([
    [
      "drips",
      (response) => {
        response.writeHead(200, { "content-type": "application/json" });
        const timer = setInterval(() => response.write(" "), 20);
        response.on("close", () => clearInterval(timer));
      },
      "cablecast.timeout",
    ],
    [
      "never ends",
      (response) => {
        response.writeHead(200, { "content-type": "application/json" });
        const more = (): void => {
          while (!response.destroyed && response.write(" ".repeat(1024 * 1024)));
        };
        response.on("drain", more);
        more();
      },
      "cablecast.answer",
    ],
  ])("an answer that %s", async (_, answer, code) => {
    const server = createServer((__, response) => answer(response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as { port: number };
    const timeoutMs = code === "cablecast.timeout" ? 300 : 60_000;
    const client = createClient({ url: `http://127.0.0.1:${port}` }, { timeoutMs, attempts: 1 });
    await expect(client.locations()).rejects.toMatchObject({ code });
  });

  test("a call that is interrupted ends at once", async () => {
    const emulator = await testEmulator();
    emulator.faults.slowMs = 1_500;
    const controller = new AbortController();
    const call = createClient(emulator).show(100, controller.signal);
    setTimeout(() => controller.abort(), 20);
    await expect(call).rejects.toMatchObject({ code: "interrupted" });
  });
});

describe("servers of any age", () => {
  test.each<[string, Partial<Emulator["faults"]>]>([
    ["older, without new fields", { oldServer: true }],
    ["newer, with fields that nobody knows", { newServer: true }],
    ["that pages by item", { offsetMode: "item" }],
    ["without sideloads", { noSideloads: true }],
    ["that answers a create with 201", { postStatus: 201 }],
  ])("%s", async (_, faults) => {
    const emulator = await testEmulator();
    Object.assign(emulator.faults, faults);
    const client = createClient(emulator);
    const { id } = await client.createShow(newShow);
    const { id: vod } = await client.createVod(id, 1);
    expect(await client.show(id)).toMatchObject({ title: newShow.title, vods: [vod] });
    expect(await client.vod(vod)).toMatchObject({ show: id, vodState: "waiting" });
  });

  test("a list that is longer than a page is asked for again, whole, and never paged", async () => {
    const emulator = await testEmulator();
    for (let number = 0; number < 2_100; number++)
      emulator.tables.add("chapters", { vod: 7, title: `Item ${number}`, offset: number });
    expect(await createClient(emulator).chapters(7)).toHaveLength(2_100);
    for (const { url } of emulator.calls) expect(url).not.toMatch(/[?&]offset=/);
  });
});

describe("the check", () => {
  test("goes through everything in order and changes nothing", async () => {
    const emulator = await testEmulator();
    const steps = await checkCablecast(createClient(emulator), 1, "practice");
    expect(steps.map(({ name, status }) => `${name} ${status}`)).toEqual([
      "Connection ok",
      "Credentials ok",
      "Version ok",
      "Location ok",
      "Reading shows ok",
      "Formats ok",
      "VOD configurations ok",
      "File stores ok",
      "Assets ok",
      "Writing warning",
    ]);
    expect(seen(emulator).every((call) => call.startsWith("GET "))).toBe(true);
  });

  test("says which location there is, and whose the credentials are", async () => {
    const emulator = await testEmulator();
    const steps = await checkCablecast(createClient(emulator), 9, "somebody else");
    expect(steps.find(({ name }) => name === "Location")).toMatchObject({
      status: "error",
      remedy: "Set cablecast.location to one of: 1 (Main).",
    });
    expect(steps.find(({ name }) => name === "Credentials")?.detail).toBe(
      "the server takes us for practice, not for somebody else",
    );
  });

  test("of a server that cannot be reached says that alone", async () => {
    const steps = await checkCablecast(createClient({ url: "http://127.0.0.1:9" }), 1, "practice");
    expect(steps).toMatchObject([
      { name: "Connection", status: "error", detail: expect.stringMatching(/cannot be reached/) },
    ]);
  });
});
