import { describe, expect, test } from "vitest";
import { exponentialBackoffMs } from "../../electron/contract/backoff.ts";

describe("an exponential back-off", () => {
  test("doubles with each failure, up to the longest wait", () => {
    const waits = [1, 2, 3, 4, 5].map((attempt) => exponentialBackoffMs({ attempt, firstMs: 500, maxMs: 3_000 }));
    expect(waits).toEqual([500, 1_000, 2_000, 3_000, 3_000]);
  });

  test("has no longest wait unless one is given, and counts the first failure from 1", () => {
    expect(exponentialBackoffMs({ attempt: 0, firstMs: 100 })).toBe(100);
    expect(exponentialBackoffMs({ attempt: 11, firstMs: 100 })).toBe(102_400);
    expect(exponentialBackoffMs({ attempt: 10_000, firstMs: 1 })).toBe(2 ** 30);
  });

  test("lets chance choose between the factors, but never more than the longest wait", () => {
    const wait = (random: number) =>
      exponentialBackoffMs({ attempt: 2, firstMs: 1_000, maxMs: 2_200, jitter: { min: 0.75, max: 1.25 }, random });
    expect([0, 0.5, 0.6, 1].map(wait)).toEqual([1_500, 2_000, 2_100, 2_200]);
    const any = exponentialBackoffMs({ attempt: 1, firstMs: 1_000, jitter: { min: 0.75, max: 1 } });
    expect(any).toBeGreaterThanOrEqual(750);
    expect(any).toBeLessThanOrEqual(1_000);
  });
});
