import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, getTimeZoneName, toDay } from "../../electron/platform/calendar.ts";

describe("the day of a point in time", () => {
  test.each<[instant: string, timeZone: string, day: string]>([
    // An evening in Chicago, in winter and in summer, on both sides of midnight.
    ["2026-01-06T02:30:00Z", "America/Chicago", "2026-01-05"],
    ["2026-01-06T05:59:59.999Z", "America/Chicago", "2026-01-05"],
    ["2026-01-06T06:00:00Z", "America/Chicago", "2026-01-06"],
    ["2026-07-06T04:59:59.999Z", "America/Chicago", "2026-07-05"],
    ["2026-07-06T05:00:00Z", "America/Chicago", "2026-07-06"],
    // The days on which the clocks change: 23 and 25 hours long.
    ["2026-03-08T05:59:59Z", "America/Chicago", "2026-03-07"],
    ["2026-03-08T06:00:00Z", "America/Chicago", "2026-03-08"],
    ["2026-03-09T04:59:59Z", "America/Chicago", "2026-03-08"],
    ["2026-03-09T05:00:00Z", "America/Chicago", "2026-03-09"],
    ["2026-11-01T04:59:59Z", "America/Chicago", "2026-10-31"],
    ["2026-11-01T05:00:00Z", "America/Chicago", "2026-11-01"],
    ["2026-11-02T05:59:59Z", "America/Chicago", "2026-11-01"],
    ["2026-11-02T06:00:00Z", "America/Chicago", "2026-11-02"],
    // No daylight saving time, half hours, and both ends of the world.
    ["2026-07-06T06:59:59Z", "America/Phoenix", "2026-07-05"],
    ["2026-07-05T18:30:00Z", "Asia/Kolkata", "2026-07-06"],
    ["2026-07-05T18:29:59Z", "Asia/Kolkata", "2026-07-05"],
    ["2026-07-05T10:00:00Z", "Pacific/Kiritimati", "2026-07-06"],
    ["2026-07-05T10:59:59Z", "Pacific/Pago_Pago", "2026-07-04"],
    ["2026-12-31T23:59:59Z", "UTC", "2026-12-31"],
    ["0999-06-01T12:00:00Z", "UTC", "0999-06-01"],
  ])("%s in %s is %s", (instant, timeZone, day) => {
    expect(toDay(new Date(instant), timeZone)).toBe(day);
    expect(toDay(Date.parse(instant), timeZone)).toBe(day);
  });

  test("without a time zone is this machine's", () => {
    expect(toDay(new Date(2026, 0, 5, 23, 59), null)).toBe("2026-01-05");
    expect(toDay(new Date(2026, 0, 6), null)).toBe("2026-01-06");
    expect(getTimeZoneName(null)).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone);
    expect(getTimeZoneName("America/Chicago")).toBe("America/Chicago");
  });

  test("is never more than a day from the one in UTC", () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf("timeZone"));
    const instants = fc.date({ min: new Date("1990-01-01"), max: new Date("2090-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(zones, instants, (timeZone, instant) => {
        const utc = toDay(instant, "UTC");
        expect([addDays(utc, -1), utc, addDays(utc, 1)]).toContain(toDay(instant, timeZone));
      }),
    );
  });
});

describe("days later and earlier", () => {
  test.each([
    ["2026-03-01", -1, "2026-02-28"],
    ["2028-03-01", -1, "2028-02-29"],
    ["2026-12-31", 1, "2027-01-01"],
    ["2026-03-08", 0, "2026-03-08"],
    ["2026-03-20", -14, "2026-03-06"],
  ])("%s and %i is %s", (day, count, result) => expect(addDays(day, count)).toBe(result));
});
