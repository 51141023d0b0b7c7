import { expect, test } from "vitest";
import { rememberFor } from "../../electron/platform/remember-for.ts";

test("work is done once at a time, its result holds for a while, and a failure does not", async () => {
  let now = 0;
  let count = 0;
  let fails = false;
  const ask = rememberFor(
    1_000,
    async () => {
      count++;
      if (fails) throw new Error("failed");
      return count;
    },
    () => now,
  );
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
  now = 999;
  expect(await ask()).toBe(1);
  now = 1_000;
  fails = true;
  await expect(ask()).rejects.toThrow("failed");
  fails = false;
  expect(await ask()).toBe(3);
});

test("what is not worth remembering is asked for again", async () => {
  let count = 0;
  const ask = rememberFor(
    1_000,
    async () => ++count,
    () => 0,
    (result) => result > 1,
  );
  expect([await ask(), await ask(), await ask()]).toEqual([1, 2, 2]);
});
