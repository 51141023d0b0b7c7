/** The paths and fields of the system that Archivist replaces, and the document of the interface. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { importEnvironment } from "../../electron/legacy/import-environment.ts";
import { archivist } from "../support/process/archivist.ts";
import { testHost } from "../support/station/host.ts";
import { meetingAt } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

describe("the system's paths", () => {
  test("episodes are found, processed at once or in the background, watched and cancelled", async () => {
    const share = temporaryFolder();
    meetingAt(join(share, "2026-03-02 Oakdale City Council.mp4"), 8);
    meetingAt(join(share, "2026-03-09 Oakdale City Council.mp4"), 6);
    const { call, post, runtime } = await testHost({
      shares: [{ label: "Oakdale", path: share }],
      cities: [{ name: "Oakdale", shares: ["Oakdale"] }],
    });
    await runtime.start();
    await post("/api/shares/scan", undefined, { body: null });
    const { episodes } = await (await call("/episodes")).json();
    expect(
      episodes.map(({ filename, city, stage }: { filename: string; city: string; stage: string }) => [
        filename,
        city,
        stage,
      ]),
    ).toEqual([
      ["2026-03-02 Oakdale City Council.mp4", "Oakdale", "discovered"],
      ["2026-03-09 Oakdale City Council.mp4", "Oakdale", "discovered"],
    ]);
    const [first, second] = episodes.map(({ episode_id }: { episode_id: string }) => episode_id);
    const waited = await (await post(`/episodes/${first}/process`, { target_stage: "transcribed" })).json();
    expect(waited).toMatchObject({ job_type: "process_episode", status: "completed", progress: 100, error: null });
    await post("/api/queue/pause", undefined, { body: null });
    const { job_id, status } = await (
      await post(`/async/episodes/${second}/process`, {
        episode_id: second,
        target_stage: "enriched",
        webhook_url: null,
      })
    ).json();
    expect(status).toBe("queued");
    expect(await (await call(`/async/jobs/${job_id}`)).json()).toMatchObject({
      job_id,
      status: "queued",
      state: "queued",
      current_stage: null,
      eta_seconds: expect.any(Number),
    });
    expect(await (await call("/async/jobs?status=queued&limit=5")).json()).toMatchObject({
      jobs: [{ job_id }],
      total: 1,
    });
    expect(await (await call("/async/stats")).json()).toEqual({
      queued: 1,
      running: 0,
      completed: 1,
      failed: 0,
      total: 2,
      max_workers: 1,
    });
    expect(await (await call(`/async/jobs/${job_id}`, { method: "DELETE" })).json()).toMatchObject({
      status: "failed",
      message: "cancelled",
    });
    expect(await (await call(`/async/jobs/${job_id}`)).json()).toMatchObject({ status: "failed", state: "cancelled" });
    const clips = await post(`/async/episodes/${second}/render_clips`, { clip_ids: null, variants: ["clean"] });
    expect([clips.status, (await clips.json()).message]).toEqual([
      422,
      "render_clips: Archivist cannot find or render clips yet",
    ]);
    expect((await post("/async/episodes/nothing/process", {})).status).toBe(404);
  });

  test("publishing says what keeps it, one by one", async () => {
    const { post, call } = await testHost();
    const nothing = await post("/api/vod/publish/nothing", {});
    expect([nothing.status, await nothing.json()]).toMatchObject([500, { success: false }]);
    expect(
      await (
        await post("/api/vod/batch-publish", {
          transcription_ids: ["x", "y"],
          settings: { quality: 720, enable_captions: true },
        })
      ).json(),
    ).toMatchObject({
      success: false,
      results: [
        { transcription_id: "x", status: "failed" },
        { transcription_id: "y", status: "failed" },
      ],
    });
    expect(await (await call("/api/cablecast/shows")).json()).toEqual({
      success: true,
      shows: [],
      total: 0,
      limit: 0,
      offset: 0,
      has_more: false,
    });
  });

  test("health is 200, or 503 with what is wrong; strangers learn no more than that", async () => {
    const { call, runtime } = await testHost();
    await runtime.health.poll({ fresh: true });
    const stranger = await call("/api/health", { token: "" });
    expect([stranger.status, Object.keys(await stranger.json())]).toEqual([200, ["healthy", "timestamp"]]);
    const well = await call("/api/health");
    expect([well.status, Object.keys((await well.json()).services).toSorted()]).toEqual([
      200,
      ["cablecast", "database", "queue", "speech", "storage", "system", "vod", "webhooks"],
    ]);
    runtime.jobService.pauseQueue();
    expect((await call("/api/health", { token: "" })).status).toBe(503);
    const ill = await call("/api/health");
    expect([ill.status, (await ill.json()).services.queue]).toEqual([503, false]);
  });
});

describe("the document of the interface", () => {
  interface Operation {
    readonly operationId?: string;
    readonly requestBody?: { readonly content?: Record<string, { readonly schema?: unknown }> };
  }

  test("describes every call, and its page needs nothing from elsewhere", async () => {
    const { call } = await testHost();
    const document = await (await call("/api/openapi.json", { token: "" })).json();
    expect(document.openapi).toMatch(/^3\.1/);
    const operations = Object.values(document.paths as Record<string, Record<string, Operation>>).flatMap(
      Object.values,
    );
    expect(operations.length).toBeGreaterThan(70);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    const page = await (await call("/api/reference", { token: "" })).text();
    expect(page).not.toMatch(/<script|src=|https?:\/\/(?!127)/);
    expect(page).toContain("/async/episodes/{id}/process");
  });

  test("leads no fuzzer to an error of the server: whatever is sent, it is refused or done", async () => {
    const { call, server } = await testHost();
    const document = await (await call("/api/openapi.json")).json();
    const calls = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(
      ([path, methods]) => Object.keys(methods).map((method) => ({ path, method: method.toUpperCase() })),
    );
    // These wait for the end of something, or change who may do what.
    const left = /watch|words|changes|\/api\/session|\/api\/people|\/episodes\/(\{id\}\/)?process|sync\/shows|health/;
    const wanted = calls.filter(({ path }) => !left.test(path));
    const json = fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          id: fc.jsonValue(),
          ids: fc.jsonValue(),
          limit: fc.jsonValue(),
          text: fc.string(),
          paths: fc.array(fc.string()),
        },
        { requiredKeys: [] },
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...wanted),
        fc.string({ unit: "binary", maxLength: 40 }),
        json,
        async ({ path, method }, id, body) => {
          const url = server.url + path.replaceAll(/\{\w+\}/g, encodeURIComponent(id.toWellFormed()) || "x");
          const hasBody = method !== "GET";
          const answer = await call(url.slice(server.url.length), {
            method,
            ...(hasBody ? { body: JSON.stringify(body), headers: { "content-type": "application/json" } } : {}),
          });
          const text = await answer.text();
          // What fails there is answered so, as the earlier system did.
          if (path.startsWith("/api/vod/publish/") && text.startsWith('{"success":false')) return;
          expect([answer.status, answer.status === 500 ? text : ""]).not.toContain(500);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe("the old system's variables", () => {
  test("become settings; secrets and what has no place are left out, with the reason", async () => {
    const { values, left } = importEnvironment({
      CABLECAST_API_URL: "https://station.example/api",
      CABLECAST_API_KEY: "geheim",
      CABLECAST_LOCATION_ID: "3",
      CABLECAST_MAX_RETRIES: "3",
      AUTO_PUBLISH_TO_VOD: "true",
      VOD_DEFAULT_QUALITY: "1080",
      MAX_FILE_SIZE: "10737418240",
      VOD_BATCH_SIZE: "10",
      VOD_UPLOAD_TIMEOUT: "300",
      LOG_LEVEL: "INFO",
      CELERY_BROKER_URL: "redis://localhost",
      JWT_SECRET_KEY: "geheim",
      MAX_QUEUE_SIZE: "many",
    });
    expect(values).toEqual({
      "cablecast.url": "https://station.example",
      "cablecast.location": 3,
      "cablecast.attempts": 4,
      "publishing.automatic": true,
      "publishing.batchSize": 10,
      "cablecast.uploadMinutes": 5,
      "publishing.quality": 1080,
      "media.maxFileGigabytes": 10,
      "log.level": "info",
    });
    expect(left.map(({ variable }) => variable)).toEqual([
      "CABLECAST_API_KEY",
      "CELERY_BROKER_URL",
      "JWT_SECRET_KEY",
      "MAX_QUEUE_SIZE",
    ]);
    expect(JSON.stringify(left)).not.toContain("geheim");
  });

  test("are read from a file on the command line", async () => {
    const dataFolder = temporaryFolder();
    mkdirSync(join(dataFolder, "in"));
    const file = join(dataFolder, "in", "old.env");
    writeFileSync(file, '# the old system\nCABLECAST_LOCATION_ID="7"\nexport LOG_LEVEL=DEBUG\n');
    const { code, stdout } = await archivist(["settings", "import", file, "--json"], { dataFolder });
    expect([code, JSON.parse(stdout).values]).toEqual([0, { "cablecast.location": 7, "log.level": "debug" }]);
    const missing = await archivist(["settings", "import", join(dataFolder, "none.env")], { dataFolder });
    expect([missing.code, missing.stderr]).toEqual([1, expect.stringMatching(/none\.env: it is not there|none\.env/)]);
  });
});
