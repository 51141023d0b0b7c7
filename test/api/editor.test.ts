/** Correcting captions through the interface: over a socket, by people of every role. */
import { describe, expect, test } from "vitest";
import { writeCaptionFile } from "../../electron/captions/formats/write.ts";
import { getApprovalFacts } from "../../electron/catalog/repositories/publishing.ts";
import { storeSpeechSpans } from "../../electron/catalog/repositories/speech-spans.ts";
import { setSpeechFacts } from "../../electron/catalog/repositories/transcriptions.ts";
import { captioned, someCues } from "../support/captions/transcriptions.ts";
import { testHost } from "../support/station/host.ts";

const view = { cue: null, row: 0 };
const key = "a window of Anna's";

interface Present {
  readonly name: string;
  readonly isYou: boolean;
  readonly cue: number | null;
}

async function place() {
  const host = await testHost();
  const id = captioned(host.catalog, someCues(10));
  const client = await host.connect();
  const opened = await client.editor.open({ id, key });
  const stream = await client.editor.watch({ id, key });
  const iterator = stream[Symbol.asyncIterator]();
  const first = await iterator.next();
  let number = 0;
  const edit = (deed: Parameters<typeof client.editor.edit>[0]["deed"], base: number, more: object = {}) =>
    client.editor.edit({ id, key, number: ++number, base, deed, before: view, after: view, ...more });
  return { ...host, id, client, opened, iterator, first: first.value, edit };
}

describe("the editor's calls", () => {
  test("tell nobody the key of another window, and believe no key without its person", async () => {
    const { id, connect, somebody } = await place();
    const other = await connect(await somebody("Olaf", "operator"));
    const seen = await other.editor.open({ id, key: "a window of Olaf's" });
    expect(JSON.stringify(seen)).not.toContain(key);
    expect(seen.people.writer).toEqual({ name: "Anna", isYou: false });
    const options = {
      id,
      key,
      number: 1,
      base: 0,
      before: view,
      after: view,
      deed: { type: "delete" as const, cues: [1] },
    };
    await expect(other.editor.edit(options)).rejects.toMatchObject({ data: { code: "edit.read-only" } });
    await other.editor.leave({ id, key, view });
    await other.editor.answer({ id, key, isGranted: true });
    expect((await other.editor.open({ id, key })).people.writer).toEqual({ name: "Anna", isYou: false });
  });

  test("tell everybody who is there and where, and nobody where somebody else's window is", async () => {
    const { id, client, iterator, connect, somebody, first } = await place();
    expect(first).toMatchObject({ people: { present: [{ name: "Anna", isYou: true, cue: null }] } });
    const other = await connect(await somebody("Olaf", "user"));
    const own = "a window of Olaf's";
    await other.editor.open({ id, key: own });
    const stream = await other.editor.watch({ id, key: own });
    const olaf = stream[Symbol.asyncIterator]();
    await olaf.next();
    await other.editor.here({ id, key: own, cue: 4 });
    /** Who is there, by the next notices, as soon as it is what is expected. */
    const present = async (wanted: (others: readonly Present[]) => boolean): Promise<readonly Present[]> => {
      for (;;) {
        const { people } = (await iterator.next()).value as {
          readonly people: { readonly present: readonly Present[] };
        };
        if (wanted(people.present)) return people.present;
      }
    };
    expect(await present((all) => all.some(({ cue }) => cue !== null))).toEqual([
      { name: "Anna", isYou: true, cue: null },
      { name: "Olaf", isYou: false, cue: 4 },
    ]);
    // A key that is not one's own moves nobody.
    await expect(other.editor.here({ id, key, cue: 9 })).rejects.toMatchObject({ data: { code: "edit.stale" } });
    await expect(client.editor.here({ id, key: own, cue: 9 })).rejects.toMatchObject({ data: { code: "edit.stale" } });
    await other.editor.leave({ id, key: own, view });
    expect(await present((all) => all.length === 1)).toEqual([{ name: "Anna", isYou: true, cue: null }]);
  });

  test("open, watch, edit, undo, and tell the history", async () => {
    const { client, id, opened, first, edit } = await place();
    expect(opened).toMatchObject({ seq: 0, canUndo: false, recovered: null });
    expect(opened.cues).toHaveLength(10);
    expect(first).toMatchObject({ isWriter: true, seq: 0, steps: [] });
    expect(await edit({ type: "text", cue: 1, lines: ["corrected"] }, 0)).toMatchObject({
      seq: 1,
      canUndo: true,
      step: null,
    });
    expect(await edit({ type: "undo" }, 1)).toMatchObject({
      seq: 2,
      canUndo: false,
      canRedo: true,
      step: { cues: [{ at: 0 }] },
    });
    const { steps, redo } = await client.editor.history({ id });
    expect(steps.map(({ deed, by }) => `${deed.type} ${by}`)).toEqual(["text Anna", "undo Anna"]);
    expect(redo).toEqual([1]);
    expect((await client.editor.past({ id, seq: 1 }))[0]?.lines).toEqual(["corrected"]);
    expect((await client.editor.past({ id, number: 0 }))[0]?.lines).toEqual(["this is caption number 0"]);
  });

  test("refuse what is stale, senseless, or no edit at all, with the reason", async () => {
    const { edit, client, id } = await place();
    await expect(edit({ type: "delete", cues: [1] }, 5)).rejects.toMatchObject({ data: { code: "edit.stale" } });
    await expect(edit({ type: "merge", cue: 10 }, 0)).rejects.toMatchObject({ data: { code: "edit.refused" } });
    await expect(edit({ type: "undo" }, 0)).rejects.toMatchObject({ data: { code: "edit.nothing" } });
    await expect(edit({ type: "text", cue: 1, lines: ["x".repeat(501)] }, 0)).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
    await expect(edit({ type: "everything" } as never, 0)).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await expect(client.editor.open({ id: "nobody", key })).rejects.toMatchObject({
      data: { code: "meeting.unknown" },
    });
    expect((await client.editor.open({ id, key })).seq).toBe(0);
  });

  test("let nobody write who has not the pen, whatever their role", async () => {
    const { id, connect, somebody } = await place();
    const looker = await connect(await somebody("Ute", "user"));
    const options = {
      id,
      key: "a window of Ute's",
      number: 1,
      base: 0,
      before: view,
      after: view,
      deed: { type: "delete" as const, cues: [1] },
    };
    expect((await looker.editor.open({ id, key: "a window of Ute's" })).people.writer?.name).toBe("Anna");
    await expect(looker.editor.edit(options)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(looker.editor.take(options)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const other = await connect(await somebody("Olaf", "operator"));
    await expect(other.editor.edit(options)).rejects.toMatchObject({ data: { code: "edit.read-only" } });
    // Nor does a window that does not show the meeting get the pen, or hold it up for others.
    await expect(other.editor.take({ id, key: options.key })).rejects.toMatchObject({ data: { code: "edit.stale" } });
    await expect(other.editor.ask({ id, key: options.key })).rejects.toMatchObject({ data: { code: "edit.stale" } });
    await expect(other.editor.seal({ id, key: options.key, approve: true })).rejects.toMatchObject({
      data: { code: "edit.read-only" },
    });
  });

  test("approve nothing with an open error, and warnings only with a reason", async () => {
    const { edit, client, id, catalog } = await place();
    await edit({ type: "text", cue: 1, lines: ["this line is far too long for the caption screen of anybody"] }, 0);
    await expect(client.editor.seal({ id, key, approve: true })).rejects.toMatchObject({
      data: { code: "edit.errors" },
    });
    await edit({ type: "text", cue: 1, lines: ["the the words"] }, 1);
    await expect(client.editor.seal({ id, key, approve: true })).rejects.toMatchObject({
      data: { code: "edit.warnings" },
    });
    const sealed = await client.editor
      .seal({ id, key, approve: true, reason: "said so" })
      .catch((thrown: unknown) => thrown);
    // Its recording is nowhere: the version is kept all the same, and the files are a job's matter.
    expect(sealed).toMatchObject({ number: 1 });
    const [approved] = (await client.meeting.show({ id })).versions;
    expect(approved).toMatchObject({ number: 1, approvedBy: "Anna", name: "approved" });
    expect(catalog.database.$client.prepare("SELECT count(*) AS n FROM edits").get()).toEqual({ n: 3 });
  });

  test("approve no speech without captions, by whatever door, until it has some or nobody speaks there", async () => {
    const { edit, client, id, catalog } = await place();
    storeSpeechSpans(catalog, id, [
      { startMs: 1_000, endMs: 20_000 },
      { startMs: 30_000, endMs: 42_000 },
    ]);
    setSpeechFacts(catalog, id, { voiceDetection: "silero" });
    expect(await client.editor.heard({ id })).toMatchObject({ speech: [{}, {}], speechDetector: "silero" });
    const blocked = { message: expect.stringMatching(/1 place where people speak/), data: { code: "edit.errors" } };
    await expect(client.editor.seal({ id, key, approve: true, reason: "said so" })).rejects.toMatchObject(blocked);
    await expect(client.meeting.approve({ id })).rejects.toMatchObject(blocked);
    const [gap] = (await client.meeting.show({ id })).issues.filter(({ severity }) => severity === "error");
    expect(gap).toMatchObject({ rule: "speech-without-caption", atMs: 30_000, untilMs: 42_000 });
    expect(getApprovalFacts(catalog, id)).toEqual({ openErrors: 1, isApproved: false });
    // What somebody says of it counts with the station's name of that person.
    await edit({ type: "no-speech", startMs: 30_000, endMs: 42_000 }, 0);
    const { marks } = await client.editor.open({ id, key });
    expect(marks).toMatchObject([{ kind: "no-speech", atMs: 30_000, untilMs: 42_000, by: "Anna" }]);
    await client.meeting.approve({ id });
    expect(getApprovalFacts(catalog, id)).toEqual({ openErrors: 0, isApproved: true });
    await edit({ type: "delete", cues: [3, 4, 5] }, 1);
    await expect(client.editor.seal({ id, key, approve: true, reason: "said so" })).rejects.toMatchObject(blocked);
    await edit(
      {
        type: "insert",
        startMs: 5_000,
        endMs: 10_500,
        lines: ["now we hear the report of the", "director of public works, please"],
      },
      2,
    );
    expect(await client.editor.seal({ id, key, approve: true, reason: "said so" })).toMatchObject({ number: 2 });
    expect(getApprovalFacts(catalog, id)).toEqual({ openErrors: 0, isApproved: true });
  });

  test("read caption files of any format, and say of others what they are not", async () => {
    const { client, id } = await place();
    const read = (name: string, content: string | Uint8Array) =>
      client.editor.readFile({ id, name, base64: Buffer.from(content).toString("base64") });
    expect((await read("x.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nhello\n")).cues).toMatchObject([
      { startMs: 1_000, lines: ["hello"] },
    ]);
    const cues = [{ startMs: 1_000, endMs: 2_000, lines: ["Señor"] }];
    expect(await read("x.stl", writeCaptionFile("stl", { cues, words: [] }))).toEqual({
      format: "stl",
      cues,
      notes: [],
    });
    await expect(read("x.txt", "\u0000\u0001")).rejects.toMatchObject({
      data: { code: "captions.unreadable", message: /x\.txt/ },
    });
  });
});

test.each(["peaks", "pictures", "shots"])("%s are for those who have signed in, and by ids only", async (name) => {
  const { call } = await testHost();
  expect((await call(`/${name}/x`, { token: "" })).status).toBe(401);
  expect((await call(`/${name}/..%2f..%2fsettings.json`)).status).toBe(404);
  expect((await call(`/${name}/%00`)).status).toBeOneOf([400, 404]);
});
