import { describe, expect, test } from "vitest";
import { findScheduleRun } from "../../../electron/catalog/repositories/schedule-runs.ts";
import { priorityFor } from "../../../electron/intake/priority.ts";
import { openWindow } from "../../../electron/queue/schedules/maintenance-windows.ts";
import { lastDue, listSchedules, nextDue, parseCron, type Schedule } from "../../../electron/queue/schedules/plan.ts";
import { Scheduler } from "../../../electron/queue/schedules/scheduler.ts";
import { ManualClock } from "../../support/queue/manual-clock.ts";
import { settled } from "../../support/queue/manual-jobs.ts";
import { freshCatalog } from "../../support/station/catalog.ts";
import { settingsWith } from "../../support/station/shares.ts";
import { silentLogger } from "../../support/station/silent-logger.ts";

const zone = "America/Chicago";
const at = (cron: string, more: Partial<Schedule> = {}): Schedule => ({
  name: "test",
  cron,
  action: "pending",
  cities: [],
  enabled: true,
  ...more,
});

describe("when a schedule is due", () => {
  test.each<[string, string, string, string]>([
    ["every quarter of an hour", "*/15 * * * *", "2026-03-02T12:07:00Z", "2026-03-02T12:00:00.000Z"],
    ["exactly now", "0 * * * *", "2026-03-02T12:00:00Z", "2026-03-02T12:00:00.000Z"],
    ["a second before", "0 * * * *", "2026-03-02T11:59:59Z", "2026-03-02T11:00:00.000Z"],
    ["at two in the morning in Minnesota", "0 2 * * *", "2026-03-02T12:00:00Z", "2026-03-02T08:00:00.000Z"],
    ["in summer an hour earlier", "0 2 * * *", "2026-07-02T12:00:00Z", "2026-07-02T07:00:00.000Z"],
    // Clocks go from 2:00 to 3:00 on 8 March 2026.
    ["in the night of the gap: right after it", "30 2 * * *", "2026-03-08T12:00:00Z", "2026-03-08T08:00:00.000Z"],
    [
      "every quarter of an hour right after the gap",
      "*/15 * * * *",
      "2026-03-08T08:01:00Z",
      "2026-03-08T08:00:00.000Z",
    ],
  ])("%s", (_, cron, now, due) => {
    expect(lastDue(at(cron), zone, new Date(now))?.toISOString()).toBe(due);
  });

  test("a time that comes twice runs once", () => {
    // Clocks go from 2:00 back to 1:00 on 1 November 2026: 1:30 is at 6:30 and at 7:30 UTC.
    const runs: string[] = [];
    let now = new Date("2026-11-01T05:00:00Z");
    for (;;) {
      const next = nextDue(at("30 1 * * *"), zone, now);
      if (next === undefined || next > new Date("2026-11-01T12:00:00Z")) break;
      runs.push(next.toISOString());
      now = next;
    }
    expect(runs).toEqual(["2026-11-01T06:30:00.000Z"]);
  });

  test.each(["", "every day", "61 * * * *", "* * * * * * * *"])("%j is refused in words", (expression) => {
    expect(() => parseCron(expression, null)).toThrow(/not a cron expression/);
  });

  test("the system's schedules are there, and can be switched off", () => {
    const all = listSchedules(settingsWith({}));
    expect(all.map(({ name, cron, enabled }) => `${name} ${cron} ${enabled}`)).toEqual([
      "pending */15 * * * * true",
      "publish 0 * * * * true",
      "sync 30 * * * * false",
      "archive 0 2 * * * false",
      "backup 30 1 * * * true",
      "maintenance 0 3 * * * true",
    ]);
    const some = listSchedules(
      settingsWith({ schedules: { publish: null, custom: [{ name: "noon", cron: "0 12 * * *", action: "scan" }] } }),
    );
    expect(some.map(({ name, cron, isOn }) => `${name} ${cron} ${isOn}`)).toEqual([
      "pending */15 * * * * true",
      "publish 0 * * * * false",
      "sync 30 * * * * true",
      "archive 0 2 * * * true",
      "backup 30 1 * * * true",
      "maintenance 0 3 * * * true",
      "noon 0 12 * * * true",
    ]);
    const [pending, publish] = listSchedules(
      settingsWith({ intake: { automatic: false }, schedules: { switchedOff: ["publish"] } }),
    );
    expect(pending).toMatchObject({ isOn: true, enabled: false, obstacle: expect.stringMatching(/intake\.automatic/) });
    expect(publish).toMatchObject({ isOn: false, enabled: false, obstacle: undefined });
  });
});

describe("the scheduler", () => {
  function scheduler(
    schedules: readonly Schedule[],
    act: (schedule: Schedule) => Promise<string>,
    catalog = freshCatalog(),
  ) {
    const clock = new ManualClock(Date.parse("2026-03-02T12:07:00Z"));
    const deps = { catalog, clock, logger: silentLogger, schedules, timeZone: zone, act };
    return { catalog, clock, scheduler: new Scheduler(deps), deps };
  }

  test("runs what is due once, what was missed during sleep once, and begins with the next time", async () => {
    const runs: string[] = [];
    const { clock, scheduler: own } = scheduler([at("*/15 * * * *")], async () =>
      String(runs.push(clock.now().toISOString())),
    );
    const look = async (): Promise<void> => {
      own.check();
      await settled();
    };
    await look();
    expect(runs).toEqual([]);
    clock.advance(8 * 60_000);
    await look();
    await look();
    expect(runs).toEqual(["2026-03-02T12:15:00.000Z"]);
    // The machine sleeps for nine hours: thirty-six times were missed.
    clock.advance(9 * 3_600_000);
    await look();
    await look();
    expect(runs).toHaveLength(2);
  });

  test("a restart runs nothing twice and what was missed once", async () => {
    let runs = 0;
    const first = scheduler([at("0 * * * *")], async () => String(runs++));
    first.scheduler.check();
    first.clock.advance(3_600_000);
    first.scheduler.check();
    await settled();
    const second = scheduler([at("0 * * * *")], async () => String(runs++), first.catalog);
    second.clock.advance(3_600_000);
    second.scheduler.check();
    await settled();
    expect(runs).toBe(1);
    second.clock.advance(24 * 3_600_000);
    second.scheduler.check();
    await settled();
    expect(runs).toBe(2);
  });

  test("a run that fails is written down and the next one comes all the same", async () => {
    const { catalog, clock, scheduler: own } = scheduler([at("0 * * * *")], () => Promise.reject(new Error("no")));
    own.check();
    for (let hour = 0; hour < 2; hour++) {
      clock.advance(3_600_000);
      own.check();
      await settled();
      expect(findScheduleRun(catalog, "test")).toMatchObject({
        outcome: "failed",
        message: expect.stringMatching(/no/),
      });
    }
    expect(findScheduleRun(catalog, "test")?.dueDate).toBe("2026-03-02T14:00:00.000Z");
  });

  test("one that takes long is not begun a second time; one that is off is not begun at all", async () => {
    let begun = 0;
    const forever = (): Promise<string> => {
      begun++;
      return new Promise(() => undefined);
    };
    const { clock, scheduler: own } = scheduler(
      [at("* * * * *"), at("* * * * *", { name: "off", enabled: false })],
      forever,
    );
    for (let minute = 0; minute < 5; minute++) {
      own.check();
      clock.advance(60_000);
      await settled();
    }
    expect(begun).toBe(1);
  });
});

describe("maintenance windows", () => {
  const { maintenanceWindows } = settingsWith({
    schedules: {
      maintenanceWindows: [
        { days: ["mon"], from: "22:30", to: "02:00" },
        { days: ["wed"], from: "08:00", to: "09:00" },
      ],
    },
  }).schedules;

  test.each<[string, string, boolean]>([
    ["Monday before it", "2026-03-03T04:29:00Z", false],
    ["Monday in it", "2026-03-03T04:30:00Z", true],
    ["the night to Tuesday", "2026-03-03T07:59:00Z", true],
    ["its end", "2026-03-03T08:00:00Z", false],
    ["the night to Monday", "2026-03-02T07:00:00Z", false],
    ["Wednesday in it", "2026-03-04T14:30:00Z", true],
    ["Wednesday at its end", "2026-03-04T15:00:00Z", false],
  ])("%s", (_, now, isOpen) => {
    expect(openWindow(maintenanceWindows, new Date(now), zone) !== undefined).toBe(isOpen);
  });
});

describe("priority rules", () => {
  const { priorityRules } = settingsWith({
    queue: {
      priorityRules: [
        { type: "council", newerThanHours: 24, priority: 5 },
        { city: "oakdale", priority: 4 },
        { olderThanHours: 240, priority: 1 },
      ],
    },
  }).queue;
  const facts = { city: "Oakdale", type: "City Council", fileName: "a.mp4", ageHours: 5 };

  test.each<[string, object, number]>([
    ["new and a council", {}, 5],
    ["the first rule that fits counts", { ageHours: 30 }, 4],
    ["by the file's name", { type: undefined, fileName: "COUNCIL.mp4", city: undefined }, 5],
    ["old", { city: "Lake Elmo", type: undefined, ageHours: 300 }, 1],
    ["nothing fits", { city: undefined, type: undefined }, 3],
  ])("%s", (_, more, priority) => {
    expect(priorityFor(priorityRules, { ...facts, ...more })).toBe(priority);
  });
});
