/** One caller, whatever they do, does not keep the station from the others. */
import { connect as connectTo } from "node:net";
import { describe, expect, test } from "vitest";
import { Sessions } from "../../electron/access/sessions.ts";
import { ManualClock } from "../support/queue/manual-clock.ts";
import { freshCatalog } from "../support/station/catalog.ts";
import { testHost } from "../support/station/host.ts";

const codeOf = async (response: Response): Promise<unknown> =>
  ((await response.json()) as { data?: { code?: unknown } }).data?.code;

describe("guessing a password", () => {
  test("many at once count as many, and do not lock out the person themselves", async () => {
    const { api, post, password } = await testHost();
    const guesses = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        post("/api/session", { name: "Anna", password: `guess ${index}` }, { token: "" }).then(codeOf),
      ),
    );
    expect(guesses.filter((code) => code === "session.wrong").length).toBeLessThanOrEqual(8);
    expect(guesses.filter((code) => code === "session.too-many").length).toBeGreaterThanOrEqual(32);
    // The right password does not help who has guessed; at another desk it does.
    expect(await codeOf(await post("/api/session", { name: "Anna", password }, { token: "" }))).toBe(
      "session.too-many",
    );
    await expect(api.sessions.signIn("Anna", password, "another desk")).resolves.toBeDefined();
  });

  test("from many addresses is slowed down, and whoever has signed in before is not", async () => {
    const clock = new ManualClock();
    const sessions = new Sessions(freshCatalog(), clock);
    await sessions.redeem(sessions.makeTicket(), "Anna", "correct horse");
    await sessions.signIn("Anna", "correct horse", "her desk");
    const guess = (index: number) =>
      sessions.signIn("Anna", "guess", `address ${index}`).catch(({ code }: { code: string }) => code);
    const codes: unknown[] = [];
    for (let index = 0; index < 32; index++) codes.push(await guess(index));
    // The first time that she signed in was a try from an address that was not known, too.
    expect(codes.filter((code) => code === "session.wrong")).toHaveLength(29);
    await expect(sessions.signIn("Anna", "correct horse", "her desk")).resolves.toBeDefined();
    clock.advance(3_000);
    expect(await guess(99)).toBe("session.wrong");
  });

  test.each(["/api/./session", "/api/x/../session", "/async/../api/session", "/api//session", "/api/session/%2e"])(
    "cannot be spelled %s",
    async (path) => {
      const { address, password } = await testHost();
      const [host = "", port = ""] = address.split(":");
      const body = JSON.stringify({ name: "Anna", password });
      // By hand: clients tidy addresses up.
      const status = await new Promise<string>((resolve) => {
        const socket = connectTo(Number(port), host);
        socket.once("data", (bytes) => {
          resolve(bytes.toString().split("\r\n")[0] ?? "");
          socket.destroy();
        });
        socket.write(
          `POST ${path} HTTP/1.1\r\nHost: ${address}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
        );
      });
      expect(status).toBe("HTTP/1.1 400 Bad Request");
    },
  );

  test("is counted on the socket as well", async () => {
    const { connect } = await testHost();
    const client = await connect();
    const guesses = await Promise.all(
      Array.from({ length: 15 }, () =>
        client.session.signIn({ name: "Anna", password: "guess" }).catch((thrown) => thrown.data?.code),
      ),
    );
    expect(guesses.filter((code) => code === "session.wrong").length).toBeLessThanOrEqual(8);
  });
});

describe("a ticket", () => {
  test("works once, also when it is given several times at once", async () => {
    const { api, post } = await testHost();
    const ticket = api.sessions.makeTicket();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        post("/api/session/redeem", { ticket, name: "Anna", password: "new password" }, { token: "" }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test("is worth nothing after a quarter of an hour, nor once there is another", async () => {
    const clock = new ManualClock();
    const sessions = new Sessions(freshCatalog(), clock);
    const redeem = (ticket: string) => sessions.redeem(ticket, "Anna", "correct horse");
    const [first, second] = [sessions.makeTicket(), sessions.makeTicket()];
    await expect(redeem(first)).rejects.toMatchObject({ code: "session.ticket" });
    clock.advance(15 * 60_000);
    await expect(redeem(second)).rejects.toMatchObject({ code: "session.ticket" });
    await expect(redeem(sessions.makeTicket())).resolves.toBeDefined();
  });
});

describe("who is put out", () => {
  test("gets nothing more on streams that are open, and the socket is closed", async () => {
    const { connect, somebody, call, post, runtime } = await testHost();
    const token = await somebody("Otto", "operator");
    const client = await connect(token);
    const stream = await client.queue.watch({ limit: 10 });
    expect((await stream.next()).done).toBe(false);
    const next = stream.next().then(
      ({ done }) => done,
      (thrown: { code?: string }) => thrown.code ?? "closed",
    );
    const people = (await (await call("/api/people")).json()) as { id: number; name: string }[];
    const id = people.find(({ name }) => name === "Otto")?.id;
    await post(`/api/people/${id}`, { active: false }, { method: "PATCH" });
    expect(await next).not.toBe(false);
    runtime.jobService.pauseQueue();
    await expect(client.queue.list({})).rejects.toBeDefined();
  });
});

describe("one account", () => {
  test("has only so many streams open on a connection, and others are answered", async () => {
    const { connect, somebody } = await testHost();
    const client = await connect(await somebody("Ute", "user"));
    const opened = await Promise.allSettled(
      Array.from({ length: 200 }, async (_, index) => {
        const stream = await client.queue.watch({ limit: 1 + (index % 5) });
        await stream.next();
        return stream;
      }),
    );
    const refused = opened.filter((each) => each.status === "rejected");
    expect(opened.length - refused.length).toBeLessThanOrEqual(40);
    expect(refused.map(({ reason }) => reason.data?.code)).toEqual(refused.map(() => "call.too-many"));
    const other = await connect();
    expect((await other.queue.list({})).jobs).toEqual([]);
    // What was closed makes room.
    await Promise.all(opened.map((each) => (each.status === "fulfilled" ? each.value.return?.() : undefined)));
    await expect.poll(async () => (await (await client.queue.watch({ limit: 1 })).next()).done).toBe(false);
  });

  test("opens no more than thirty sockets", async () => {
    const { connect, somebody } = await testHost();
    const token = await somebody("Ute", "user");
    const opened = await Promise.allSettled(Array.from({ length: 40 }, () => connect(token)));
    expect(opened.filter(({ status }) => status === "fulfilled")).toHaveLength(30);
    await expect(connect()).resolves.toBeDefined();
  });
});

test("a body that does not come is not waited for", async () => {
  const { address } = await testHost({}, { bodyMs: 200 });
  const [host = "", port = ""] = address.split(":");
  await new Promise<void>((resolve) => {
    const socket = connectTo(Number(port), host, () => {
      socket.write(
        `POST /api/session HTTP/1.1\r\nHost: ${address}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"na`,
      );
    });
    socket.on("error", () => undefined);
    socket.once("close", () => resolve());
  });
});
