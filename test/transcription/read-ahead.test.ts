import { describe, expect, test } from "vitest";
import { type Ahead, readAhead } from "../../electron/transcription/read-ahead.ts";

/** Work whose stages a test ends by hand, noting what happens. */
function workbench() {
  const events: string[] = [];
  const gates = new Map<string, PromiseWithResolvers<void>>();
  const gate = (name: string): PromiseWithResolvers<void> => {
    const known = gates.get(name) ?? Promise.withResolvers<void>();
    gates.set(name, known);
    return known;
  };
  const work = async ({ item, mayFollow }: Ahead<string>): Promise<string> => {
    events.push(`decode ${item}`);
    await gate(`${item} decoded`).promise;
    mayFollow();
    await gate(`${item} heard`).promise;
    events.push(`heard ${item}`);
    return item;
  };
  return { events, work, pass: (name: string) => gate(name).resolve() };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("reading ahead", () => {
  test("begins the next one when the first one's sound is decoded, and no more than one", async () => {
    const { events, work, pass } = workbench();
    const results: string[] = [];
    const all = (async () => {
      for await (const result of readAhead(["a", "b", "c"], work)) results.push(result);
    })();
    await settled();
    expect(events).toEqual(["decode a"]);
    pass("a decoded");
    await settled();
    expect(events).toEqual(["decode a", "decode b"]);
    // The second one is ready, but it is not its turn: the third one waits.
    pass("b decoded");
    await settled();
    expect(events).toEqual(["decode a", "decode b"]);
    pass("a heard");
    await settled();
    expect(results).toEqual(["a"]);
    expect(events).toEqual(["decode a", "decode b", "heard a", "decode c"]);
    pass("b heard");
    pass("c decoded");
    pass("c heard");
    await all;
    expect(results).toEqual(["a", "b", "c"]);
  });

  test("gives results in order although the second one is done first", async () => {
    const { work, pass } = workbench();
    const results: string[] = [];
    const all = (async () => {
      for await (const result of readAhead(["a", "b"], work)) results.push(result);
    })();
    for (const name of ["a decoded", "b decoded", "b heard"]) pass(name);
    await settled();
    expect(results).toEqual([]);
    pass("a heard");
    await all;
    expect(results).toEqual(["a", "b"]);
  });

  test("goes on where an item never lets another one follow", async () => {
    const results: number[] = [];
    for await (const result of readAhead([1, 2, 3], async ({ item }) => item)) results.push(result);
    expect(results).toEqual([1, 2, 3]);
  });

  test("waits for what has begun when nobody wants more", async () => {
    const { events, work, pass } = workbench();
    const generator = readAhead(["a", "b"], work);
    const first = generator.next();
    pass("a decoded");
    pass("a heard");
    expect((await first).value).toBe("a");
    const end = generator.return(undefined);
    await settled();
    expect(events).toContain("decode b");
    pass("b decoded");
    pass("b heard");
    await end;
    expect(events.at(-1)).toBe("heard b");
  });

  test("tells whose turn it is", async () => {
    const turns: number[] = [];
    for await (const result of readAhead(
      ["a", "b"],
      async ({ item }) => item,
      (turn) => turns.push(turn),
    )) {
      expect(result).toBe(turns.length === 1 ? "a" : "b");
    }
    expect(turns).toEqual([0, 1]);
  });
});
