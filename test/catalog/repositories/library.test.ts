import { expect, test } from "vitest";
import { claimJob, failRun, requeueRun } from "../../../electron/catalog/repositories/job-runs.ts";
import { insertJob, setJobFacts } from "../../../electron/catalog/repositories/jobs.ts";
import { findLibraryRow } from "../../../electron/catalog/repositories/library.ts";
import { failTranscription } from "../../../electron/catalog/repositories/transcriptions.ts";
import { ArchivistError } from "../../../electron/contract/errors.ts";
import { freshCatalog, someTranscription } from "../../support/station/catalog.ts";

test("a meeting that has failed says when it is tried again, for as long as it is", () => {
  const catalog = freshCatalog();
  const { id } = someTranscription(catalog);
  const retryDate = (): unknown => findLibraryRow(catalog, id)?.retryDate;
  const at = "2026-03-02T10:00:00.000Z";
  const again = "2026-03-02T10:00:40.000Z";
  const job = insertJob(catalog, { type: "process", title: "council", payload: {}, priority: 3, createdDate: at });
  const run = { id: job.id, run: claimJob(catalog, job.id, at)?.run ?? 0 };
  setJobFacts(catalog, job.id, { transcriptionId: id });
  expect(retryDate()).toBeNull();
  const error = new ArchivistError("tool.stalled");
  failTranscription(catalog, id, error);
  requeueRun(catalog, run, { notBefore: again }, { kind: "retry", message: "again in 40 s" }, at);
  expect(retryDate()).toBe(again);
  const last = { id: job.id, run: claimJob(catalog, job.id, again)?.run ?? 0 };
  expect(retryDate()).toBeNull();
  failRun(catalog, last, { code: error.code, message: error.message, remedy: error.remedy }, again);
  expect(retryDate()).toBeNull();
});
