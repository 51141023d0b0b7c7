/** Uploads give way to calls while the station is busy, and only then. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { UploadPace } from "../../electron/intake/uploads/pace.ts";

function place() {
  let [now, share] = [0, 0];
  const pace = new UploadPace(
    () => now,
    () => share,
  );
  return (busyShare: number): number => {
    now += 50;
    share = busyShare;
    return pace.getPause();
  };
}

test("they do not wait while the station rests", () => {
  const look = place();
  for (let times = 0; times < 100; times++) expect(look(0.5)).toBe(0);
});

test("they wait longer the longer it is busy, up to a limit, and soon not at all", () => {
  const look = place();
  const busy = Array.from({ length: 40 }, () => look(0.95));
  expect(busy).toEqual(busy.toSorted((a, b) => a - b));
  expect(busy[0]).toBeGreaterThan(0);
  expect(busy.at(-1)).toBe(50);
  const after = Array.from({ length: 8 }, () => look(0.2));
  expect(after.at(-1)).toBe(0);
});

test("whatever happens they never wait longer than the limit, and always come to rest", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 200 }), (shares) => {
      const look = place();
      for (const share of shares) {
        const pause = look(share);
        expect(pause).toBeGreaterThanOrEqual(0);
        expect(pause).toBeLessThanOrEqual(50);
      }
      for (let times = 0; times < 8; times++) look(0);
      expect(look(0)).toBe(0);
    }),
  );
});
