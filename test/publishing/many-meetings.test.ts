/** Publishing of many meetings at once: each is named with what becomes of it. */
import { expect, test } from "vitest";
import { addMeeting, publishingHost } from "../support/publishing/meetings.ts";

const cities = [
  { name: "Oakdale", shares: ["F"] },
  { name: "Lake Elmo", shares: ["F"], needsApproval: false },
];

test("the plan and the result name each meeting, and why some are left out", async () => {
  const { catalog, client } = await publishingHost({}, { cities });
  const ids = [
    addMeeting(catalog, { name: "approved.mp4", city: "Oakdale" }),
    addMeeting(catalog, { name: "unapproved.mp4", city: "Oakdale", isApproved: false }),
    addMeeting(catalog, { name: "by the city's rule.mp4", city: "Lake Elmo", isApproved: false }),
    addMeeting(catalog, { name: "undated.mp4", date: null }),
    "nothing",
  ];
  const reasons = [
    [],
    ["its captions have not been approved"],
    [],
    ["the date of the meeting is not known: enter it"],
    ["there is no such meeting"],
  ];
  const { meetings } = await client.library.previewPublish({ ids });
  expect(meetings.map((meeting) => meeting.reasons)).toEqual(reasons);
  expect(meetings[0]).toMatchObject({ title: "Oakdale City Council 2026-03-02", city: "Oakdale", isPublished: false });
  const results = await client.library.publish({ ids });
  expect(results.map(({ id }) => id)).toEqual(ids);
  expect(results.map(({ jobId }) => jobId === null)).toEqual(reasons.map((each) => each.length > 0));
  for (const [index, { problem }] of results.entries()) {
    for (const reason of reasons[index] ?? []) expect(problem?.message).toContain(reason);
  }
});

test("a batch takes as many as the settings say, and says of the others that they wait", async () => {
  const { catalog, client } = await publishingHost({ publishing: { batchSize: 2 } });
  const ids = ["a", "b", "c"].map((name) => addMeeting(catalog, { name: `${name}.mp4` }));
  const plan = async (wanted: string[]) =>
    (await client.library.previewPublish({ ids: wanted })).meetings.map(({ reasons }) => reasons.length);
  expect(await plan(ids)).toEqual([0, 0, 1]);
  // One that comes twice takes one place.
  const [a = "", b = ""] = ids;
  expect(await plan([a, a, b])).toEqual([0, 0, 0]);
  // One that may not be published takes none.
  expect(await plan([addMeeting(catalog, { name: "d.mp4", date: null }), a, b])).toEqual([1, 0, 0]);
  const results = await client.library.publish({ ids });
  expect(results.map(({ problem }) => problem?.message ?? null)).toEqual([
    null,
    null,
    expect.stringMatching(/beyond the 2 meetings of one batch/),
  ]);
});

test("the old path answers for each with its VOD, or why there is none", async () => {
  const { catalog, post, runtime, emulator } = await publishingHost();
  await runtime.start();
  const good = addMeeting(catalog, { name: "2026-03-02 Oakdale City Council.mp4", hasFile: true });
  const gone = addMeeting(catalog, { name: "2026-03-09 Oakdale City Council.mp4", date: "2026-03-09" });
  const bad = addMeeting(catalog, { name: "council.mp4", date: null });
  const body = { transcription_ids: [good, gone, bad, "nothing"], settings: { description: "As it was." } };
  const answer = await (await post("/api/vod/batch-publish", body)).json();
  const [vod] = emulator.tables.all("vods");
  expect(answer).toMatchObject({
    success: false,
    results: [
      { transcription_id: good, status: "success", vod_id: String(vod?.id), error: null },
      { transcription_id: gone, status: "failed", vod_id: null, error: expect.any(String) },
      { transcription_id: bad, status: "failed", vod_id: null, error: expect.stringMatching(/date of the meeting/) },
      { transcription_id: "nothing", status: "failed", vod_id: null, error: expect.stringMatching(/no such meeting/) },
    ],
  });
  expect(emulator.tables.get("shows", Number(vod?.show))).toMatchObject({ comments: "As it was." });
});

test("by itself, nothing unapproved goes unless the city's rule says so", async () => {
  const { catalog, services, runtime } = await publishingHost({ publishing: { automatic: true } }, { cities });
  const { publishReady } = await import("../../electron/publishing/auto-publish.ts");
  addMeeting(catalog, { name: "unapproved.mp4", city: "Oakdale", isApproved: false });
  addMeeting(catalog, { name: "by the city's rule.mp4", city: "Lake Elmo", isApproved: false });
  addMeeting(catalog, { name: "undated.mp4", date: null });
  expect(publishReady(services, runtime.jobService)).toBe("1 put into the queue; 2 may not be published yet");
});
