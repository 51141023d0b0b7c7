/** Schedules as the screen shows and changes them: what changes holds at once, and after a restart. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { beginScheduleRun, findScheduleRun } from "../../../electron/catalog/repositories/schedule-runs.ts";
import { testHost } from "../../support/station/host.ts";

async function host() {
  const all = await testHost({
    cities: [{ name: "Oakdale", shares: ["Flex"] }],
    shares: [{ label: "Flex", path: "/nowhere" }],
    settings: { schedules: { timeZone: "America/Chicago" } },
  });
  const client = await all.connect();
  const find = async (name: string) => (await client.schedules.list()).schedules.find((each) => each.name === name);
  const onDisk = () => (JSON.parse(readFileSync(all.folder.settingsFile, "utf8")) as { schedules: object }).schedules;
  return { ...all, client, find, onDisk };
}

describe("schedules", () => {
  test("are listed with their next time, their last run and what keeps them from running", async () => {
    const { client, find } = await host();
    const { schedules, timeZone } = await client.schedules.list();
    expect(timeZone).toBe("America/Chicago");
    expect(schedules.map(({ name }) => name)).toEqual([
      "pending",
      "publish",
      "sync",
      "archive",
      "backup",
      "maintenance",
    ]);
    expect(await find("backup")).toMatchObject({ isOn: true, obstacle: null, last: null, isBuiltIn: true });
    expect((await find("backup"))?.nextDate).toMatch(/T0[67]:30:00/);
    expect(await find("archive")).toMatchObject({
      isOn: true,
      nextDate: null,
      obstacle: expect.stringMatching(/not moved/),
    });
  });

  test("run now, and say what they did", async () => {
    const { client, find } = await host();
    expect(await client.schedules.run({ name: "publish" })).toEqual({
      message: "nothing published: publishing.automatic is false",
    });
    expect((await find("publish"))?.last).toMatchObject({
      outcome: "completed",
      message: "nothing published: publishing.automatic is false",
    });
    await expect(client.schedules.run({ name: "lunch" })).rejects.toMatchObject({ data: { code: "schedule.unknown" } });
  });

  test("are switched off and on and keep their time; nothing is caught up, and no restart is needed", async () => {
    const { client, find, onDisk, catalog, runtime } = await host();
    beginScheduleRun(catalog, "backup", "2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z");
    await client.schedules.change({ name: "backup", cron: "15 4 * * *" });
    expect(await find("backup")).toMatchObject({ cron: "15 4 * * *", isOn: true });
    await client.schedules.change({ name: "backup", isOn: false });
    expect(await find("backup")).toMatchObject({ cron: "15 4 * * *", isOn: false, nextDate: null });
    expect(onDisk()).toMatchObject({ backup: "15 4 * * *", switchedOff: ["backup"] });
    await client.schedules.change({ name: "backup", isOn: true });
    expect((await find("backup"))?.nextDate).toMatch(/T(09|10):15:00/);
    expect((await client.station.settings()).needsRestart).toBe(false);
    runtime.scheduler.check();
    expect(runtime.scheduler.isRunning("backup")).toBe(false);
    expect(findScheduleRun(catalog, "backup")?.dueDate).toMatch(/T(09|10):15:00/);
  });

  test("of one's own are added, changed and removed", async () => {
    const { client, find, onDisk } = await host();
    await client.schedules.add({ name: "Noon", cron: "0 12 * * *", action: "scan", cities: ["Oakdale"] });
    expect(await find("Noon")).toMatchObject({ isBuiltIn: false, action: "scan", cities: ["Oakdale"], isOn: true });
    await client.schedules.change({ name: "Noon", action: "pending", cities: [], isOn: false });
    expect(onDisk()).toMatchObject({ custom: [{ name: "Noon", action: "pending", cities: [], enabled: false }] });
    await client.schedules.remove({ name: "Noon" });
    expect(await find("Noon")).toBeUndefined();
  });

  test.each<[string, string, (client: Awaited<ReturnType<typeof host>>["client"]) => Promise<unknown>]>([
    ["a time that is none", "schedule.invalid", (client) => client.schedules.change({ name: "backup", cron: "noon" })],
    [
      "a time that never comes",
      "schedule.invalid",
      (client) => client.schedules.change({ name: "backup", cron: "0 0 30 2 *" }),
    ],
    [
      "a name twice",
      "schedule.taken",
      (client) => client.schedules.add({ name: "Backup", cron: "0 1 * * *", action: "scan", cities: [] }),
    ],
    [
      "a city that is not there",
      "city.unknown",
      (client) => client.schedules.add({ name: "x", cron: "0 1 * * *", action: "scan", cities: ["Grant"] }),
    ],
    [
      "removing what comes with the program",
      "schedule.built-in",
      (client) => client.schedules.remove({ name: "backup" }),
    ],
    [
      "another action for it",
      "schedule.built-in",
      (client) => client.schedules.change({ name: "backup", action: "scan" }),
    ],
  ])("refuse %s in words", async (_, code, act) => {
    const { client, onDisk } = await host();
    const before = onDisk();
    await expect(act(client)).rejects.toMatchObject({ data: { code } });
    expect(onDisk()).toEqual(before);
  });

  test("show when a time comes next, while it is typed", async () => {
    const { client } = await host();
    expect((await client.schedules.next({ cron: "0 12 * * *" })).dates).toHaveLength(3);
    expect(await client.schedules.next({ cron: "0 12 * *" })).toMatchObject({ dates: [], problem: expect.any(String) });
  });

  test("changed among the settings hold at once as well", async () => {
    const { client, find } = await host();
    expect(await client.station.changeSettings({ values: { "schedules.backup": "0 5 * * *" } })).toEqual({
      needsRestart: false,
    });
    expect(await find("backup")).toMatchObject({ cron: "0 5 * * *" });
    expect(await client.station.changeSettings({ values: { "media.maxHours": 9 } })).toEqual({ needsRestart: true });
  });
});
