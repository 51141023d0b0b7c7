/** Episodes: each once, in pages that say so, and found by every name that a program may know. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { upsertRecording } from "../../electron/catalog/repositories/recordings.ts";
import { addShareFiles } from "../../electron/catalog/repositories/share-files.ts";
import { someTranscription } from "../support/station/catalog.ts";
import { testHost } from "../support/station/host.ts";
import { meetingAt } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

const page = z.object({
  episodes: z.array(
    z.object({
      episode_id: z.string(),
      filename: z.string(),
      stage: z.string(),
      status: z.string(),
      transcription_id: z.string().nullable(),
    }),
  ),
  total: z.number(),
  limit: z.number(),
  offset: z.number(),
  has_more: z.boolean(),
});

async function stationWith(names: readonly string[]) {
  const share = temporaryFolder();
  const host = await testHost({ shares: [{ label: "Oakdale", path: share }] });
  const { catalog, call, post, runtime } = host;
  runtime.jobService.pauseQueue();
  const recordings = names.map((filename, index) =>
    upsertRecording(catalog, {
      fingerprint: `f${index}`,
      filename,
      filePath: meetingAt(join(share, String(index), filename), 2),
      fileSize: 1_000,
      modifiedMs: 1_700_000_000_000,
      container: "mp4",
      durationMs: 2_000,
      media: {},
    }),
  );
  const list = async (query = "") => page.parse(await (await call(`/episodes${query}`)).json());
  const submit = async (id: string) => {
    const answer = await post(`/async/episodes/${encodeURIComponent(id)}/process`, { target_stage: "transcribed" });
    return { status: answer.status, body: (await answer.json()) as { job_id?: string; message?: string } };
  };
  return { ...host, share, recordings, list, submit };
}

test("an episode is found by its id, its transcription, or its file, and never by half a name", async () => {
  const { catalog, recordings, submit } = await stationWith(["Café 50%_a.mp4", "Café 50%_ab.mp4"]);
  const [first] = recordings;
  if (first === undefined) throw new Error("there is no recording");
  const transcription = someTranscription(catalog, first);
  const jobs = new Set<string | undefined>();
  for (const id of [first.id, transcription.id, "Café 50%_a", "Café 50%_a.mp4", "Cafe\u0301 50%_a", "CAFé 50%_A.MP4"]) {
    const { status, body } = await submit(id);
    expect([id, status]).toEqual([id, 200]);
    jobs.add(body.job_id);
  }
  expect(jobs.size).toBe(1);
  for (const id of ["Café 50", "Café %", "file-999", "%", "_", "Café 50%_a.mov"])
    expect([id, (await submit(id)).status]).toEqual([id, 404]);
});

test("a name that several files have is refused, and says where the ids are", async () => {
  const { recordings, submit } = await stationWith(["council.mp4", "council.mov"]);
  const refused = await submit("council");
  expect([refused.status, refused.body.message]).toEqual([400, "council: several recordings have this name"]);
  expect((await submit("council.mov")).status).toBe(200);
  for (const { id } of recordings) expect((await submit(id)).status).toBe(200);
});

test("what a job says it is about can be submitted again, published, and found in the list", async () => {
  const { catalog, recordings, submit, call, list } = await stationWith(["council.mp4"]);
  const [recording] = recordings;
  const { body } = await submit("council");
  const job = await (await call(`/async/jobs/${body.job_id}`)).json();
  expect(job.episode_id).toBe(recording?.id);
  expect((await submit(job.episode_id)).body.job_id).toBe(body.job_id);
  const transcription = someTranscription(catalog, recording);
  expect((await list()).episodes).toMatchObject([
    { episode_id: recording?.id, transcription_id: transcription.id, stage: "discovered" },
  ]);
});

test("pages hold each episode once, files that are not known yet first, and say whether more follows", async () => {
  const { catalog, recordings, list, share, submit, call } = await stationWith(["a.mp4", "b.mp4", "c.mp4"]);
  // Twice transcribed is one episode.
  someTranscription(catalog, recordings[0]);
  const file = {
    share: "Oakdale",
    size: 1,
    modifiedMs: 1,
    state: "ready" as const,
    city: null,
    meetingDate: null,
    meetingType: null,
    title: null,
    firstSeenDate: "2026-03-02T00:00:00.000Z",
  };
  addShareFiles(catalog, [
    { ...file, path: "new/d.mp4" },
    { ...file, path: "new/e.mp4", state: "done" as const },
  ]);
  meetingAt(join(share, "new", "d.mp4"), 2);
  const all = await list();
  expect(all).toMatchObject({ total: 4, limit: 1_000, offset: 0, has_more: false });
  expect(all.episodes[0]).toMatchObject({ filename: "d.mp4", stage: "discovered", status: "ready" });
  const seen: string[] = [];
  for (let offset = 0; ; offset++) {
    const one = await list(`?limit=1&offset=${offset}`);
    seen.push(...one.episodes.map(({ episode_id }) => episode_id));
    if (!one.has_more) break;
  }
  expect(seen).toEqual(all.episodes.map(({ episode_id }) => episode_id));
  expect(new Set(seen).size).toBe(4);
  expect((await list("?offset=9")).episodes).toEqual([]);
  // The id of a file that was found stays good once it is in the queue.
  const fileId = all.episodes[0]?.episode_id ?? "";
  const { body } = await submit(fileId);
  expect((await (await call(`/async/jobs/${body.job_id}`)).json()).episode_id).toBe(fileId);
  expect((await list()).episodes[0]).toMatchObject({ episode_id: fileId, status: "queued" });
  expect((await submit("d")).body.job_id).toBe(body.job_id);
});
