/**
 * A meeting in English with a public comment in Spanish, by a real model. Recordings and models are too large for the
 * repository: they lie beside the checkout, or in the folders that `ARCHIVIST_BENCH_SETS` and `ARCHIVIST_BENCH_MODELS` name.
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { listChunks, listWords } from "../../electron/catalog/repositories/chunks.ts";
import { findModel } from "../../electron/speech/models/found-models.ts";
import { comparableWords, wordErrorRate } from "../../electron/speech/recognition/word-error-rate.ts";
import { projectRoot } from "../support/paths.ts";
import { testStation } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

const sets = process.env.ARCHIVIST_BENCH_SETS ?? join(projectRoot, "../shared/cases/speech");
const models = process.env.ARCHIVIST_BENCH_MODELS ?? join(projectRoot, "../shared/models");
const model = ["ggml-base.bin", "ggml-base-q8_0.bin"].map((name) => join(models, name)).find(existsSync);
const recordings = ["council-a.flac", "comite-c.flac"].map((name) => join(sets, name));
const isHere = model !== undefined && recordings.every((path) => existsSync(path));

/** A real model takes its time on a busy machine, in milliseconds. */
const timeout = 1_800_000;

/** The parts of the meeting: recording, from and to in seconds, and what is said. */
const parts = [
  {
    set: 0,
    from: 39.2,
    to: 62.0,
    text: "Second. It has been moved by Council member Brennan and seconded by Council member Okafor. All in favor, say aye. Opposed? The motion carries, four to nothing. Item five is the public hearing on the Elm Street bridge replacement. Our public works director will give the staff report. Go ahead, please.",
  },
  {
    set: 1,
    from: 11.5,
    to: 36.7,
    text: "Buenas noches. Me llamo Rafael Domínguez y vivo en la calle de los Olmos. Quiero hablar del edificio de la esquina. La calefacción no funciona desde noviembre, y hay familias con niños pequeños. Gracias, señor Domínguez. ¿Ya presentaron una queja ante la oficina de inspección? Sí, dos veces. La primera fue el doce de diciembre, y todavía no hemos recibido ninguna respuesta por escrito.",
  },
  {
    set: 0,
    from: 138.4,
    to: 154.3,
    text: "Has anyone looked at a protected bicycle lane? If we are going to build a new deck, this is the only chance we will have for fifty years. The design does include a ten foot shared path on the north side, separated from the travel lanes by a concrete barrier.",
  },
] as const;

/** The meeting as a file, and where each part begins and ends in it, in milliseconds. */
function mixedMeeting() {
  const path = join(temporaryFolder(), "mixed.wav");
  const inputs = parts.flatMap(({ set, from, to }) => ["-ss", `${from}`, "-to", `${to}`, "-i", recordings[set] ?? ""]);
  const streams = parts.map((_, index) => `[${index}:a]aresample=16000,aformat=channel_layouts=mono[p${index}];`);
  const joining = `${parts.map((_, index) => `[p${index}]`).join("")}concat=n=${parts.length}:v=0:a=1`;
  execFileSync("ffmpeg", [
    "-nostdin",
    "-v",
    "error",
    "-y",
    ...inputs,
    "-filter_complex",
    `${streams.join("")}${joining}`,
    path,
  ]);
  let atMs = 0;
  const spans = parts.map(({ from, to, text }) => {
    const startMs = atMs;
    atMs += Math.round((to - from) * 1000);
    return { startMs, endMs: atMs, text };
  });
  return { path, spans };
}

async function transcribe(translatesOthers: boolean) {
  const { path, spans } = mixedMeeting();
  const station = testStation({ settings: { speech: { beamSize: 1, secondTries: 1, windowSeconds: 30, threads: 0 } } });
  const outcome = await station.transcribe({
    path,
    model: findModel(model ?? "", station.modelsFolder),
    language: "en",
    translate: false,
    otherLanguages: ["es"],
    translatesOthers,
    city: undefined,
    glossaryName: undefined,
    formats: ["txt"],
    out: join(temporaryFolder(), "out"),
    force: false,
  });
  const words = listWords(station.catalog, outcome.transcriptionId);
  const chunks = listChunks(station.catalog, outcome.transcriptionId);
  const texts = spans.map(({ startMs, endMs }) =>
    words
      .filter((word) => (word.startMs + word.endMs) / 2 >= startMs && (word.startMs + word.endMs) / 2 < endMs)
      .map(({ text }) => text)
      .join(" "),
  );
  return { spans, chunks, texts };
}

describe.skipIf(!isHere)(
  "a meeting in two languages, by base (skipped where the real model or recordings are missing)",
  () => {
    test("has its captions in the language that is spoken, with nothing lost at the border", { timeout }, async () => {
      const { spans, chunks, texts } = await transcribe(false);
      for (const chunk of chunks) {
        const middleMs = (chunk.startMs + chunk.endMs) / 2;
        const part = spans.findIndex(({ startMs, endMs }) => middleMs >= startMs && middleMs < endMs);
        expect(chunk).toMatchObject({ spokenLanguage: part === 1 ? "es" : "en", language: part === 1 ? "es" : "en" });
      }
      spans.forEach(({ text }, index) => {
        expect(wordErrorRate(text, texts[index] ?? "")).toBeLessThan(0.2);
      });
      expect(comparableWords(texts[1] ?? "").join(" ")).toMatch(/dos veces/);
    });

    test("or in English, as the city chooses", { timeout }, async () => {
      const { spans, chunks, texts } = await transcribe(true);
      expect(
        chunks.filter(({ spokenLanguage }) => spokenLanguage === "es").every(({ language }) => language === "en"),
      ).toBe(true);
      expect(chunks.some(({ spokenLanguage }) => spokenLanguage === "es")).toBe(true);
      expect(texts[1]).toMatch(/good (night|evening)/i);
      expect(texts[1]).not.toMatch(/buenas noches/i);
      expect(wordErrorRate(spans[0]?.text ?? "", texts[0] ?? "")).toBeLessThan(0.2);
    });
  },
);
