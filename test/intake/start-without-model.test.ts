/** A recording is started only with a model that is there, and what is inspected has its size. */
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { listJobs } from "../../electron/catalog/repositories/jobs.ts";
import { inspectFiles } from "../../electron/intake/inspect-files.ts";
import { retryWithModel, submitRecording } from "../../electron/intake/submit-recording.ts";
import { meetingAt, testStation } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

const failure = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (thrown: { code: string; remedy: string }) => ({ code: thrown.code, remedy: thrown.remedy }),
  );

function station() {
  const { services, runtime, catalog } = testStation();
  return { services, catalog, deps: { services, jobService: runtime.jobService } };
}

describe("starting", () => {
  test.each([["a model that is not installed", "small.en"]])(
    "with %s is refused with the way to get one",
    async (_, model) => {
      const { deps, catalog } = station();
      const path = meetingAt(join(temporaryFolder(), "council.mp4"), 3);
      expect(await failure(submitRecording(deps, { path, model }))).toEqual({
        code: "model.missing",
        remedy: expect.stringContaining("models pull small.en"),
      });
      expect(listJobs(catalog, {})).toEqual([]);
    },
  );

  test("with one that is there goes into the queue; a failed one goes again with another, and with no other kind of job", async () => {
    const { deps, catalog } = station();
    const path = meetingAt(join(temporaryFolder(), "council.mp4"), 3);
    const { job } = await submitRecording(deps, { path });
    deps.jobService.cancel(job.id);
    expect(() => retryWithModel(deps, job.id, "small.en")).toThrow(expect.objectContaining({ code: "model.missing" }));
    expect(deps.jobService.find(job.id).state).toBe("cancelled");
    expect(retryWithModel(deps, job.id, "archivist-demo-en").state).toBe("queued");
    // The same file again is the same job, and no dead one lies beside it.
    deps.jobService.cancel(job.id);
    const again = await submitRecording(deps, { path, target: "transcribed" });
    expect(listJobs(catalog, {}).map(({ id }) => id)).toEqual([again.job.id]);
  });
});

test("a file that is no recording has its size", async () => {
  const { services } = station();
  const path = join(temporaryFolder(), "broken.mp4");
  writeFileSync(path, "x".repeat(3_000));
  const [file] = await inspectFiles(services, [path]);
  expect(file).toMatchObject({
    bytes: statSync(path).size,
    error: expect.objectContaining({ code: expect.any(String) }),
  });
});
