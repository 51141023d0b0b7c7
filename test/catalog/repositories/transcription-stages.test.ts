import { describe, expect, test } from "vitest";
import { beginStage, endStage, listStages } from "../../../electron/catalog/repositories/transcription-stages.ts";
import { freshCatalog, someTranscription } from "../../support/station/catalog.ts";

describe("the stages of a transcription", () => {
  test("steps add up their time over attempts", () => {
    const catalog = freshCatalog();
    const { id } = someTranscription(catalog);
    beginStage(catalog, id, "transcribe");
    endStage(catalog, id, "transcribe", { status: "failed", elapsedMs: 1_000, date: "x" });
    beginStage(catalog, id, "transcribe");
    endStage(catalog, id, "transcribe", { status: "completed", elapsedMs: 500, date: "x" });
    expect(listStages(catalog, id)).toEqual([{ name: "transcribe", status: "completed", elapsedMs: 1_500 }]);
  });
});
