/** Captions that were corrected elsewhere come back as a file: all of them or nothing, and the editor can undo it. */
import { describe, expect, test } from "vitest";
import { writeCaptionFile } from "../../electron/captions/formats/write.ts";
import { findDraft } from "../../electron/catalog/repositories/drafts.ts";
import { findNewestCues, findNewestVersionNumber } from "../../electron/catalog/repositories/versions.ts";
import { captioned, someCues } from "../support/captions/transcriptions.ts";
import { testHost } from "../support/station/host.ts";

const key = "a window of Anna's";
const view = { cue: null, row: 0 };

async function place() {
  const host = await testHost();
  const id = captioned(host.catalog, someCues(6));
  const client = await host.connect();
  const send = (content: Uint8Array | string, more: object = {}) =>
    client.meeting.importCaptions({
      id,
      name: "corrected.srt",
      base64: Buffer.from(content).toString("base64"),
      ...more,
    });
  const texts = () => findNewestCues(host.catalog, id).map(({ lines }) => lines.join(" "));
  return { ...host, id, client, send, texts };
}

const corrected = someCues(5).map((cue, index) => ({ ...cue, lines: [`corrected ${index}`] }));
const file = (cues = corrected): string | Uint8Array => writeCaptionFile("srt", { cues, words: [] });

describe("a file of captions", () => {
  test("replaces all captions in one step, which the editor can undo, and is a version with files", async () => {
    const { client, id, send, texts, catalog } = await place();
    const before = texts();
    const done = await send(file());
    expect(done).toMatchObject({ format: "srt", captions: 5, version: 1, jobId: expect.any(String), notes: [] });
    expect(texts()).toEqual(corrected.map(({ lines }) => lines.join(" ")));
    const { versions } = await client.meeting.show({ id });
    expect(versions[0]).toMatchObject({ number: 1, origin: "import", name: "corrected.srt", cues: 5 });
    const { seq } = await client.editor.open({ id, key });
    const stream = await client.editor.watch({ id, key });
    await stream[Symbol.asyncIterator]().next();
    await client.editor.edit({ id, key, number: 1, base: seq, before: view, after: view, deed: { type: "undo" } });
    expect(findDraft(catalog, id)?.document.cues.map(({ lines }) => lines.join(" "))).toEqual(before);
  });

  test("that holds what is there already makes no version", async () => {
    const { send, catalog, id } = await place();
    await send(file());
    expect(await send(file())).toMatchObject({ version: null, jobId: null });
    expect(findNewestVersionNumber(catalog, id)).toBe(1);
  });

  test.each<[string, string | Uint8Array, RegExp]>([
    ["is another kind of file", "%PDF-1.7\n%âãÏÓ\n", /PDF/],
    ["is empty", "", /./],
    ["holds no captions", "WEBVTT\n\n", /captions/],
  ])("that %s changes nothing", async (_name, content, why) => {
    const { send, texts } = await place();
    const before = texts();
    await expect(send(content)).rejects.toMatchObject({
      data: { code: "captions.unreadable" },
      message: expect.stringMatching(why),
    });
    expect(texts()).toEqual(before);
  });

  test("of which a part cannot be read changes nothing, unless that is said to be enough", async () => {
    const { send, texts } = await place();
    const before = texts();
    const whole = Buffer.from(file());
    whole.fill(0, whole.indexOf("corrected 2"), whole.indexOf("corrected 3"));
    await expect(send(whole)).rejects.toMatchObject({
      data: { code: "captions.incomplete" },
      message: expect.stringMatching(/line \d+: .* bytes of the file are empty/),
    });
    expect(texts()).toEqual(before);
    const { notes } = await send(whole, { acceptLosses: true });
    expect(notes.join(" ")).toMatch(/bytes of the file are empty/);
    expect(texts()).toContain("corrected 4");
  });

  test("waits for a person who is correcting the captions", async () => {
    const { id, send, texts, connect, somebody } = await place();
    const before = texts();
    const other = await connect(await somebody("Olaf", "operator"));
    const opened = await other.editor.open({ id, key: "a window of Olaf's" });
    const stream = await other.editor.watch({ id, key: "a window of Olaf's" });
    await stream[Symbol.asyncIterator]().next();
    await other.editor.edit({
      id,
      key: "a window of Olaf's",
      number: 1,
      base: opened.seq,
      before: view,
      after: view,
      deed: { type: "text", cue: 1, lines: ["Olaf's words"] },
    });
    await expect(send(file())).rejects.toMatchObject({
      data: { code: "edit.read-only" },
      message: expect.stringMatching(/Olaf is correcting/),
    });
    expect(texts()).toEqual(before);
  });
});
