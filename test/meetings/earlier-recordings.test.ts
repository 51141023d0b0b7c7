/** Parts that are joined, and a better copy: every caption that a person has accepted is still there, at its place. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { listWords } from "../../electron/catalog/repositories/chunks.ts";
import { listDeleted } from "../../electron/catalog/repositories/deleted-meetings.ts";
import { findDraft } from "../../electron/catalog/repositories/drafts.ts";
import { listJobs } from "../../electron/catalog/repositories/jobs.ts";
import { listLibrary } from "../../electron/catalog/repositories/library.ts";
import { findFacts } from "../../electron/catalog/repositories/meeting-facts.ts";
import { changeFacts } from "../../electron/meetings/change-facts.ts";
import { restoreMeeting } from "../../electron/meetings/deletion.ts";
import { planJoin, requestJoin } from "../../electron/meetings/join-parts.ts";
import { replaceRecording } from "../../electron/meetings/replace-recording.ts";
import { correctAndAccept, listAccepted } from "../support/editing/accepted.ts";
import { meetingAt, testStation } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

const all = { sort: "completed", descending: true, limit: 10, offset: 0 } as const;

async function place() {
  const station = testStation();
  const { catalog, runtime, services } = station;
  await runtime.start();
  const folder = temporaryFolder();
  const deps = { station: services, jobService: runtime.jobService, editing: runtime.editing };
  const transcribe = async (path: string): Promise<string> => {
    const job = station.add(path);
    await expect.poll(() => station.job(job)?.state).toBe("completed");
    return station.job(job)?.transcriptionId ?? "";
  };
  const correct = (id: string, text: string): Promise<void> => correctAndAccept(runtime.editing, id, text);
  const accepted = (id: string) => listAccepted(catalog, id);
  const followed = async (type: "join" | "process", jobId: string): Promise<string> => {
    const after = (): string => {
      const job = station.job(jobId);
      if (type === "process" || job?.state !== "completed") return jobId;
      return (JSON.parse(job.result ?? "{}") as { jobId?: string }).jobId ?? "";
    };
    await expect.poll(() => station.job(jobId)?.completedDate ?? null).not.toBeNull();
    expect(station.job(jobId)).toMatchObject({ state: "completed", errorMessage: null });
    await expect.poll(() => station.job(after())?.completedDate ?? null).not.toBeNull();
    expect(station.job(after())).toMatchObject({ state: "completed" });
    return station.job(after())?.transcriptionId ?? "";
  };
  return { ...station, deps, folder, transcribe, correct, accepted, followed };
}

/** Where a word is said, by its first occurrence. */
const wordAt = (words: ReturnType<typeof listWords>, text: RegExp): number | undefined =>
  words.find((word) => text.test(word.text))?.startMs;

describe("the parts of a meeting", () => {
  test.each<[string, readonly string[]]>([
    ["of one form", ["-c", "copy"]],
    ["of different forms", ["-vf", "scale=480:270", "-r", "25", "-c:a", "aac", "-ar", "44100", "-ac", "2"]],
  ])("%s are one recording with everything that people made of them, and can be brought back", async (_name, form) => {
    const { catalog, deps, folder, transcribe, correct, accepted, followed, services } = await place();
    const first = meetingAt(join(folder, "2026-03-02 Oakdale Council part 1.mp4"), 40, 0);
    const cut = meetingAt(join(folder, "cut.mp4"), 40, 40);
    const second = join(folder, "2026-03-02 Oakdale Council part 2's “end”.mp4");
    execFileSync("ffmpeg", ["-nostdin", "-v", "error", "-i", cut, ...form, second]);
    const ids = [await transcribe(first), await transcribe(second)];
    const [a = "", b = ""] = ids;
    await changeFacts(deps, a, { title: "Regular meeting", tags: ["streets"] }, "Anna");
    await correct(a, "corrected in part one");
    await correct(b, "corrected in part two");
    const before = ids.map(accepted);
    expect(before.map(({ length }) => length)).toEqual([3, 3]);
    const plan = await planJoin(deps, ids.toReversed());
    expect(plan.map(({ id, obstacle }) => [id, obstacle])).toEqual(ids.map((id) => [id, null]));
    const jobId = await requestJoin(deps, ids, "Anna");
    const joined = await followed("join", jobId);
    expect(listLibrary(catalog, all).rows.map(({ id }) => id)).toEqual([joined]);
    expect(findFacts(catalog, joined)).toMatchObject({
      title: "Regular meeting",
      tags: ["streets"],
      date: "2026-03-02",
    });
    const [row] = listLibrary(catalog, all).rows;
    expect(existsSync(row?.filePath ?? "")).toBe(true);
    const job = listJobs(catalog, { types: ["process"] }).find(({ payload }) => payload.includes('"parts"'));
    const { parts } = JSON.parse(job?.payload ?? "{}") as { parts: readonly { startMs: number }[] };
    const shift = parts[1]?.startMs ?? 0;
    expect(shift).toBeGreaterThan(38_000);
    expect(accepted(joined)).toEqual([
      ...(before[0] ?? []),
      ...(before[1] ?? []).map(({ startMs, text }) => ({ startMs: startMs + shift, text })),
    ]);
    // The sound is where the captions are: a word of the second part was recognized at the same distance.
    const words = listWords(catalog, b);
    const word = words.find(({ text, startMs }) => text.length > 6 && startMs > 8_000);
    const again = listWords(catalog, joined).find(
      ({ text, startMs }) => text === word?.text && Math.abs(startMs - (word?.startMs ?? 0) - shift) < 2_000,
    );
    expect(Math.abs((again?.startMs ?? 0) - (word?.startMs ?? 0) - shift)).toBeLessThan(250);
    expect(new Set(listDeleted(catalog).map(({ id }) => id))).toEqual(new Set(ids));
    restoreMeeting(deps, a, "Anna");
    expect(accepted(a)).toEqual(before[0]);
    expect(services.folder.joined).toBeTruthy();
  });

  test("are refused in words where they are none", async () => {
    const { deps, folder, transcribe } = await place();
    const only = await transcribe(meetingAt(join(folder, "only.mp4"), 8, 0));
    await expect(requestJoin(deps, [only], "Anna")).rejects.toMatchObject({ code: "meeting.not-joinable" });
    await expect(requestJoin(deps, [only, only], "Anna")).rejects.toMatchObject({ code: "meeting.not-joinable" });
    await expect(requestJoin(deps, [only, "nobody"], "Anna")).rejects.toMatchObject({ code: "meeting.unknown" });
  });
});

describe("a better copy", () => {
  test("begins earlier and is longer: what was accepted is at the same words", async () => {
    const { catalog, deps, folder, transcribe, correct, accepted, followed } = await place();
    const worse = meetingAt(join(folder, "2026-03-02 Oakdale Council.mp4"), 60, 12);
    const id = await transcribe(worse);
    await correct(id, "corrected in the worse copy");
    const before = accepted(id);
    expect(before).toHaveLength(3);
    mkdirSync(join(folder, "better"));
    const better = meetingAt(join(folder, "better", "2026-03-02 Oakdale Council.mp4"), 90, 0);
    const whole = await followed("process", await replaceRecording(deps, id, better, "Anna"));
    expect(whole).not.toBe(id);
    expect(listLibrary(catalog, all).rows.map((row) => [row.id, row.filePath])).toEqual([[whole, better]]);
    const said = /^quorum/i;
    const shift = (wordAt(listWords(catalog, whole), said) ?? 0) - (wordAt(listWords(catalog, id), said) ?? 0);
    expect(shift).toBeGreaterThan(8_000);
    const after = accepted(whole);
    expect(after.map(({ text }) => text)).toEqual(before.map(({ text }) => text));
    after.forEach(({ startMs }, index) => {
      expect(Math.abs(startMs - (before[index]?.startMs ?? 0) - shift)).toBeLessThan(300);
    });
    // Before its sound begins, there is what the machine has recognized.
    const cues = findDraft(catalog, whole)?.document.cues ?? [];
    expect(cues.filter(({ endMs }) => endMs <= (after[0]?.startMs ?? 0)).length).toBeGreaterThan(1);
    await expect(replaceRecording(deps, whole, better, "Anna")).rejects.toMatchObject({ code: "meeting.invalid" });
  });
});
