import { describe, expect, test } from "vitest";
import type { Issue } from "../../../electron/captions/quality/issue.ts";
import {
  findLastWriter,
  findScore,
  listIssues,
  recordWrittenFile,
  storeIssues,
} from "../../../electron/catalog/repositories/outputs.ts";
import { freshCatalog, someTranscription } from "../../support/station/catalog.ts";

describe("outputs are kept", () => {
  test("written files, with the transcription's own paths", () => {
    const catalog = freshCatalog();
    const { id, recordingId } = someTranscription(catalog);
    recordWrittenFile(catalog, id, { kind: "scc", path: "/out/a.scc", sha256: "1", version: 0 });
    recordWrittenFile(catalog, id, { kind: "scc", path: "/out/a.scc", sha256: "2", version: 1 });
    recordWrittenFile(catalog, id, { kind: "vtt", path: "/out/a.vtt", sha256: "3", version: 1 });
    expect(findLastWriter(catalog, "/out/a.scc")).toEqual({ digests: ["2"], recordingId });
    expect(findLastWriter(catalog, "/out/b.scc")).toBeUndefined();
    expect(catalog.database.$client.prepare("SELECT scc_file_path FROM transcriptions").get()).toEqual({
      scc_file_path: "/out/a.scc",
    });
  });

  test("issues, replaced as a whole", () => {
    const catalog = freshCatalog();
    const { id } = someTranscription(catalog);
    storeIssues(catalog, id, [{ severity: "warning", rule: "late", message: "late", atMs: 5 }], 0.5);
    const issues: readonly Issue[] = [{ severity: "error", rule: "columns", message: "too long", remedy: "Break it." }];
    storeIssues(catalog, id, issues, 0.9);
    expect(listIssues(catalog, id)).toEqual(issues);
    expect(findScore(catalog, id)).toBe(0.9);
  });
});
