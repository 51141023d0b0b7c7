/** Publishing of one meeting: what the preview shows is what is sent, or nothing is. */
import { describe, expect, test } from "vitest";
import { approveNewest } from "../../electron/catalog/repositories/approvals.ts";
import { findLibraryRow } from "../../electron/catalog/repositories/library.ts";
import { addVersion } from "../../electron/catalog/repositories/versions.ts";
import { addMeeting, publishingHost } from "../support/publishing/meetings.ts";
import { someCues } from "../support/publishing/publication.ts";

const name = "2026-03-02 Oakdale City Council.mp4";
const now = "2026-03-04T08:00:00.000Z";

type Host = Awaited<ReturnType<typeof publishingHost>>;

/** Waits until a job is over. @returns Its error; null: it has completed */
async function ended(host: Host, jobId: string): Promise<string | null> {
  await expect.poll(() => host.job(jobId)?.completedDate ?? null, { timeout: 60_000 }).not.toBeNull();
  return host.job(jobId)?.errorMessage ?? null;
}

/** The show, VOD and chapters that the server has of the only meeting that is published. */
function onServer({ emulator: { tables } }: Host) {
  const [vod] = tables.all("vods");
  const show = tables.get("shows", Number(vod?.show));
  const chapters = tables.all("chapters").map(({ offset, title }) => `${String(offset)} ${String(title)}`);
  return { show, chapters };
}

describe("the preview", () => {
  test("shows every part as it is sent; what is changed there is sent, over REST as on the screen", async () => {
    const host = await publishingHost({}, { cities: [{ name: "Oakdale", shares: ["F"], cablecast: { tagField: 5 } }] });
    const { catalog, client, post, runtime } = host;
    const id = addMeeting(catalog, { name, city: "Oakdale", hasFile: true });
    const plain = await client.meeting.preview({ id });
    expect(plain).toMatchObject({
      obstacles: [],
      isPublished: false,
      show: null,
      qualities: [1080],
      sent: {
        title: "Oakdale City Council",
        listTitle: "Oakdale City Council 2026-03-02",
        description: "The street project was approved.",
        date: "2026-03-02",
        tags: ["street project"],
        quality: null,
        captions: true,
        captionCount: 3,
      },
    });
    const changed = {
      title: "Special meeting",
      description: "As it was.",
      date: "2026-03-05",
      tags: ["streets", "budget"],
      chapters: [
        { title: "Vote", startMs: 8_500 },
        { title: "Opening", startMs: 0 },
      ],
      quality: 1080,
    };
    const previewed = await (await post(`/api/meetings/${id}/preview`, changed)).json();
    expect(previewed.sent).toMatchObject({
      ...changed,
      chapters: [
        { title: "Opening", startMs: 0 },
        { title: "Vote", startMs: 8_500 },
      ],
    });
    expect(host.emulator.calls.every(({ method }) => method === "GET")).toBe(true);
    await runtime.start();
    const { jobId } = await (
      await post(`/api/meetings/${id}/publish`, { ...changed, expected: previewed.fingerprint })
    ).json();
    expect(await ended(host, jobId)).toBeNull();
    const { show, chapters } = onServer(host);
    expect(show).toMatchObject({
      title: "Special meeting",
      cgTitle: "Special meeting",
      comments: "As it was.",
      eventDate: "2026-03-05T00:00:00",
      customFields: [
        { showField: 5, value: "streets" },
        { showField: 5, value: "budget" },
      ],
    });
    expect(chapters).toEqual(["0 Opening", "8 Vote"]);
    // A date that was entered is the meeting's from then on.
    expect(findLibraryRow(catalog, id)?.meetingDate).toBe("2026-03-05");
    // The next publication sends the chapters that were chosen, as long as the meeting has no others.
    expect((await client.meeting.preview({ id })).sent).toMatchObject({
      title: "Special meeting",
      description: "As it was.",
      chapters: [{ title: "Opening" }, { title: "Vote" }],
    });
  });

  test("of captions that have changed since is worth nothing: nothing is sent, now or by the job", async () => {
    const host = await publishingHost();
    const { catalog, client, runtime, emulator } = host;
    const id = addMeeting(catalog, { name, hasFile: true });
    const correct = (text: string): void => {
      addVersion(catalog, id, { cues: someCues.map((cue) => ({ ...cue, lines: [text] })), name: "n", date: now });
      approveNewest(catalog, id, { by: "Anna", date: now, reasons: [] });
    };
    const { fingerprint } = await client.meeting.preview({ id });
    correct("Corrected.");
    await expect(client.meeting.publish({ id, expected: fingerprint })).rejects.toThrow(
      /not what the preview has shown/,
    );
    const fresh = await client.meeting.preview({ id });
    const { jobId } = await client.meeting.publish({ id, expected: fresh.fingerprint });
    correct("Corrected again, while the job was waiting.");
    await runtime.start();
    expect(await ended(host, jobId)).toMatch(/not what the preview has shown/);
    expect(emulator.tables.all("vods")).toEqual([]);
    const last = await client.meeting.preview({ id });
    expect(await ended(host, (await client.meeting.publish({ id, expected: last.fingerprint })).jobId)).toBeNull();
  });

  test("is of one request: another one with other options is refused while a job is open", async () => {
    const { catalog, client } = await publishingHost();
    const id = addMeeting(catalog, { name });
    const first = await client.meeting.publish({ id, title: "One" });
    expect(await client.meeting.publish({ id, title: "One" })).toEqual(first);
    await expect(client.meeting.publish({ id, title: "Two" })).rejects.toThrow(/with other options/);
  });
});

describe("an unknown date", () => {
  test("stays unknown, stops publishing, is asked for, and is the meeting's once it is entered", async () => {
    const host = await publishingHost();
    const { catalog, client, runtime } = host;
    const id = addMeeting(catalog, { name: "council.mp4", date: null, hasFile: true });
    const listed = await client.library.list({ limit: 10, offset: 0 });
    expect(listed.meetings).toMatchObject([{ date: null }]);
    const preview = await client.meeting.preview({ id });
    expect([preview.sent.date, preview.obstacles]).toEqual([null, ["the date of the meeting is not known: enter it"]]);
    await expect(client.meeting.publish({ id })).rejects.toThrow(/date of the meeting is not known/);
    const dated = await client.meeting.previewWith({ id, date: "2026-02-28" });
    expect([dated.sent.date, dated.obstacles]).toEqual(["2026-02-28", []]);
    await runtime.start();
    const { jobId } = await client.meeting.publish({ id, date: "2026-02-28", expected: dated.fingerprint });
    expect(await ended(host, jobId)).toBeNull();
    expect(onServer(host).show).toMatchObject({ eventDate: "2026-02-28T00:00:00" });
    expect((await client.library.list({ limit: 10, offset: 0 })).meetings).toMatchObject([{ date: "2026-02-28" }]);
  });

  test("is none that no calendar has", async () => {
    const { catalog, client } = await publishingHost();
    const id = addMeeting(catalog, { name: "council.mp4", date: null });
    for (const date of ["2026-02-30", "today", ""]) {
      await expect(client.meeting.previewWith({ id, date })).rejects.toThrow();
    }
  });

  test("sorts behind all others, whichever way they are sorted", async () => {
    const { catalog, client } = await publishingHost();
    for (const date of [null, "2026-03-02", "2026-03-09"]) addMeeting(catalog, { name: `${date}.mp4`, date });
    const order = async (descending: boolean) =>
      (await client.library.list({ sort: "date", descending, limit: 10, offset: 0 })).meetings.map(({ date }) => date);
    expect(await order(true)).toEqual(["2026-03-09", "2026-03-02", null]);
    expect(await order(false)).toEqual(["2026-03-02", "2026-03-09", null]);
  });
});

describe("the show", () => {
  test("is any that is named by its number, and it stays the meeting's", async () => {
    const host = await publishingHost();
    const { catalog, client, runtime, emulator } = host;
    const id = addMeeting(catalog, { name, hasFile: true });
    const [other] = emulator.tables.all("shows");
    const show = Number(other?.id);
    const { show: chosen, fields } = await client.meeting.previewWith({ id, show });
    expect(chosen).toMatchObject({ id: show, title: other?.title });
    expect(fields.map(({ field, outcome }) => `${field} ${outcome}`)).toContain("title keep");
    await expect(client.meeting.previewWith({ id, show: 9_999 })).rejects.toThrow(/does not know it/);
    await runtime.start();
    expect(await ended(host, (await client.meeting.publish({ id, show })).jobId)).toBeNull();
    expect(emulator.tables.all("vods")).toMatchObject([{ show }]);
    expect((await client.meeting.preview({ id })).show).toMatchObject({ id: show });
    // It is another meeting's now.
    const second = addMeeting(catalog, { name: "2026-03-09 Oakdale City Council.mp4", date: "2026-03-09" });
    await expect(client.meeting.previewWith({ id: second, show })).rejects.toThrow(/another recording/);
  });

  test("is a new one where that is asked for, also when another one was linked; and only one", async () => {
    const host = await publishingHost();
    const { catalog, client, runtime, emulator } = host;
    const id = addMeeting(catalog, { name, hasFile: true });
    const [other] = emulator.tables.all("shows");
    await client.cablecast.link({ transcriptionId: id, showId: Number(other?.id) });
    expect((await client.meeting.previewWith({ id, newShow: true })).show).toBeNull();
    await runtime.start();
    for (let round = 0; round < 2; round++) {
      expect(await ended(host, (await client.meeting.publish({ id, newShow: true })).jobId)).toBeNull();
    }
    expect(emulator.tables.all("shows").filter(({ localId }) => localId !== null)).toHaveLength(1);
    expect(emulator.tables.all("vods")).toHaveLength(1);
  });
});
