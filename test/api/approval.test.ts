/** Approving, taking back and exporting, by the meeting's page, the library and REST. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { captioned, someCues } from "../support/captions/transcriptions.ts";
import { testHost } from "../support/station/host.ts";
import { temporaryFolder } from "../support/temporary.ts";

const key = "a window of Anna's";
const view = { cue: null, row: 0 };

async function place() {
  const host = await testHost();
  const out = join(temporaryFolder(), "meeting");
  const meeting = (number: number): string => {
    const id = captioned(host.catalog, someCues(4), number);
    const statement = host.catalog.database.$client.prepare("UPDATE transcriptions SET output_folder = ? WHERE id = ?");
    statement.run(`${out}-${number}`, id);
    return id;
  };
  return { ...host, meeting, out };
}

describe("approving outside of the editor", () => {
  test("follows the editor's rules, tells what stands, and is taken back, over REST", async () => {
    const { connect, meeting, post, call } = await place();
    const client = await connect();
    const id = meeting(1);
    const { seq } = await client.editor.open({ id, key });
    const stream = await client.editor.watch({ id, key });
    await stream[Symbol.asyncIterator]().next();
    const deed = { type: "text" as const, cue: 1, lines: ["the the words"] };
    await client.editor.edit({ id, key, number: 1, base: seq, deed, before: view, after: view });
    const state = async () => (await call(`/api/meetings/${id}/approval`)).json();
    expect(await state()).toMatchObject({ approval: null, open: { errors: 0, gaps: 0, warnings: 1 }, unsavedEdits: 1 });
    expect((await post(`/api/meetings/${id}/approve`, {})).status).toBe(409);
    expect(await (await post(`/api/meetings/${id}/approve`, { reason: "said twice" })).json()).toMatchObject({
      version: 1,
      jobId: expect.any(String),
    });
    expect(await state()).toMatchObject({
      approval: { version: 1, by: "Anna", isOfNewest: true, editsSince: 0, reasons: [{ reason: "said twice" }] },
      history: [{ action: "approved", version: 1 }],
    });
    await post(`/api/meetings/${id}/take-back`, {});
    expect(await state()).toMatchObject({
      approval: null,
      history: [{ action: "approved" }, { action: "taken back", by: "Anna" }],
    });
  });

  test("of many names what was not approved, and why", async () => {
    const { connect, meeting } = await place();
    const client = await connect();
    const [good, empty] = [meeting(1), meeting(2)];
    const results = await client.library.approve({ ids: [good, "nobody", empty] });
    expect(results.map(({ problem }) => problem?.code)).toEqual([undefined, "meeting.unknown", undefined]);
  });
});

test("an export that fails stands on the meeting, and what is older says so until one succeeds", async () => {
  const { connect, meeting, runtime, out } = await place();
  const client = await connect();
  const id = meeting(1);
  await runtime.start();
  // A file stands where the folder has to be.
  writeFileSync(`${out}-1`, "");
  const { jobId } = await client.meeting.exportFiles({ id });
  await expect.poll(() => runtime.jobService.find(jobId).state).toBe("failed");
  const { export: job } = await client.meeting.show({ id });
  expect(job).toMatchObject({ jobId, state: "failed", problem: { remedy: expect.stringMatching(/\w/) } });
  rmSync(`${out}-1`);
  const again = await client.meeting.exportFiles({ id });
  await expect.poll(() => runtime.jobService.find(again.jobId).state).toBe("completed");
  const shown = await client.meeting.show({ id });
  expect(shown.export).toMatchObject({ state: "completed", problem: null });
  expect(shown.files.length).toBeGreaterThan(2);
  expect(shown.files.every(({ isOlder, version }) => !isOlder && version === 0)).toBe(true);
});
