/** Events: who hears them, in which order, and what becomes of a listener that throws. */
import { expect, test } from "vitest";
import { TypedEvents } from "../../electron/platform/typed-events.ts";

interface Events {
  readonly count: number;
  readonly closed: undefined;
}

test("listeners of an event are called in order, with its value, until they unsubscribe", () => {
  const events = new TypedEvents<Events>();
  const heard: string[] = [];
  const unsubscribe = events.on("count", (count) => heard.push(`first ${count}`));
  events.on("count", (count) => heard.push(`second ${count}`));
  events.on("closed", () => heard.push("closed"));
  events.emit("count", 1);
  unsubscribe();
  unsubscribe();
  events.emit("count", 2);
  events.emit("closed", undefined);
  expect(heard).toEqual(["first 1", "second 1", "second 2", "closed"]);
});

test("a listener that unsubscribes or subscribes while it is called changes the next event, not this one", () => {
  const events = new TypedEvents<Events>();
  const heard: string[] = [];
  const unsubscribe = events.on("count", () => {
    heard.push("first");
    unsubscribe();
    events.on("count", () => heard.push("late"));
  });
  events.on("count", () => heard.push("second"));
  events.emit("count", 1);
  expect(heard).toEqual(["first", "second"]);
  events.emit("count", 2);
  expect(heard).toEqual(["first", "second", "second", "late"]);
});

test("a listener that throws does not keep the others from being called", () => {
  const heard: string[] = [];
  const fail = (message: string) => (): void => {
    throw new Error(message);
  };
  const listen = (events: TypedEvents<Events>): void => {
    events.on("count", fail("one"));
    events.on("count", (count) => heard.push(String(count)));
  };
  const throwing = new TypedEvents<Events>();
  listen(throwing);
  expect(() => throwing.emit("count", 1)).toThrow("one");
  throwing.on("count", fail("two"));
  expect(() => throwing.emit("count", 2)).toThrow(AggregateError);
  const reported: unknown[] = [];
  const reporting = new TypedEvents<Events>((error, name) => reported.push([name, error]));
  listen(reporting);
  reporting.emit("count", 3);
  expect(heard).toEqual(["1", "2", "3"]);
  expect(reported).toEqual([["count", new Error("one")]]);
});
