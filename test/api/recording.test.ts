/** A recording from the file to the approved captions, through the interface. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { QueueView } from "../../electron/contract/api/queue.ts";
import { hitStart } from "../../electron/contract/terms.ts";
import { sampleVideo } from "../support/paths.ts";
import { testHost } from "../support/station/host.ts";
import { meetingAt } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

describe("a recording", () => {
  test("is looked at, started, watched while it runs, found by its words, and shown", async () => {
    const { connect, runtime } = await testHost();
    const client = await connect();
    const folder = temporaryFolder();
    const good = meetingAt(join(folder, "2026-03-02 Oakdale City Council.mp4"), 30);
    writeFileSync(join(folder, "broken.mp4"), "This is no video.");
    const looked = await client.intake.look({ paths: [folder] });
    expect(looked.map(({ filename, problem }) => [filename, problem === null])).toEqual([
      ["2026-03-02 Oakdale City Council.mp4", true],
      ["broken.mp4", false],
    ]);
    expect(looked[0]).toMatchObject({ date: "2026-03-02", type: "City Council", isQueued: false, isDone: false });
    expect(looked[1]?.problem?.remedy).toEqual(expect.stringMatching(/\.$/));
    await runtime.start();
    const [started] = await client.intake.start({
      recordings: [{ path: good, date: "2026-03-03", type: "Work Session", title: "About streets" }],
    });
    const id = started?.jobId ?? "";
    const seen: QueueView[] = [];
    for await (const view of await client.queue.watch({})) {
      seen.push(view);
      if (view.jobs[0]?.completed_date != null) break;
    }
    expect(seen[0]?.jobs.map(({ job_id }) => job_id)).toEqual([id]);
    expect(seen.at(-1)?.counts.completed).toBe(1);
    expect(seen.some(({ jobs }) => jobs[0]?.status === "running" && (jobs[0]?.progress ?? 0) > 0)).toBe(true);
    const words = await client.queue.words({ id });
    for await (const { words: heard } of words) {
      expect(heard.map(({ text }) => text).join(" ")).toMatch(/order/i);
      break;
    }
    const { meetings } = await client.library.list({});
    expect(meetings).toMatchObject([{ filename: "2026-03-02 Oakdale City Council.mp4", date: "2026-03-03" }]);
    const { hits, total } = await client.library.find({ text: "order" });
    expect(total).toBeGreaterThan(0);
    expect(hits[0]?.context).toContain(hitStart);
    const shown = await client.meeting.show({ id: meetings[0]?.id ?? "" });
    expect(shown).toMatchObject({
      title: "About streets",
      type: "Work Session",
      media: { isThere: true, isPlayable: true },
    });
    expect(shown.files.every(({ isThere: pathExists, isChanged }) => pathExists && !isChanged)).toBe(true);
    const cues = await client.meeting.cues({ id: meetings[0]?.id ?? "" });
    expect(cues.length).toBeGreaterThan(2);
    await client.meeting.approve({ id: meetings[0]?.id ?? "", reason: "read aloud" });
    expect((await client.meeting.show({ id: meetings[0]?.id ?? "" })).versions[0]?.approvedBy).toBe("Anna");
    const { steps, history } = await client.queue.show({ id });
    expect(steps.every(({ status }) => status === "completed")).toBe(true);
    expect(history.at(-1)?.kind).toBe("completed");
  });

  test("that cannot be started keeps none of the others from it", async () => {
    const { connect } = await testHost();
    const client = await connect();
    const results = await client.intake.start({ recordings: [{ path: "/nowhere/x.mp4" }, { path: sampleVideo }] });
    expect(results.map(({ jobId, problem }) => [jobId !== null, problem?.code])).toEqual([
      [false, "file.missing"],
      [true, undefined],
    ]);
  });
});
