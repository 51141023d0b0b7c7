import { once } from "node:events";
import { describe, expect, test, vi } from "vitest";
import { startLimitedThread } from "../../../electron/platform/threads/limited-thread.ts";

const file = new URL("./greedy-thread.ts", import.meta.url);

describe("a thread that takes memory without end", () => {
  // The second is small enough to be passed before the first look at it.
  test.each(
    (["objects", "maps", "buffers"] as const).flatMap((kind) => [96, 1].map((memoryMb) => [kind, memoryMb] as const)),
  )("(%s, %i MiB) is ended, and the process goes on", async (kind, memoryMb) => {
    const onFull = vi.fn();
    const worker = startLimitedThread(file, { workerData: { kind }, memoryMb, onFull });
    await once(worker, "exit");
    expect(onFull).toHaveBeenCalledTimes(1);
  });
});

test("a thread that stays within its share is left alone", async () => {
  const onFull = vi.fn();
  const worker = startLimitedThread(file, { workerData: { kind: "nothing" }, memoryMb: 256, onFull });
  const [[message]] = await Promise.all([once(worker, "message"), once(worker, "exit")]);
  expect({ message, calls: onFull.mock.calls.length }).toEqual({ message: "done", calls: 0 });
});
