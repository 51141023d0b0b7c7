/** The time that a person really works at a meeting. */
import { expect, test } from "vitest";
import { WorkTimer } from "../../../../renderer/editor/session/work-timer.ts";

function timerAt(startMs: number) {
  let now = startMs;
  const timer = new WorkTimer(() => now);
  const wait = (ms: number): void => {
    now += ms;
  };
  return { timer, wait };
}

test("touches that follow one another closely count in full", () => {
  const { timer, wait } = timerAt(1_000);
  for (let touch = 0; touch < 5; touch++) {
    wait(2_000);
    timer.touch();
  }
  expect(timer.take()).toEqual({ workedMs: 10_000, claimedMs: 10_000 });
});

test("a pause counts for half a minute at most", () => {
  const { timer, wait } = timerAt(0);
  wait(3_600_000);
  timer.touch();
  wait(1_000);
  expect(timer.take().workedMs).toBe(31_000);
});

test("each millisecond is claimed by one edit", () => {
  const { timer, wait } = timerAt(0);
  wait(4_000);
  expect(timer.take().workedMs).toBe(4_000);
  expect(timer.take().workedMs).toBe(0);
  wait(500.4);
  expect(timer.take().workedMs).toBe(500);
});

test("one edit claims an hour at most, and all of it is shown", () => {
  const { timer, wait } = timerAt(0);
  for (let touch = 0; touch < 400; touch++) {
    wait(10_000);
    timer.touch();
  }
  expect(timer.take()).toEqual({ workedMs: 4_000_000, claimedMs: 3_600_000 });
});
