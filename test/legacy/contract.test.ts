/**
 * The interface of the system that Archivist replaces, promise by promise as its documents write them, against the real
 * server. What is different has to stand in the manual, and what stands there has to be different.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { practiceCredentials } from "../../electron/cablecast/emulator/emulator.ts";
import { createLedger, readDifferences } from "../support/contract-ledger.ts";
import { testEmulator } from "../support/publishing/cablecast.ts";
import { testHost } from "../support/station/host.ts";
import { meetingAt } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

const status = z.enum(["queued", "running", "completed", "failed"]);
const submitted = z.object({ job_id: z.string().min(1), status, message: z.string().min(1) });
const jobStatus = z.object({
  job_id: z.string(),
  status,
  progress: z.number().min(0).max(100),
  current_stage: z.string().nullable(),
  message: z.string().nullable(),
  eta_seconds: z.number().int().nullable(),
});
const stats = z.object({
  queued: z.number().int(),
  running: z.number().int(),
  completed: z.number().int(),
  failed: z.number().int(),
  total: z.number().int(),
  max_workers: z.number().int().positive(),
});
/** The columns of the table `cablecast_shows`. */
const show = z.object({
  id: z.number().int(),
  cablecast_id: z.number().int(),
  title: z.string().min(1),
  description: z.string().nullable(),
  category: z.string().nullable(),
  producer: z.string().nullable(),
  runtime: z.number().int().nullable(),
  created_date: z.string().nullable(),
  updated_date: z.iso.datetime(),
});
const failure = z.object({ success: z.literal(false), error: z.string().min(1) });
const health = z.object({
  healthy: z.boolean(),
  timestamp: z.iso.datetime(),
  services: z.object({ cablecast: z.boolean(), vod: z.boolean(), webhooks: z.boolean(), storage: z.boolean() }),
});
/** A refusal tells what is wrong, and what to do. */
const refusal = z.object({
  message: z.string().min(10),
  data: z.object({ code: z.literal("legacy.unavailable"), remedy: z.string().min(10) }),
});

const process = "POST /async/episodes/{episode_id}/process";
const job = "GET /async/jobs/{job_id}";
const publish = "POST /api/vod/publish/{transcription_id}";
const batch = "POST /api/vod/batch-publish";

async function stationWithTwoEpisodes() {
  const emulator = await testEmulator();
  const share = temporaryFolder();
  meetingAt(join(share, "newsroom-2024-video.mp4"), 6);
  meetingAt(join(share, "2026-03-09 Oakdale City Council.mp4"), 40, 0);
  const host = await testHost({
    shares: [{ label: "Oakdale", path: share }],
    cities: [{ name: "Oakdale", shares: ["Oakdale"] }],
    settings: {
      speech: { windowSeconds: 30 },
      cablecast: { url: emulator.url, contentFolder: emulator.content, pollSeconds: 0.05, captionsMinutes: 2 },
      // Approval is a rule of this program; the calls are tried as they are documented.
      publishing: { needsApproval: false },
    },
  });
  const { post, call, runtime } = host;
  const { user, secret } = practiceCredentials;
  await post("/api/cablecast/login", { user, secret });
  await runtime.start();
  await post("/api/shares/scan", undefined, { body: null });
  const send = async (path: string, body: unknown) => {
    const answer = await post(path, body);
    return { status: answer.status, body: (await answer.json()) as unknown };
  };
  const get = async (path: string, token?: string) => {
    const answer = await call(path, token === undefined ? {} : { token });
    return { status: answer.status, body: (await answer.json()) as unknown };
  };
  return { ...host, emulator, send, get };
}

/** The parts that a test reads of any answer. */
const anyAnswer = z.looseObject({
  job_id: z.string().optional(),
  episode_id: z.string().nullish(),
  transcription_id: z.string().nullish(),
});
const read = (body: unknown) => anyAnswer.parse(body);

describe("the documented interface", () => {
  test("is kept, promise by promise, except for what the manual lists", async () => {
    const { send, get, call, post, runtime, emulator } = await stationWithTwoEpisodes();
    const { promise, settle, outcomes } = createLedger();
    const setPaused = (isPaused: boolean) =>
      post(`/api/queue/${isPaused ? "pause" : "resume"}`, undefined, { body: null });

    // Episodes in the background.
    await setPaused(true);
    const first = await send("/async/episodes/newsroom-2024-video/process", {
      episode_id: "newsroom-2024-video",
      target_stage: "transcribed",
      force_reprocess: false,
    });
    const firstId = read(first.body).job_id ?? "";
    await promise(process, "answer", () => expect(submitted.parse(first.body).status).toBe("queued"));
    await promise(process, "episode_id as in the example", () => expect(first.status).toBe(200));
    await promise(process, "target_stage: rendered", async () => {
      const { body } = await send("/async/episodes/newsroom-2024-video/process", { target_stage: "rendered" });
      if (refusal.safeParse(body).success) throw new Error("it is refused in words");
      submitted.parse(body);
    });
    await promise(process, "webhook_url", async () => {
      const webhook = { target_stage: "enriched", webhook_url: "http://n8n.example.org/webhook/episode-complete" };
      const { body } = await send("/async/episodes/newsroom-2024-video/process", webhook);
      if (refusal.safeParse(body).success) throw new Error("it is refused in words");
      submitted.parse(body);
    });
    for (const clips of ["render_clips", "discover_clips"]) {
      await promise(`POST /async/episodes/{episode_id}/${clips}`, "job_id", async () => {
        const request = { clip_ids: null, variants: ["clean", "subtitled"], aspect_ratios: ["9x16", "16x9"] };
        const { body } = await send(`/async/episodes/newsroom-2024-video/${clips}`, request);
        if (refusal.safeParse(body).success) throw new Error("it is refused in words");
        submitted.parse(body);
      });
    }

    // Jobs.
    const queued = await get(`/async/jobs/${firstId}`);
    await promise(job, "answer", () =>
      expect(jobStatus.parse(queued.body)).toMatchObject({ job_id: firstId, status: "queued" }),
    );
    await promise(job, "eta_seconds at first", () =>
      expect(jobStatus.parse(queued.body).eta_seconds).toEqual(expect.any(Number)),
    );
    await promise("GET /async/jobs", "without a token", async () =>
      expect((await get("/async/jobs", "")).status).toBe(200),
    );
    await promise("GET /async/jobs", "status and limit", async () => {
      const { body } = await get("/async/jobs?status=queued&limit=50");
      const list = z.object({ jobs: z.array(jobStatus), total: z.number() }).parse(body);
      expect([list.jobs.map(({ job_id }) => job_id), list.total]).toEqual([[firstId], 1]);
    });
    await promise("GET /async/stats", "six numbers that add up", async () => {
      const found = stats.parse((await get("/async/stats")).body);
      expect(found).toMatchObject({ queued: 1, total: 1 });
      expect(found.queued + found.running + found.completed + found.failed).toBe(found.total);
    });
    await promise("DELETE /async/jobs/{job_id}", "cancels, and whoever polls sees an end", async () => {
      expect((await call(`/async/jobs/${firstId}`, { method: "DELETE" })).status).toBe(200);
      expect(["completed", "failed"]).toContain(jobStatus.parse((await get(`/async/jobs/${firstId}`)).body).status);
      const found = stats.parse((await get("/async/stats")).body);
      expect(found.queued + found.running + found.completed + found.failed).toBe(found.total);
    });
    await setPaused(false);

    // The call that waits.
    const waited = await send("/episodes/process", {
      episode_id: "2026-03-09 Oakdale City Council",
      target_stage: "enriched",
      force_reprocess: true,
    });
    const done = read(waited.body);
    await promise("POST /episodes/process", "blocks until it is complete", () => {
      expect(jobStatus.parse(waited.body)).toMatchObject({ status: "completed", progress: 100 });
    });
    await promise(job, "result", () => {
      const result = z.object({ episode_id: z.string(), stage: z.literal("enriched"), duration: z.number() });
      expect(z.object({ result }).parse(waited.body).result.duration).toBeCloseTo(40, 0);
    });
    await promise(job, "episode_id that the next call takes", async () => {
      const again = await send(`/async/episodes/${done.episode_id}/process`, { target_stage: "enriched" });
      submitted.parse(again.body);
    });

    // The machine's speed is known now.
    await setPaused(true);
    const second = await send("/async/episodes/newsroom-2024-video/process", { target_stage: "enriched" });
    await promise(job, "eta_seconds", async () => {
      const { body } = await get(`/async/jobs/${read(second.body).job_id}`);
      expect(jobStatus.parse(body).eta_seconds).toEqual(expect.any(Number));
    });
    await promise("GET /async/jobs", "eta_seconds", async () => {
      const { body } = await get("/async/jobs?status=queued");
      const list = z.object({ jobs: z.array(jobStatus).min(1) }).parse(body);
      for (const each of list.jobs) expect(each.eta_seconds).toEqual(expect.any(Number));
    });
    await setPaused(false);

    // Shows.
    const synced = await send("/api/cablecast/sync/shows", {});
    await promise("POST /api/cablecast/sync/shows", "is done when it answers", async () => {
      expect(synced).toMatchObject({
        status: 200,
        body: { success: true, message: "Shows synchronized successfully" },
      });
      expect(
        z.object({ shows: z.array(z.unknown()).min(1) }).parse((await get("/api/cablecast/shows")).body),
      ).toBeTruthy();
    });
    await promise("GET /api/cablecast/shows", "all shows, with the columns of their table", async () => {
      const { body } = await get("/api/cablecast/shows");
      const list = z.object({ success: z.literal(true), shows: z.array(show) }).parse(body);
      expect(list.shows).toHaveLength(emulator.tables.all("shows").length);
    });

    // Publishing.
    await promise(publish, "answer", async () => {
      const { status: code, body } = await send(`/api/vod/publish/${done.transcription_id}`, {
        title: "City Council Meeting - 2026-03-09",
        description: "City Council Meeting Recording",
        tags: ["city council", "meeting", "public"],
        quality: 1080,
        enable_captions: true,
      });
      expect({ code, body }).toMatchObject({ code: 200, body: { success: true } });
      const published = z.object({ vod_id: z.string(), url: z.string() }).parse(body);
      expect(emulator.tables.all("vods").map(({ id }) => String(id))).toContain(published.vod_id);
    });
    await promise(publish, "chapters", async () => {
      const { body } = await send(`/api/vod/publish/${done.transcription_id}`, { chapters: [] });
      expect(body).toMatchObject({ success: true });
    });
    await promise(publish, "failure", async () => {
      const { status: code, body } = await send("/api/vod/publish/nothing", {});
      expect([code, failure.safeParse(body).success]).toEqual([500, true]);
    });
    const several = await send("/api/vod/batch-publish", {
      transcription_ids: [done.transcription_id, "nothing"],
      settings: { quality: 720, enable_captions: true, auto_generate_title: true, auto_generate_description: true },
    });
    const results = z.looseObject({
      results: z.array(z.looseObject({ transcription_id: z.string(), status: z.enum(["success", "failed"]) })),
    });
    await promise(batch, "an item for each id", () => {
      const items = results.parse(several.body).results;
      expect(items.map((item) => [item.transcription_id, item.status])).toEqual([
        [done.transcription_id, "success"],
        ["nothing", "failed"],
      ]);
      expect(items[1]?.error).toEqual(expect.any(String));
    });
    await promise(batch, "results[].vod_id", () =>
      expect(results.parse(several.body).results[0]?.vod_id).toEqual(expect.any(String)),
    );
    await promise(batch, "success", () => expect(several).toMatchObject({ status: 200, body: { success: true } }));

    // Health.
    await promise("GET /api/health", "services without a token", async () => {
      const { body } = await get("/api/health", "");
      expect(health.parse(body).services).toBeDefined();
    });
    await promise("GET /api/health", "200 and true of each service", async () => {
      expect((await get("/api/health", "")).status).toBe(200);
      const { status: code, body } = await get("/api/health");
      const { healthy, services } = health.parse(body);
      expect([code, healthy, services]).toEqual([
        200,
        true,
        { cablecast: true, vod: true, webhooks: true, storage: true },
      ]);
    });

    // Signing on.
    for (const path of ["/login", "/logout"]) {
      await promise(`GET ${path}`, "redirect", async () => {
        const answer = await call(path, { token: "", redirect: "manual" });
        if (refusal.safeParse(await answer.json()).success) throw new Error("it is refused in words");
        expect(answer.status).toBe(302);
      });
    }

    // A server that is dead.
    await emulator.close();
    await promise("POST /api/cablecast/sync/shows", "failure", async () => {
      const { status: code, body } = await send("/api/cablecast/sync/shows", {});
      expect([code, failure.safeParse(body).success]).toEqual([500, true]);
    });
    await promise("GET /api/health", "503 when a server is dead", async () => {
      await runtime.health.poll({ fresh: true });
      expect((await get("/api/health", "")).status).toBe(503);
      const { status: code, body } = await get("/api/health");
      const { healthy, services } = health.parse(body);
      expect([code, healthy, services.cablecast, services.vod, services.storage]).toEqual([
        503,
        false,
        false,
        false,
        true,
      ]);
    });
    await promise("GET /api/health", "services without Cablecast", async () => {
      const other = await testHost();
      const { services } = health.parse(await (await other.call("/api/health")).json());
      expect(services).toMatchObject({ cablecast: false });
    });

    settle(readDifferences("earlier-system.md", "Calls that are different"));
    expect(outcomes.length).toBeGreaterThan(30);
  }, 180_000);

  test("refuses in words what cannot be done, and says what to do instead", async () => {
    const { post, call } = await testHost();
    const refused = [
      await post("/async/episodes/x/process", { webhook_url: "http://n8n.example.org/webhook" }),
      await post("/episodes/process", { episode_id: "x", webhook_url: "http://n8n.example.org/webhook" }),
      await post("/async/episodes/x/process", { target_stage: "rendered" }),
      await post("/async/episodes/x/render_clips", { clip_ids: null, webhook_url: "http://n8n.example.org/webhook" }),
      await post("/async/episodes/x/discover_clips", {}),
      await call("/login", { token: "" }),
      await call("/logout", { token: "" }),
    ];
    for (const answer of refused) {
      expect(answer.status).toBe(422);
      refusal.parse(await answer.json());
    }
    const other = await post("/async/episodes/x/process", { episode_id: "y", target_stage: "enriched" });
    expect([other.status, (await other.json()).message]).toEqual([
      400,
      expect.stringContaining("the path names the episode x"),
    ]);
    const captions = await (await post("/api/vod/publish/x", { captions: "/x.scc" })).json();
    expect(captions).toMatchObject({ success: false, error: expect.stringMatching(/^captions: .*Leave it out\.$/) });
  });
});

describe("the list of differences", () => {
  const listed = [{ key: "GET /a | b", why: "because" }];

  test("has to have what is different, and nothing else", async () => {
    const { promise, settle } = createLedger();
    await promise("GET /a", "b", () => expect(1).toBe(2));
    settle(listed);
    expect(() => settle([])).toThrow();
    expect(() => settle([...listed, { key: "GET /a | c", why: "because" }])).toThrow(/never tried/);
    const kept = createLedger();
    await kept.promise("GET /a", "b", () => expect(1).toBe(1));
    kept.settle([]);
    expect(() => kept.settle(listed)).toThrow(/kept here/);
  });

  test("is read out of the manual, with a reason in each row", () => {
    const rows = readDifferences("earlier-system.md", "Calls that are different");
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.every(({ why }) => why.length > 5)).toBe(true);
    expect(existsSync(join(import.meta.dirname, "../../resources/manual/earlier-system.md"))).toBe(true);
  });
});
