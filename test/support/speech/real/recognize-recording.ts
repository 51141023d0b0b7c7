/** Runs a recording of real speech through the whole program: decoding, detection, recognition, names, captions. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Issue } from "../../../../electron/captions/quality/issue.ts";
import type { RecognitionIssue } from "../../../../electron/captions/recognition/recognition-issue.ts";
import type { Word } from "../../../../electron/captions/word.ts";
import { listChunks, listWords } from "../../../../electron/catalog/repositories/chunks.ts";
import { addTerms } from "../../../../electron/catalog/repositories/glossary.ts";
import { listIssues } from "../../../../electron/catalog/repositories/outputs.ts";
import { findModel } from "../../../../electron/speech/models/found-models.ts";
import { openStation } from "../../../../electron/station.ts";
import type { TranscriptionOutcome } from "../../../../electron/transcription/transcribe.ts";
import type { TranscriptionRequest } from "../../../../electron/transcription/transcription-run.ts";

export interface RecognitionOptions {
  /** Absolute path of the recording. */
  readonly path: string;
  /** Absolute path of the ggml file. */
  readonly model: string;
  readonly language: string;
  /** The city's glossary. */
  readonly names?: readonly string[];
  /** Settings of speech recognition that override the defaults. */
  readonly speech?: Readonly<Record<string, unknown>>;
  /** Environment variables that may override settings; by default none. */
  readonly environment?: NodeJS.ProcessEnv;
}

export interface Recognition {
  readonly words: readonly Word[];
  /** The words with the model's own probabilities, as they were recognized, before anything was made of them. */
  readonly rawWords: readonly Word[];
  readonly text: string;
  readonly status: TranscriptionOutcome["status"];
  readonly issues: readonly Issue[];
  /** What recognition itself doubts. */
  readonly doubts: readonly RecognitionIssue[];
  /** Where one window ends and the next begins, in milliseconds. */
  readonly joints: readonly number[];
  /** Seconds from the request to the captions, and of each stage. */
  readonly seconds: number;
  readonly stages: Readonly<Record<string, number>>;
}

const city = "Fairhaven";

/** Transcribes a recording in a station of its own, which is removed afterwards. */
export async function recognizeRecording(options: RecognitionOptions): Promise<Recognition> {
  const dataFolder = mkdtempSync(join(tmpdir(), "archivist-real-"));
  try {
    const settings = { speech: options.speech ?? {}, queue: { freeMegabytes: 1 } };
    writeFileSync(join(dataFolder, "settings.json"), JSON.stringify(settings));
    const environment = options.environment ?? {};
    const station = openStation({ dataFolder, environment, purpose: "real speech" });
    try {
      const { catalog, modelsFolder } = station;
      const names = options.names ?? [];
      addTerms(
        catalog,
        city,
        names.map((term) => ({ term, kind: "other" })),
      );
      const started = performance.now();
      const rawWords: Word[] = [];
      const request: TranscriptionRequest = {
        path: options.path,
        model: findModel(options.model, modelsFolder),
        language: options.language,
        translate: false,
        city: names.length === 0 ? undefined : city,
        glossaryName: names.length === 0 ? undefined : city,
        formats: ["scc", "json"],
        out: join(dataFolder, "out"),
        force: false,
      };
      const outcome = await station.transcribe(request, (event) => {
        if (event.kind === "words") rawWords.push(...event.words);
      });
      const seconds = (performance.now() - started) / 1000;
      const words = listWords(catalog, outcome.transcriptionId);
      const chunks = listChunks(catalog, outcome.transcriptionId);
      return {
        words,
        rawWords: rawWords.toSorted((a, b) => a.startMs - b.startMs),
        text: words.map(({ text }) => text).join(" "),
        status: outcome.status,
        issues: listIssues(catalog, outcome.transcriptionId),
        doubts: chunks.flatMap(({ doubts }) => doubts),
        joints: chunks.slice(1).map(({ startMs }) => startMs),
        seconds,
        stages: Object.fromEntries(outcome.steps.map((step) => [step.name, step.seconds])),
      };
    } finally {
      await station.close();
    }
  } finally {
    rmSync(dataFolder, { recursive: true, force: true });
  }
}
