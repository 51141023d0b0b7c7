import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cueText } from "../../electron/captions/cue.ts";
import { listWords } from "../../electron/catalog/repositories/chunks.ts";
import { addTerms, storeGlossaryFindings } from "../../electron/catalog/repositories/glossary.ts";
import { findStyledWords, listStyledWords, listStyleEdits } from "../../electron/catalog/repositories/style-edits.ts";
import { findCues, storeMachineVersion } from "../../electron/catalog/repositories/versions.ts";
import { settingsSchema } from "../../electron/contract/settings.ts";
import { findModel } from "../../electron/speech/models/found-models.ts";
import { openStation } from "../../electron/station.ts";
import { loadRecordingFacts } from "../../electron/transcription/recording-facts.ts";
import { styleStage } from "../../electron/transcription/stages/style.ts";
import type { TranscriptionRequest, TranscriptionRun } from "../../electron/transcription/transcription-run.ts";
import { joinWords, toWords } from "../captions/house-style/style-lines.ts";
import { addRecognizedChunks } from "../support/captions/styled-meeting.ts";
import { sampleVideo } from "../support/paths.ts";
import { freshCatalog, someTranscription } from "../support/station/catalog.ts";
import { temporaryFolder } from "../support/temporary.ts";

/** A transcription that is recognized, and the stage over it. */
function recognized(texts: readonly { readonly text: string; readonly language: string }[]) {
  const catalog = freshCatalog();
  const transcription = someTranscription(catalog);
  let at = 0;
  const chunks = texts.map(({ text, language }) => {
    const words = toWords(text).map((word) => ({ ...word, startMs: word.startMs + at, endMs: word.endMs + at }));
    at = (words.at(-1)?.endMs ?? at) + 500;
    return { words, language };
  });
  addRecognizedChunks(catalog, transcription.id, chunks);
  const run = async (request: Partial<TranscriptionRequest> = {}, settings: unknown = {}) => {
    const services = { catalog, settings: settingsSchema.parse(settings) } as Partial<
      TranscriptionRun["services"]
    > as TranscriptionRun["services"];
    const job = {
      services,
      transcription,
      request: { language: "en", ...request } as TranscriptionRequest,
    } as Partial<TranscriptionRun> as TranscriptionRun;
    await styleStage.run(job);
    return joinWords(listStyledWords(catalog, transcription.id));
  };
  return { catalog, transcription, run };
}

describe("the stage that writes as the city does", () => {
  test("keeps the words as they were recognized, with their times, and writes others beside them", async () => {
    const { catalog, transcription, run } = recognized([
      { text: "All in favour? The motion carries, 4-to-nothing.", language: "en" },
    ]);
    const before = listWords(catalog, transcription.id);
    expect(await run()).toBe("All in favor? The motion carries, 4-0.");
    expect(listWords(catalog, transcription.id)).toEqual(before);
    const { words } = findStyledWords(catalog, transcription.id);
    expect(words.map(({ startMs, endMs }) => [startMs, endMs])).toEqual(
      before.map((word) => [word.startMs, word.endMs]),
    );
    // Run again, it does not write twice.
    expect(await run()).toBe("All in favor? The motion carries, 4-0.");
    expect(listStyleEdits(catalog, transcription.id)).toHaveLength(2);
  });

  test("follows the city, else the station", async () => {
    const { run } = recognized([{ text: "All in favour? The motion carries, four to nothing.", language: "en" }]);
    const station = { captions: { style: "us, votes=4 to 0" } };
    expect(await run({}, station)).toBe("All in favor? The motion carries, 4 to 0.");
    expect(await run({ style: "uk" }, station)).toBe("All in favour? The motion carries, 4-0.");
    expect(await run({ style: "as-heard" }, station)).toBe("All in favour? The motion carries, four to nothing.");
  });

  test("changes nothing in the pieces of another language", async () => {
    const { run } = recognized([
      { text: "The hearing is closed at 658.", language: "en" },
      { text: "No favour color 80 percent pm Council Member Diaz", language: "es" },
      { text: "Council Member Diaz has twenty percent.", language: "en" },
    ]);
    expect(await run()).toBe(
      "The hearing is closed at 6:58. No favour color 80 percent pm Council Member Diaz Councilmember Diaz has 20%.",
    );
  });

  test("changes no name of the glossary, and no words that may be one; their places move with the words", async () => {
    const { catalog, transcription, run } = recognized([
      {
        text: "The motion carries, four to nothing. At Grey Harbour and grey colour Council Member Okafer.",
        language: "en",
      },
    ]);
    addTerms(catalog, "Oakdale", [{ term: "Grey Harbour", kind: "place" }]);
    const words = listWords(catalog, transcription.id);
    const propose = (word: string, term: string) => {
      const wordIndex = words.findIndex(({ text }) => text === word);
      const { startMs = 0, endMs = 0 } = words[wordIndex] ?? {};
      return { wordIndex, wordCount: 1, heard: word, term, likeness: 0.9, startMs, endMs };
    };
    const proposals = [propose("colour", "Colourne"), propose("Okafer.", "Okafor")];
    storeGlossaryFindings(catalog, transcription.id, {
      glossaryName: "Oakdale",
      proposals,
      heardTerms: [],
      date: "2026-11-20T10:00:00.000Z",
    });
    expect(await run({ glossaryName: "Oakdale" })).toBe(
      "The motion carries, 4-0. At Grey Harbour and gray colour Councilmember Okafer.",
    );
    const facts = await loadRecordingFacts(
      { catalog, folder: { recordings: temporaryFolder() } as never },
      {
        recordingId: transcription.recordingId,
        transcriptionId: transcription.id,
        durationMs: 9_000,
        glossaryName: undefined,
      },
    );
    const marked = facts.proposals.map(({ wordIndex, wordCount }) =>
      joinWords(facts.words.slice(wordIndex, wordIndex + wordCount)),
    );
    expect(marked).toEqual(["colour", "Okafer."]);
  });

  test("leaves captions alone that were made before", () => {
    const { catalog, transcription } = recognized([{ text: "All in favour?", language: "en" }]);
    const job = {
      services: { catalog } as Partial<TranscriptionRun["services"]> as TranscriptionRun["services"],
      transcription,
      request: {} as TranscriptionRequest,
    } as Partial<TranscriptionRun> as TranscriptionRun;
    expect(styleStage.isDone(job)).toBe(false);
    storeMachineVersion(catalog, transcription.id, [{ startMs: 0, endMs: 900, lines: ["All in favour?"] }]);
    expect(styleStage.isDone(job)).toBe(true);
  });
});

test("a recording is captioned, summarized and exported in the style, and its words stay as they were recognized", async () => {
  const dataFolder = temporaryFolder();
  const environment = { ARCHIVIST_SPEECH_BEAM_SIZE: "1", ARCHIVIST_SPEECH_THREADS: "1" };
  const station = openStation({ dataFolder, environment, purpose: "test" });
  try {
    const out = join(dataFolder, "out");
    const request = {
      path: sampleVideo,
      model: findModel("archivist-demo-en", station.modelsFolder),
      language: "en",
      translate: false,
      city: undefined,
      glossaryName: undefined,
      formats: ["scc", "json", "txt"] as const,
      out,
      style: "us, titles=Councilmember",
      force: false,
    };
    const { transcriptionId, delivery } = await station.transcribe(request);
    const heard = joinWords(listWords(station.catalog, transcriptionId));
    expect(heard).toMatch(/Council member Anderson/);
    const captions = (findCues(station.catalog, transcriptionId, 0) ?? []).map(cueText).join(" ");
    expect(captions).toMatch(/Councilmember Anderson/);
    expect(captions).not.toMatch(/Council member/);
    const read = (kind: string): string =>
      readFileSync(delivery.files.find((file) => file.kind === kind)?.path ?? "", "utf8");
    expect(read("txt").replace(/\s+/gu, " ")).toContain("Councilmember Anderson");
    const { words } = JSON.parse(read("json"));
    expect(words.map(({ text }: { readonly text: string }) => text)).toContain("Councilmember");
    expect(read("summary")).not.toMatch(/Council member [A-Z]/);
  } finally {
    await station.close();
  }
});
