/** Who may speak to the server: pure rules, and the attacks that they stop. */
import { request } from "node:http";
import { describe, expect, test } from "vitest";
import WebSocket from "ws";
import { isOwnHost, isOwnOrigin, ownNames, parseToken } from "../../electron/api/http/guard.ts";
import { testHost } from "../support/station/host.ts";

const own = ownNames("127.0.0.1", 8470, false);

describe("the names of this server", () => {
  test.each([
    ["127.0.0.1:8470", true],
    ["localhost:8470", true],
    ["[::1]:8470", true],
    ["LOCALHOST:8470", true],
    ["127.0.0.1", false],
    ["127.0.0.1:8471", false],
    ["evil.example:8470", false],
    ["127.0.0.1.evil.example:8470", false],
    ["127.0.0.1:8470@evil.example", false],
    ["", false],
    [undefined, false],
  ])("%s: %s", (header, expected) => {
    expect(isOwnHost(header, own)).toBe(expected);
  });

  test("behind a proxy are its name, and HTTPS", () => {
    const behind = ownNames("station.example", 443, true);
    expect(isOwnHost("station.example", behind)).toBe(true);
    expect(isOwnOrigin("https://station.example", "station.example", behind)).toBe(true);
    expect(isOwnOrigin("http://station.example", "station.example", behind)).toBe(false);
  });

  test.each([
    ["http://127.0.0.1:8470", true],
    [undefined, true],
    ["null", false],
    ["http://localhost:8470", false],
    ["http://127.0.0.1:3000", false],
    ["https://127.0.0.1:8470", false],
    ["http://evil.example", false],
    ["file://", false],
  ])("origin %s: %s", (header, expected) => {
    expect(isOwnOrigin(header, "127.0.0.1:8470", own)).toBe(expected);
  });

  test("a token is one of ours by its form, or none", () => {
    const token = "a".repeat(43);
    expect(parseToken({ authorization: `Bearer ${token}` })).toBe(token);
    expect(parseToken({ cookie: `other=1; archivist=${token}` })).toBe(token);
    expect(parseToken({ authorization: "Bearer x" })).toBeUndefined();
    expect(parseToken({ authorization: `Bearer ${"'".repeat(43)}` })).toBeUndefined();
    expect(parseToken({ cookie: "archivist=; archivist2=x" })).toBeUndefined();
  });
});

/** As a browser sends it: `fetch` sets no `Host`. */
function raw(address: string, path: string, headers: Record<string, string>, method = "GET"): Promise<number> {
  const [hostname, port] = address.split(":");
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });
}

describe("attacks from pages of other sites", () => {
  const paths = [
    "/",
    "/api/session",
    "/api/health",
    "/api/openapi.json",
    "/async/jobs",
    "/episodes",
    "/media/x",
    "/nothing",
  ];

  test("DNS rebinding: a name that is not ours is refused on every route", async () => {
    const { address, token } = await testHost();
    const port = address.split(":")[1];
    for (const path of paths) {
      for (const host of [`evil.example:${port}`, "evil.example", `127.0.0.1.evil.example:${port}`]) {
        expect([path, await raw(address, path, { host, authorization: `Bearer ${token}` })]).toEqual([path, 421]);
      }
    }
  });

  test("cross-site requests: a foreign Origin is refused on every route, with any method", async () => {
    const { address, token } = await testHost();
    for (const path of paths) {
      for (const method of ["GET", "POST", "PUT", "DELETE", "OPTIONS"]) {
        const headers = { host: address, origin: "https://evil.example", cookie: `archivist=${token}` };
        expect([path, method, await raw(address, path, headers, method)]).toEqual([path, method, 403]);
      }
    }
  });

  test("a socket from a page of another site, under another name, or of nobody", async () => {
    const { address, token } = await testHost();
    const open = (headers: Record<string, string>): Promise<string> =>
      new Promise((resolve) => {
        const socket = new WebSocket(`ws://${address}/api/ws`, { headers });
        socket.once("open", () => {
          socket.terminate();
          resolve("open");
        });
        socket.once("error", (error) => resolve(error.message));
      });
    const authorization = `Bearer ${token}`;
    expect(await open({ authorization })).toBe("open");
    expect(await open({ authorization, origin: `http://${address}` })).toBe("open");
    expect(await open({ authorization, origin: "http://evil.example" })).toMatch(/403/);
    expect(await open({ authorization, host: "evil.example" })).toMatch(/421/);
    expect(await open({})).toMatch(/401/);
  });

  test("no page of another site learns anything: there are no CORS headers, and answers are ours alone", async () => {
    const { call } = await testHost();
    const { headers } = await call("/api/session");
    expect([...headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
    expect(headers.get("content-security-policy")).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
  });

  test("another address needs a certificate or a proxy", async () => {
    await expect(testHost({}, { host: "0.0.0.0" })).rejects.toMatchObject({
      code: "usage.invalid",
      remedy: expect.stringMatching(/--cert and --key.*--behind/),
    });
  });
});

describe("limits", () => {
  test("a body that is too large, calls that are too many, passwords that are guessed", async () => {
    const { call, post } = await testHost({}, { callsPerMinute: 40 });
    const large = await post("/api/library/find", { text: "x".repeat(2 * 1024 * 1024) });
    expect(large.status).toBe(413);
    const wrong = [];
    for (let round = 0; round < 10; round++) {
      wrong.push((await post("/api/session", { name: "Anna", password: `guess ${round}` }, { token: "" })).status);
    }
    expect(wrong).toEqual(Array.from({ length: 10 }, () => 401));
    // The right one has to wait, too: nobody learns that it was right.
    const right = await post("/api/session", { name: "Anna", password: "correct horse" }, { token: "" });
    expect(await right.json()).toMatchObject({ data: { code: "session.too-many" } });
    const statuses = [];
    for (let round = 0; round < 40; round++) statuses.push((await call("/api/session")).status);
    expect(statuses).toContain(429);
  });
});
