/** Comments on captions, by people of every role, seen by whoever has the meeting open. */
import { describe, expect, test } from "vitest";
import { captioned, someCues } from "../support/captions/transcriptions.ts";
import { testHost } from "../support/station/host.ts";

async function place() {
  const host = await testHost();
  const id = captioned(host.catalog, someCues(5));
  const anna = await host.connect();
  const olaf = await host.connect(await host.somebody("Olaf", "user"));
  return { ...host, id, anna, olaf };
}

describe("comments", () => {
  test("are made by whoever may look, answered, settled, and opened again by an answer", async () => {
    const { id, anna, olaf } = await place();
    const { comment } = await olaf.comments.add({ id, text: "  @Anna, is this Lind or Lynd?  ", cue: 2, atMs: 3_000 });
    await anna.comments.add({ id, text: "Lind.", atMs: 9, parent: comment });
    await anna.comments.resolve({ id, comment, isResolved: true });
    const settled = await olaf.comments.list({ id });
    expect(settled).toMatchObject({ people: ["Anna", "Olaf"], you: "Olaf" });
    expect(settled.comments).toMatchObject([
      { text: "@Anna, is this Lind or Lynd?", by: "Olaf", cue: 2, parent: null, resolvedBy: "Anna", isYours: true },
      // An answer stands where the thread does.
      { text: "Lind.", by: "Anna", cue: 2, atMs: 3_000, parent: comment, isYours: false },
    ]);
    await olaf.comments.add({ id, text: "Are you sure?", atMs: 9, parent: settled.comments[1]?.id ?? 0 });
    const opened = (await anna.comments.list({ id })).comments;
    expect(opened.map(({ parent, resolvedBy }) => [parent, resolvedBy])).toEqual([
      [null, null],
      [comment, null],
      [comment, null],
    ]);
  });

  test("are removed by whoever wrote them and by administrators, a thread with its answers", async () => {
    const { id, anna, olaf, connect, somebody } = await place();
    const eva = await connect(await somebody("Eva", "operator"));
    const own = await olaf.comments.add({ id, text: "Mine alone", atMs: 1 });
    await olaf.comments.remove({ id, comment: own.comment });
    const { comment } = await olaf.comments.add({ id, text: "One", atMs: 1 });
    await eva.comments.add({ id, text: "Two", atMs: 1, parent: comment });
    await expect(eva.comments.remove({ id, comment })).rejects.toMatchObject({ data: { code: "comment.others" } });
    // Their own first comment does not take the answers of others with it.
    await expect(olaf.comments.remove({ id, comment })).rejects.toMatchObject({ data: { code: "comment.answered" } });
    await anna.comments.remove({ id, comment });
    expect((await olaf.comments.list({ id })).comments).toEqual([]);
    await expect(olaf.comments.remove({ id, comment })).rejects.toMatchObject({ data: { code: "comment.unknown" } });
    await expect(olaf.comments.add({ id, text: "Three", atMs: 1, parent: comment })).rejects.toMatchObject({
      data: { code: "comment.unknown" },
    });
  });

  test("of another meeting are not reached through this one", async () => {
    const { id, catalog, anna } = await place();
    const other = captioned(catalog, someCues(3));
    const { comment } = await anna.comments.add({ id: other, text: "Elsewhere", atMs: 1 });
    await expect(anna.comments.resolve({ id, comment, isResolved: true })).rejects.toMatchObject({
      data: { code: "comment.unknown" },
    });
    expect((await anna.comments.list({ id })).comments).toEqual([]);
  });

  test.each([
    ["nothing", { text: "   ", atMs: 1 }],
    ["too much", { text: "x".repeat(2_001), atMs: 1 }],
    ["a place before the start", { text: "x", atMs: -1 }],
  ])("of %s are refused", async (_, wrong) => {
    const { id, anna } = await place();
    await expect(anna.comments.add({ id, ...wrong })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  test("are told to every window that has the meeting open", async () => {
    const { id, anna, olaf } = await place();
    const stream = await anna.editor.watch({ id, key: "a window of Anna's" });
    const iterator = stream[Symbol.asyncIterator]();
    const next = async (): Promise<string> =>
      ((await iterator.next()).value as { readonly commentsKey: string }).commentsKey;
    const before = await next();
    await olaf.comments.add({ id, text: "Look here", atMs: 1 });
    let key = before;
    while (key === before) key = await next();
    expect(key).not.toBe(before);
  });
});
