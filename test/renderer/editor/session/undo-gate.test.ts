/** What is done while a step is taken back waits for it. */
import { expect, test } from "vitest";
import { UndoGate } from "../../../../renderer/editor/session/undo-gate.ts";

test("what was deferred is done in its order, once the step has been taken back", async () => {
  const gate = new UndoGate();
  const { promise, resolve } = Promise.withResolvers<void>();
  const done: string[] = [];
  const closed = gate.close(async () => {
    await promise;
    done.push("step");
  });
  expect([gate.isClosed, gate.inFlight]).toEqual([true, closed]);
  gate.defer(() => done.push("first"));
  gate.defer(() => done.push("second"));
  resolve();
  await closed;
  expect(done).toEqual(["step", "first", "second"]);
  expect([gate.isClosed, gate.inFlight]).toEqual([false, undefined]);
});

test("a step that fails opens the gate as well", async () => {
  const gate = new UndoGate();
  const done: string[] = [];
  const closed = gate.close(() => Promise.reject(new Error("the station is away")));
  gate.defer(() => done.push("later"));
  await expect(closed).rejects.toThrow("the station is away");
  expect(done).toEqual(["later"]);
  expect(gate.isClosed).toBe(false);
});

test("a step that had waited is in flight when the first one ends", async () => {
  const gate = new UndoGate();
  const second = Promise.withResolvers<void>();
  const first = gate.close(() => Promise.resolve());
  let later: Promise<void> | undefined;
  gate.defer(() => {
    later = gate.close(() => second.promise);
  });
  await first;
  expect(gate.inFlight).toBe(later);
  second.resolve();
  await later;
  expect(gate.inFlight).toBeUndefined();
});
