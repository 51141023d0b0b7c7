/** Batches by REST and from the screens: both shapes, how far they are, what failed, and their reports. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { forgetEndedJobs } from "../../../electron/catalog/repositories/jobs.ts";
import { testHost } from "../../support/station/host.ts";
import { meetingAt } from "../../support/station/station.ts";
import { temporaryFolder } from "../../support/temporary.ts";

async function host() {
  const share = join(temporaryFolder(), "flex");
  mkdirSync(share);
  const all = await testHost({
    shares: [{ label: "Flex", path: share }],
    cities: [
      { name: "Oakdale", shares: ["Flex"], folders: ["oakdale/**"] },
      { name: "Lake Elmo", shares: ["Flex"], folders: ["elmo/**"] },
    ],
    settings: { queue: { attempts: 1 } },
  });
  return { ...all, share, client: await all.connect() };
}

type Host = Awaited<ReturnType<typeof host>>;
const payload = ({ job }: Host, id: string) => JSON.parse(job(id)?.payload ?? "{}") as Record<string, unknown>;
const ended = (all: Host, id: string) =>
  expect
    .poll(async () => (await all.client.batches.report({ id })).batch.completedDate, { timeout: 90_000 })
    .not.toBeNull();

describe("a batch of files", () => {
  test("takes settings for all and for one, and says what it does not take and why", async () => {
    const all = await host();
    const folder = temporaryFolder();
    const first = meetingAt(join(folder, "2026-03-02 Oakdale council.mp4"));
    const second = meetingAt(join(folder, "in", "b.mp4"), 7);
    writeFileSync(join(folder, "notes.mp4"), "no film");
    const answer = await all.post("/api/batches", {
      name: "March",
      files: [
        first,
        { path: join(folder, "in"), city: "Lake Elmo", formats: ["vtt"], speakers: false, priority: 5 },
        join(folder, "notes.mp4"),
        join(folder, "gone.mp4"),
      ],
      settings: { formats: ["scc", "srt"], summary: false, priority: 2 },
    });
    expect(answer.status).toBe(200);
    const created = (await answer.json()) as {
      batch_id: string;
      name: string;
      jobs: string[];
      refused: { path: string }[];
    };
    expect(created.name).toBe("March");
    expect(created.jobs).toHaveLength(2);
    expect(created.refused.map(({ path }) => path)).toEqual([join(folder, "notes.mp4"), join(folder, "gone.mp4")]);
    const [one, two] = created.jobs as [string, string];
    expect(all.job(one)).toMatchObject({ city: "Oakdale", priority: 2, batchId: created.batch_id });
    expect(payload(all, one)).toMatchObject({ path: first, formats: ["scc", "srt"], summary: false });
    expect(all.job(two)).toMatchObject({ city: "Lake Elmo", priority: 5 });
    expect(payload(all, two)).toMatchObject({ path: second, formats: ["vtt"], summary: false, speakerLabels: "none" });
    // The same files again are in the queue already.
    const again = await all.post("/api/batches", { files: [first] });
    expect(again.status).toBe(422);
    expect(await again.json()).toMatchObject({
      data: { code: "batch.empty", message: expect.stringMatching(/in the queue already/) },
    });
  });

  test.each<[string, object]>([
    ["with neither cities nor files", { name: "x" }],
    ["with both", { cities: [], files: ["/a.mp4"] }],
    ["with a setting that nobody knows", { files: ["/a.mp4"], settings: { webhook_url: "http://x" } }],
    ["with a format that nobody knows", { files: ["/a.mp4"], settings: { formats: ["doc"] } }],
    ["of no files", { files: [] }],
  ])("%s is refused", async (_, body) => {
    const { post } = await host();
    expect((await post("/api/batches", body)).status).toBe(400);
  });

  test("runs, tells how far it is, and is reported; what failed is tried again and reported anew", async () => {
    const all = await host();
    const { client, runtime, catalog } = all;
    const folder = temporaryFolder();
    const good = meetingAt(join(folder, "Oakdale a.mp4"));
    const bad = meetingAt(join(folder, "Oakdale b.mp4"), 7);
    const { batch_id: id, jobs } = await client.batches.create({
      files: [{ path: good }, { path: bad }],
      settings: { formats: ["vtt"], summary: false },
    });
    expect((await client.batches.list())[0]).toMatchObject({
      id,
      name: "2 recordings",
      progress: 0,
      cities: [{ city: "Oakdale", total: 2, completed: 0, failed: 0, open: 2 }],
    });
    await expect(client.batches.retry({ id })).rejects.toMatchObject({ data: { code: "batch.nothing-failed" } });
    rmSync(bad);
    await runtime.start();
    await ended(all, id);
    const { batch, reports, folder: reportFolder } = await client.batches.report({ id: id.slice(0, 8) });
    expect(batch).toMatchObject({ progress: 100, cities: [{ total: 2, completed: 1, failed: 1, open: 0 }] });
    expect(reports).toMatchObject([
      {
        city: "Oakdale",
        recordings: [
          { recording: "Oakdale a.mp4", status: "completed", job_id: jobs[0] },
          {
            recording: "Oakdale b.mp4",
            status: "failed",
            cause: expect.stringMatching(/./),
            remedy: expect.stringMatching(/./),
          },
        ],
      },
    ]);
    expect(readdirSync(reportFolder ?? "")).toEqual(["oakdale.json", "oakdale.md"]);
    const made = JSON.parse(all.job(jobs[0] ?? "")?.result ?? "{}") as {
      files: { kind: string }[];
      transcriptionId: string;
    };
    expect(made.files.map(({ kind }) => kind)).toEqual(["vtt", "report"]);
    const row = catalog.database.$client
      .prepare("SELECT include_summary, output_format FROM transcriptions WHERE id = ?")
      .get(made.transcriptionId);
    expect(row).toEqual({ include_summary: 0, output_format: "vtt" });

    meetingAt(bad, 7);
    expect(await client.batches.retry({ id })).toEqual({ jobs: [jobs[1]], refused: [] });
    expect((await client.batches.report({ id })).batch.completedDate).toBeNull();
    await ended(all, id);
    const again = await client.batches.report({ id });
    expect(again.reports[0]?.recordings.map(({ status }) => status)).toEqual(["completed", "completed"]);
    // The report stays when the jobs are long forgotten.
    forgetEndedJobs(catalog, "2999-01-01");
    expect((await client.batches.report({ id })).reports).toEqual(again.reports);
  });

  test("can be cancelled, and continues after a job that it waits for", async () => {
    const all = await host();
    const { client, add } = all;
    const before = add("/x/before.mp4");
    const file = meetingAt(join(temporaryFolder(), "Oakdale a.mp4"));
    const { batch_id: id, jobs } = await client.batches.create({
      files: [{ path: file }],
      settings: { after: [before] },
    });
    const { jobs: listed } = await client.queue.list({ batchId: id });
    expect(listed).toMatchObject([
      {
        status: "waiting",
        waits_for: "dependency",
        wait_message: 'it starts after "before.mp4"',
        needs: [{ job_id: before, title: "before.mp4", status: "queued" }],
      },
    ]);
    const details = await client.queue.show({ id: before });
    expect(details.neededBy).toEqual([{ job_id: jobs[0], title: "Oakdale a.mp4", status: "waiting" }]);
    expect(await client.batches.cancel({ id })).toEqual({ jobs });
    expect(all.job(jobs[0] ?? "")?.state).toBe("cancelled");
    expect((await client.batches.retry({ id })).jobs).toEqual(jobs);
    expect(all.job(jobs[0] ?? "")?.state).toBe("waiting");
  });
});

describe("a batch of cities", () => {
  test("takes what they have from some dates, and tells meanwhile what it looks into", async () => {
    const all = await host();
    const { client, share } = all;
    meetingAt(join(share, "oakdale", "2026-03-02 council.mp4"));
    meetingAt(join(share, "oakdale", "2026-01-02 council.mp4"), 7);
    meetingAt(join(share, "elmo", "2026-03-03 council.mp4"), 8);
    const reports = [];
    for await (const report of await client.batches.watchCreate({
      cities: ["Oakdale"],
      since: "2026-02-01",
      settings: { speakers: true, formats: ["scc"] },
    })) {
      reports.push(report);
    }
    const { created, inspected, path } = reports.at(-1) ?? {};
    expect(inspected).toBe(1);
    expect(path).toBe("Flex: oakdale/2026-03-02 council.mp4");
    expect(created).toMatchObject({ name: "Oakdale 2026-02-01", refused: [] });
    expect(created?.jobs).toHaveLength(1);
    expect(payload(all, created?.jobs[0] ?? "")).toMatchObject({ formats: ["scc"] });
  });

  test("says in words what cannot be made, and puts nothing into the queue", async () => {
    const { client, post, share } = await host();
    await expect(client.batches.create({ cities: ["Nowhere"] })).rejects.toMatchObject({
      data: { code: "city.unknown" },
    });
    await expect(client.batches.create({ cities: [] })).rejects.toMatchObject({ data: { code: "batch.empty" } });
    expect(await client.batches.list()).toEqual([]);
    expect((await post("/api/batches/nothing/retry", {})).status).toBe(404);
    expect(existsSync(share)).toBe(true);
  });

  test("is nothing that a viewer may make", async () => {
    const { somebody, post } = await host();
    const token = await somebody("Vera", "user");
    expect((await post("/api/batches", { cities: [] }, { token })).status).toBe(403);
  });
});

test("a job that was in the queue by itself joins a batch", async () => {
  const all = await host();
  const file = meetingAt(join(temporaryFolder(), "Oakdale a.mp4"));
  const alone = all.add(file);
  const { jobs, batch_id: id } = await all.client.batches.create({ files: [{ path: file }] });
  expect(jobs).toEqual([alone]);
  expect(all.job(alone)?.batchId).toBe(id);
});
