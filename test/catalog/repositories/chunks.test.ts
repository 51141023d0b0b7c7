import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  beginChunk,
  finishChunk,
  listChunks,
  listWords,
  storePlan,
} from "../../../electron/catalog/repositories/chunks.ts";
import { spokenWords } from "../../captions/arbitraries.ts";
import { freshCatalog, someTranscription } from "../../support/station/catalog.ts";

describe("chunks and words", () => {
  const finished = (words: Parameters<typeof finishChunk>[2]["words"]) => ({
    words,
    repairedWords: 0,
    language: "en",
    elapsedMs: 10,
    completedDate: "2026-11-20T10:00:00.000Z",
  });

  test("any words come back as they were stored, in order", () => {
    fc.assert(
      fc.property(spokenWords(60), (words) => {
        const catalog = freshCatalog();
        const { id } = someTranscription(catalog);
        storePlan(catalog, id, [
          {
            stretches: [
              { startMs: 0, endMs: 200_000 },
              { startMs: 250_000, endMs: 500_000 },
            ],
          },
          { stretches: [{ startMs: 500_000, endMs: 1_000_000 }] },
        ]);
        const [first, second] = listChunks(catalog, id);
        expect(first).toMatchObject({
          startMs: 0,
          endMs: 500_000,
          stretches: [{ endMs: 200_000 }, { startMs: 250_000 }],
        });
        const shifted = words.map((word) => ({
          ...word,
          startMs: word.startMs + 500_000,
          endMs: word.endMs + 500_000,
        }));
        finishChunk(catalog, second?.id ?? 0, finished(shifted));
        finishChunk(catalog, first?.id ?? 0, finished(words));
        expect(listWords(catalog, id)).toEqual([...words, ...shifted]);
      }),
      { numRuns: 20 },
    );
  });

  test("a chunk is finished once: what comes later does not double its words", () => {
    const catalog = freshCatalog();
    const { id } = someTranscription(catalog);
    storePlan(catalog, id, [{ stretches: [{ startMs: 0, endMs: 10_000 }] }]);
    const chunkId = listChunks(catalog, id)[0]?.id ?? 0;
    beginChunk(catalog, chunkId);
    const word = { text: "Aye.", startMs: 100, endMs: 300, probability: 0.9 };
    finishChunk(catalog, chunkId, finished([word]));
    finishChunk(catalog, chunkId, finished([word, { ...word, startMs: 400, endMs: 500 }]));
    expect(listWords(catalog, id)).toEqual([word]);
    expect(listChunks(catalog, id)).toMatchObject([{ status: "completed", attempts: 1, language: "en" }]);
  });

  test("a checkpoint is all or nothing", () => {
    const catalog = freshCatalog();
    const { id } = someTranscription(catalog);
    storePlan(catalog, id, [{ stretches: [{ startMs: 0, endMs: 10_000 }] }]);
    const chunkId = listChunks(catalog, id)[0]?.id ?? 0;
    const impossible = { text: "Backwards", startMs: 300, endMs: 100, probability: 0.9 };
    expect(() =>
      finishChunk(catalog, chunkId, finished([{ text: "Fine", startMs: 0, endMs: 50, probability: 1 }, impossible])),
    ).toThrow();
    expect(listChunks(catalog, id)).toMatchObject([{ status: "pending" }]);
    expect(listWords(catalog, id)).toEqual([]);
  });

  test("what the engine heard can never be changed", () => {
    const catalog = freshCatalog();
    const { id } = someTranscription(catalog);
    storePlan(catalog, id, [{ stretches: [{ startMs: 0, endMs: 10_000 }] }]);
    finishChunk(
      catalog,
      listChunks(catalog, id)[0]?.id ?? 0,
      finished([{ text: "Aye.", startMs: 1, endMs: 2, probability: 1 }]),
    );
    expect(() => catalog.database.$client.exec("UPDATE words SET text = 'Nay.'")).toThrow(/never change/);
  });
});
