/** A view that many watch is made once, and never an old one. */
import { expect, test } from "vitest";
import { newest } from "../../electron/api/live.ts";
import { SharedViews } from "../../electron/api/shared-views.ts";
import type { QueueView } from "../../electron/contract/api/queue.ts";
import { testHost } from "../support/station/host.ts";

function place() {
  const listeners = new Set<() => void>();
  const listen = (changed: () => void): (() => void) => {
    listeners.add(changed);
    return () => listeners.delete(changed);
  };
  let now = 0;
  let state = 0;
  let made = 0;
  const views = new SharedViews<number>(listen, () => now);
  const look = (request: unknown = {}) =>
    views.get(request, () => {
      made++;
      return state;
    });
  return {
    look,
    listen,
    made: () => made,
    change: () => {
      state++;
      for (const listener of listeners) listener();
    },
    pass: (ms: number) => {
      now += ms;
    },
  };
}

test("a view is made once for all who watch, and once more after each change", async () => {
  const { look, listen, made, change } = place();
  const watching = Array.from({ length: 500 }, () => newest(listen, () => look({ state: "queued" }), undefined));
  for (const state of [0, 1, 2, 3]) {
    const seen = await Promise.all(watching.map(async (watched) => (await watched.next()).value));
    expect(new Set(seen)).toEqual(new Set([state]));
    expect(made()).toBe(state + 1);
    change();
  }
  await Promise.all(watching.map((watched) => watched.return(undefined)));
});

test("different requests have different views, and none is kept for more than a second", () => {
  const { look, made, pass } = place();
  look({ limit: 1 });
  look({ limit: 2 });
  look({ limit: 1 });
  expect(made()).toBe(2);
  pass(1_000);
  look({ limit: 1 });
  expect(made()).toBe(3);
  // However many there are.
  for (let limit = 0; limit < 10_000; limit++) look({ limit });
  expect(made()).toBeGreaterThan(10_000);
});

test("whoever watches the queue sees the same as whoever asks for it", async () => {
  const { connect } = await testHost();
  const [first, second] = [await connect(), await connect()];
  const streams = [await first.queue.watch({}), await second.queue.watch({})];
  const isPaused = async (stream: AsyncIterator<QueueView, unknown>) =>
    ((await stream.next()).value as QueueView | undefined)?.isPaused;
  expect(await Promise.all(streams.map(isPaused))).toEqual([false, false]);
  await first.queue.pauseAll({});
  for (const stream of streams) await expect.poll(() => isPaused(stream)).toBe(true);
  expect((await second.queue.list({})).isPaused).toBe(true);
});
