/** Signing in, and what each role may do. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hashPassword, isPassword } from "../../electron/access/passwords.ts";
import { neededRole } from "../../electron/api/implement.ts";
import { contract } from "../../electron/contract/api/contract.ts";
import { testHost } from "../support/station/host.ts";
import { filesBelow } from "../support/station/outputs.ts";

describe("passwords", () => {
  test("are kept as digests that nobody can read, each with a salt of its own", async () => {
    const [a, b] = [await hashPassword("correct horse"), await hashPassword("correct horse")];
    expect(a).not.toBe(b);
    expect(await isPassword("correct horse", a)).toBe(true);
    expect(await isPassword("correct hörse", a)).toBe(false);
    // Composed and decomposed letters look the same, and are the same.
    expect(await isPassword("cafe\u0301", await hashPassword("caf\u00e9"))).toBe(true);
    for (const nonsense of [undefined, "", "plain$x", "scrypt$$"]) expect(await isPassword("", nonsense)).toBe(false);
  });
});

describe("signing in", () => {
  test("the first one, with the ticket, becomes an admin; the ticket works once", async () => {
    const { api, post, call } = await testHost();
    const ticket = api.sessions.makeTicket();
    const wrong = await post("/api/session/redeem", { ticket: "guess", name: "Anna" }, { token: "" });
    expect([wrong.status, (await wrong.json()).data.code]).toEqual([401, "session.ticket"]);
    const first = await post("/api/session/redeem", { ticket, name: "anna" }, { token: "" });
    expect(await first.json()).toMatchObject({ person: { name: "Anna", role: "admin" } });
    expect((await post("/api/session/redeem", { ticket, name: "anna" }, { token: "" })).status).toBe(401);
    const cookie = first.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^archivist=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
    const session = await call("/api/session", { token: "", headers: { cookie: cookie.split(";")[0] ?? "" } });
    expect(await session.json()).toMatchObject({ person: { name: "Anna" }, isFirstRun: false, version: "1.2.3" });
  });

  test("with name and password; signing out ends it there and nowhere else", async () => {
    const { post, call, token, password } = await testHost();
    const answer = await (await post("/api/session", { name: "ANNA", password }, { token: "" })).json();
    expect((await call("/api/people", { token: answer.token })).status).toBe(200);
    expect((await call("/api/session", { method: "DELETE", token: answer.token })).status).toBe(200);
    expect((await call("/api/people", { token: answer.token })).status).toBe(401);
    expect((await call("/api/people", { token })).status).toBe(200);
  });

  test("a name that nobody has and a wrong password are told in the same words", async () => {
    const { post } = await testHost();
    const nobody = await post("/api/session", { name: "Nobody", password: "x" }, { token: "" });
    const wrong = await post("/api/session", { name: "Anna", password: "x" }, { token: "" });
    expect(await nobody.json()).toEqual(await wrong.json());
  });

  test("whose role is taken away is out at once; the last admin stays", async () => {
    const { post, call, somebody, connect } = await testHost();
    const otto = await somebody("Otto", "operator");
    const client = await connect(otto);
    await client.queue.pauseAll();
    const people = await (await call("/api/people")).json();
    const { id } = people.find(({ name }: { name: string }) => name === "Otto");
    await post(`/api/people/${id}`, { role: "user" }, { method: "PATCH" });
    // The socket is closed, and the token is worth nothing.
    await expect(client.queue.resumeAll()).rejects.toBeDefined();
    expect((await call("/api/notices", { token: otto })).status).toBe(401);
    const anna = people.find(({ name }: { name: string }) => name === "Anna");
    const last = await post(`/api/people/${anna.id}`, { role: "user" }, { method: "PATCH" });
    expect((await last.json()).data.code).toBe("person.last-admin");
  });

  test("and what admins change are in the log, with who it was and from where", async () => {
    const { folder, post, connect, password } = await testHost({ settings: { log: { level: "info" } } });
    await post("/api/session", { name: "Anna", password }, { token: "" });
    await post("/api/session", { name: "my-secret-password", password: "x" }, { token: "" });
    const client = await connect();
    await client.station.changeSettings({ values: { "captions.maxLines": 3 } });
    await client.session.addPerson({ name: "Olga", password: "correct horse", role: "user" });
    const log = readFileSync(join(folder.logs, "archivist.log"), "utf8");
    expect(log).toMatch(/somebody has signed in .*"name":"Anna","address":"127\.0\.0\.1"/);
    expect(log).toMatch(/signing in has failed .*"address":"127\.0\.0\.1"/);
    expect(log).toMatch(/settings were changed .*"captions\.maxLines".*"by":"Anna"/);
    expect(log).toMatch(/an admin has made a change .*"call":"session\.addPerson","by":"Anna"/);
    expect(log).not.toContain("my-secret-password");
  });

  test("no password and no token stands in any file", async () => {
    const { folder, token, password, post } = await testHost({ settings: { log: { level: "debug" } } });
    await post("/api/session", { name: "Anna", password: "a-wrong-password" }, { token: "" });
    for (const name of filesBelow(folder.root)) {
      const content = readFileSync(join(folder.root, name));
      for (const secret of [token, password, "a-wrong-password"])
        expect([name, content.includes(secret)]).toEqual([name, false]);
    }
  });
});

describe("roles", () => {
  /** Every procedure of the contract with the role that it needs. */
  const procedures = Object.entries(contract).flatMap(([group, members]) =>
    Object.entries(members).map(([name, procedure]) => ({
      name: `${group}.${name}`,
      group,
      member: name,
      role: neededRole(procedure),
    })),
  );

  test("are said by every procedure; only looking at health and session, and signing in, is for anyone", () => {
    expect(procedures.filter(({ role }) => role === "anyone").map(({ name }) => name)).toEqual([
      "session.look",
      "session.signIn",
      "session.redeem",
      // Refused in words, with what to use instead.
      "system.login",
      "system.logout",
      "system.health",
    ]);
  });

  test("hold on the socket: whoever may not is refused before anything is looked at", async () => {
    const { connect, somebody } = await testHost();
    const clients = {
      user: await connect(await somebody("Ute", "user")),
      operator: await connect(await somebody("Otto", "operator")),
    };
    for (const { group, member, name, role } of procedures) {
      const isRefused = async (client: object): Promise<boolean> => {
        const call = (client as Record<string, Record<string, (input: unknown) => Promise<unknown>>>)[group]?.[member];
        const error = await call?.({ nonsense: true }).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        return (error as { code?: string } | undefined)?.code === "FORBIDDEN";
      };
      if (role === "operator" || role === "admin") expect([name, await isRefused(clients.user)]).toEqual([name, true]);
      if (role === "admin") expect([name, await isRefused(clients.operator)]).toEqual([name, true]);
    }
  });
});
