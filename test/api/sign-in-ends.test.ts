/** How long a sign-in lasts, where one is signed in, and changing one's own password. */
import { describe, expect, test } from "vitest";
import { ManualClock } from "../support/queue/manual-clock.ts";
import { testHost } from "../support/station/host.ts";

const browser = { origin: "", "user-agent": "Mozilla/5.0 (a test)" };

async function place() {
  const clock = new ManualClock();
  const host = await testHost({ clock });
  const origin = `http://${host.address}`;
  const signIn = async (headers: Record<string, string>, password = host.password) =>
    host.post("/api/session", { name: "Anna", password }, { token: "", headers });
  const asBrowser = async (): Promise<string> => {
    const answer = await signIn({ ...browser, origin });
    // Pages are not given what they could lose.
    expect((await answer.json()).token).toBeNull();
    return /archivist=([\w-]+)/.exec(answer.headers.get("set-cookie") ?? "")?.[1] ?? "";
  };
  const asProgram = async (): Promise<string> => (await (await signIn({ "user-agent": "curl/9" })).json()).token;
  const isIn = async (token: string, path = "/api/notices") => (await host.call(path, { token })).status === 200;
  const minutes = (count: number): void => clock.advance(count * 60_000);
  return { ...host, clock, signIn, asBrowser, asProgram, isIn, minutes };
}

describe("a browser's sign-in", () => {
  test("ends after an hour in which nobody did anything, and after twelve hours of work", async () => {
    const { asBrowser, asProgram, isIn, minutes } = await place();
    const [idle, busy, program] = [await asBrowser(), await asBrowser(), await asProgram()];
    for (let hour = 0; hour < 11; hour++) {
      minutes(59);
      expect(await isIn(busy)).toBe(true);
      if (hour > 0) expect(await isIn(idle)).toBe(false);
    }
    minutes(59);
    expect(await isIn(busy)).toBe(true);
    minutes(13);
    expect([await isIn(busy), await isIn(program)]).toEqual([false, true]);
  });

  test("that has ended closes what is open", async () => {
    const { asBrowser, connect, minutes, api } = await place();
    const client = await connect(await asBrowser());
    const stream = (await client.station.changes())[Symbol.asyncIterator]();
    await stream.next();
    minutes(61);
    // The server does this every half minute.
    api.sessions.expire();
    await expect(stream.next()).rejects.toBeDefined();
    await expect(client.station.notices()).rejects.toBeDefined();
  });

  test("is held by a page that says that somebody is there", async () => {
    const { asBrowser, isIn, minutes, post } = await place();
    const token = await asBrowser();
    for (let round = 0; round < 4; round++) {
      minutes(40);
      expect((await post("/api/session/stay", {}, { token })).status).toBe(200);
    }
    expect(await isIn(token)).toBe(true);
  });
});

describe("one's own sign-ins", () => {
  test("are listed, and ended one by one", async () => {
    const { asBrowser, asProgram, call, isIn, somebody } = await place();
    const [own, program] = [await asBrowser(), await asProgram()];
    const list = async (token: string) => (await call("/api/sessions", { token })).json();
    const listed = (await list(own)) as { id: string; kind: string; agent: string; isCurrent: boolean }[];
    expect(listed).toContainEqual(
      expect.objectContaining({ kind: "browser", agent: browser["user-agent"], isCurrent: true }),
    );
    const other = listed.find(({ agent }) => agent === "curl/9");
    expect(other).toMatchObject({ kind: "program", isCurrent: false });
    expect(JSON.stringify(listed)).not.toContain(own);
    // Others' are not theirs to see or to end.
    const otto = await somebody("Otto", "operator");
    expect(await list(otto)).toHaveLength(1);
    expect((await call(`/api/sessions/${other?.id}`, { method: "DELETE", token: otto })).status).toBe(404);
    expect((await call(`/api/sessions/${other?.id}`, { method: "DELETE", token: own })).status).toBe(200);
    expect([await isIn(own), await isIn(program)]).toEqual([true, false]);
  });

  test("a password is changed by whoever knows it, and everywhere else they are signed out", async () => {
    const { asBrowser, asProgram, isIn, post, password, signIn } = await place();
    const [own, program] = [await asBrowser(), await asProgram()];
    const change = (old: string, next: string) =>
      post("/api/session/password", { old, password: next }, { token: own });
    const wrong = await change("not it at all", "a new password");
    expect([wrong.status, (await wrong.json()).data.message]).toEqual([401, "this is not your present password"]);
    expect((await change(password, "short")).status).toBe(400);
    expect((await change(password, "a new password")).status).toBe(200);
    expect([await isIn(own), await isIn(program)]).toEqual([true, false]);
    expect((await signIn({})).status).toBe(401);
    expect((await signIn({}, "a new password")).status).toBe(200);
  });
});

describe("answers", () => {
  test("about people and meetings are kept by no cache", async () => {
    const { call } = await place();
    for (const path of ["/api/session", "/api/people", "/episodes", "/api/health"]) {
      expect([path, (await call(path)).headers.get("cache-control")]).toEqual([path, "no-store"]);
      expect((await call(path)).headers.get("strict-transport-security")).toBeNull();
    }
  });
});
