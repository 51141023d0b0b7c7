import { join } from "node:path";
import { expect, test } from "vitest";
import type { Word } from "../../electron/captions/word.ts";
import { listWords } from "../../electron/catalog/repositories/chunks.ts";
import { findModel } from "../../electron/speech/models/found-models.ts";
import { openStation } from "../../electron/station.ts";
import type { TranscriptionEvent } from "../../electron/transcription/events.ts";
import { sampleVideo } from "../support/paths.ts";
import { temporaryFolder } from "../support/temporary.ts";

// With a beam, pieces are recognized one after the other; without one, several at once.
test.each(["2", "1"])(
  "whoever listens hears the words of a piece when they are stored, in order (beam %s)",
  async (beam) => {
    const dataFolder = temporaryFolder();
    const environment = { ARCHIVIST_SPEECH_BEAM_SIZE: beam, ARCHIVIST_SPEECH_THREADS: "1" };
    const station = openStation({ dataFolder, environment, purpose: "test" });
    try {
      const events: TranscriptionEvent[] = [];
      let storedWhenTold = true;
      const outcome = await station.transcribe(
        {
          path: sampleVideo,
          model: findModel("archivist-demo-en", station.modelsFolder),
          language: "en",
          translate: false,
          city: undefined,
          glossaryName: undefined,
          formats: ["scc"],
          out: join(dataFolder, "out"),
          force: false,
        },
        (event) => {
          events.push(event);
          if (event.kind !== "words") return;
          // What was shown is never lost: the checkpoint came first.
          const [row] = station.catalog.database.$client
            .prepare<[string], { count: number }>("SELECT count(*) AS count FROM words WHERE text = ?")
            .all(event.words.at(-1)?.text ?? "");
          storedWhenTold &&= (row?.count ?? 0) > 0;
        },
      );
      const live = events.flatMap((event) => (event.kind === "words" ? event.words : []));
      // What is stored says how likely each word is to be right, not what the model says of itself.
      const plain = ({ text, startMs, endMs }: Word) => ({ text, startMs, endMs });
      expect(live.map(plain)).toEqual(listWords(station.catalog, outcome.transcriptionId).map(plain));
      expect(storedWhenTold).toBe(true);
      // After the first progress of a later piece, no words of an earlier one.
      let piece = 0;
      const told: number[] = [];
      for (const event of events) {
        if (event.kind === "progress" && event.piece !== undefined) piece = event.piece.number;
        if (event.kind === "words") told.push(piece);
      }
      expect(told).toHaveLength(5);
      expect(told).toEqual(told.toSorted((a, b) => a - b));
      if (beam === "2") expect(told).toEqual([1, 2, 3, 4, 5]);
    } finally {
      await station.close();
    }
  },
);
