/** The health of services: asked, remembered, and never waited for too long. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { storeCredentials } from "../../electron/cablecast/connect.ts";
import { practiceCredentials } from "../../electron/cablecast/emulator/emulator.ts";
import { type ServiceName, serviceNames } from "../../electron/contract/services.ts";
import { createRightDates } from "../../electron/monitoring/service-checks.ts";
import {
  HealthMonitor,
  type HealthMonitorOptions,
  type ServiceCheck,
  type ServiceFinding,
} from "../../electron/monitoring/service-health.ts";
import { testEmulator } from "../support/publishing/cablecast.ts";
import { testHost } from "../support/station/host.ts";
import { silentLogger } from "../support/station/silent-logger.ts";
import { temporaryFolder } from "../support/temporary.ts";

const well: ServiceFinding = { status: "ok", detail: "it answers" };

/** A monitor of services that are well, except for one, with a clock that is moved by hand. */
function monitorOf(ask: ServiceCheck["ask"], options: Partial<HealthMonitorOptions> = {}) {
  const clock = { ms: 0, now: () => new Date(clock.ms), monotonicMs: () => clock.ms };
  const right = new Map<ServiceName, string>();
  let asked = 0;
  const checks = Object.fromEntries(
    serviceNames.map((name): [ServiceName, ServiceCheck] => [name, { freshMs: 1_000, ask: () => well }]),
  ) as Record<ServiceName, ServiceCheck>;
  checks.cablecast = {
    freshMs: 1_000,
    ask: (signal) => {
      asked++;
      return ask(signal);
    },
  };
  const rightDates = {
    get: (name: ServiceName) => right.get(name),
    set: (name: ServiceName, date: string) => void right.set(name, date),
  };
  const monitor = new HealthMonitor({ checks, rightDates, clock, logger: silentLogger, ...options });
  onTestFinished(() => monitor.stop());
  const poll = async (fresh = false) => (await monitor.poll({ fresh })).find(({ name }) => name === "cablecast");
  return { monitor, poll, clock, getAsked: () => asked };
}

describe("a service", () => {
  test("is asked again only when its answer is old, or somebody insists", async () => {
    const { poll, clock, getAsked } = monitorOf(() => well);
    await poll();
    await poll();
    expect(getAsked()).toBe(1);
    clock.ms = 1_000;
    await poll();
    expect(getAsked()).toBe(2);
    await poll(true);
    expect(getAsked()).toBe(3);
  });

  test("that breaks is wrong, with the date when it was last right", async () => {
    let isWell = true;
    const { poll, clock } = monitorOf(() => {
      if (!isWell) throw new Error("connection refused");
      return well;
    });
    expect(await poll()).toMatchObject({ status: "ok", rightDate: "1970-01-01T00:00:00.000Z" });
    isWell = false;
    clock.ms = 5_000;
    expect(await poll()).toMatchObject({
      status: "error",
      detail: expect.stringContaining("connection refused"),
      checkedDate: "1970-01-01T00:00:05.000Z",
      rightDate: "1970-01-01T00:00:00.000Z",
    });
  });

  test("that is asked with every call is stored as right once a minute, and shown as of now", async () => {
    const stored: string[] = [];
    const rightDates = {
      get: () => stored.at(-1),
      set: (name: ServiceName, date: string) => void (name === "cablecast" && stored.push(date)),
    };
    const { poll, clock } = monitorOf(() => well, { rightDates });
    for (clock.ms = 0; clock.ms <= 60_000; clock.ms += 20_000) await poll(true);
    expect(stored).toEqual(["1970-01-01T00:00:00.000Z", "1970-01-01T00:01:00.000Z"]);
    clock.ms = 70_000;
    expect(await poll(true)).toMatchObject({ rightDate: "1970-01-01T00:01:10.000Z" });
  });

  test("that hangs holds nobody up, is asked once, and counts as wrong after its deadline", async () => {
    const hangs = () => new Promise<ServiceFinding>(() => undefined);
    const { poll, clock, getAsked } = monitorOf(hangs, { deadlineMs: 40, patienceMs: 5 });
    expect(await poll()).toMatchObject({ status: "unknown", checkedDate: undefined });
    expect(await poll(true)).toMatchObject({
      status: "error",
      detail: expect.stringMatching(/has not answered within/),
    });
    clock.ms = 10_000;
    expect(await poll()).toMatchObject({ status: "error" });
    expect(getAsked()).toBe(1);
  });

  test("that answers after its deadline has not answered; the next time it is asked anew", async () => {
    const answers: ((finding: ServiceFinding) => void)[] = [];
    const { poll, clock, getAsked } = monitorOf(() => new Promise((resolve) => answers.push(resolve)), {
      deadlineMs: 20,
      patienceMs: 5,
    });
    expect(await poll(true)).toMatchObject({ status: "error" });
    answers[0]?.(well);
    await new Promise(setImmediate);
    expect(await poll()).toMatchObject({ status: "error" });
    clock.ms = 2_000;
    const asking = poll(true);
    answers[1]?.(well);
    expect(await asking).toMatchObject({ status: "ok" });
    expect(getAsked()).toBe(2);
  });
});

describe("the services of a station", () => {
  const find = (found: readonly { readonly name: string; readonly status: string }[]) =>
    Object.fromEntries(found.map(({ name, status }) => [name, status]));

  test("are right when nothing is wrong; what is not set up is neither", async () => {
    const { runtime } = await testHost();
    expect(find(await runtime.health.poll({ fresh: true }))).toEqual({
      cablecast: "unused",
      vod: "unused",
      webhooks: "unused",
      storage: "ok",
      database: "ok",
      queue: "ok",
      speech: "ok",
      system: "ok",
    });
  });

  test("a server that works, refuses the user, or is dead is told from the others", async () => {
    const emulator = await testEmulator();
    const { runtime, services, call } = await testHost({ settings: { cablecast: { url: emulator.url } } });
    await storeCredentials(services.secrets, practiceCredentials);
    expect(find(await runtime.health.poll({ fresh: true }))).toMatchObject({ cablecast: "ok", vod: "ok" });
    emulator.faults.rejectCredentials = true;
    const refused = await runtime.health.poll({ fresh: true });
    expect(refused[0]).toMatchObject({
      status: "error",
      detail: expect.stringMatching(/does not accept user and secret/),
    });
    emulator.faults.rejectCredentials = false;
    await emulator.close();
    const dead = await runtime.health.poll({ fresh: true });
    expect(find(dead)).toMatchObject({ cablecast: "error", vod: "error", storage: "ok" });
    expect(dead[0]?.rightDate).toEqual(expect.any(String));
    const answer = await call("/api/health");
    expect([answer.status, await answer.json()]).toMatchObject([
      503,
      { healthy: false, services: { cablecast: false } },
    ]);
  });

  test("a server that takes calls and never answers holds /api/health up for a moment only", async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      silent.closeAllConnections();
      silent.close();
    });
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const { services, call } = await testHost({ settings: { cablecast: { url, timeoutSeconds: 300 } } });
    await storeCredentials(services.secrets, practiceCredentials);
    const answer = await call("/api/health");
    expect([answer.status, (await answer.json()).services.cablecast]).toEqual([503, false]);
  });

  test("no model is not healthy, and neither is a model that is not there", async () => {
    for (const model of ["auto", "no-such-model"]) {
      const { runtime, call } = await testHost({ settings: { speech: { model } } });
      const found = await runtime.health.poll({ fresh: true });
      expect(found.find(({ name }) => name === "speech")).toMatchObject({
        status: "error",
        remedy: expect.any(String),
      });
      const answer = await call("/api/health");
      expect([answer.status, (await answer.json()).services.speech]).toEqual([503, false]);
    }
  });

  test("a share that is gone, and a folder of packages that cannot be there, are told", async () => {
    const gone = { label: "Oakdale", path: "/no/such/share" };
    const { runtime } = await testHost({
      shares: [gone],
      settings: { publishing: { target: "generic" }, generic: { folder: null } },
    });
    const found = await runtime.health.poll({ fresh: true });
    expect(found.find(({ name }) => name === "storage")).toMatchObject({
      status: "error",
      detail: expect.stringContaining("Share Oakdale"),
    });
    expect(found.find(({ name }) => name === "vod")).toMatchObject({
      status: "error",
      detail: "generic.folder is not set",
    });
    const folder = temporaryFolder();
    const other = await testHost({ settings: { publishing: { target: "generic" }, generic: { folder } } });
    expect(find(await other.runtime.health.poll({ fresh: true }))).toMatchObject({ vod: "ok" });
  });

  test("when each was last right is kept in the catalog, and shown to everybody who is signed in", async () => {
    const { runtime, connect, somebody, services } = await testHost();
    await runtime.health.poll({ fresh: true });
    const client = await connect(await somebody("Ute", "user"));
    const shown = await client.station.services({});
    expect(shown.map(({ name }) => name)).toEqual([...serviceNames]);
    const database = shown.find(({ name }) => name === "database");
    expect(database).toMatchObject({ status: "ok", rightDate: expect.any(String) });
    const stored = createRightDates(services).get("database") ?? "none";
    expect(stored <= (database?.rightDate ?? "")).toBe(true);
    expect(shown.find(({ name }) => name === "webhooks")).toMatchObject({ status: "unused", rightDate: null });
  });
});
