import { describe, expect, test } from "vitest";
import {
  decodedLength,
  findDecodedFacts,
  listSilences,
  saveDecoded,
  upsertRecording,
} from "../../../electron/catalog/repositories/recordings.ts";
import type { DecodedFacts } from "../../../electron/contract/recording.ts";
import { freshCatalog, someRecording } from "../../support/station/catalog.ts";

describe("recordings", () => {
  test("of the same content are one row, which follows the file", () => {
    const catalog = freshCatalog();
    const first = someRecording(catalog);
    const moved = upsertRecording(catalog, {
      fingerprint: first.fingerprint,
      filename: "renamed.mp4",
      filePath: "/archive/renamed.mp4",
      fileSize: 1_000,
      modifiedMs: 2,
      container: "mov",
      durationMs: undefined,
      media: {},
    });
    expect(moved).toMatchObject({ id: first.id, filePath: "/archive/renamed.mp4" });
    expect(someRecording(catalog, "another").id).not.toBe(first.id);
  });

  test("keep their length and silences, and replace them when decoded again", () => {
    const catalog = freshCatalog();
    const { id } = someRecording(catalog);
    expect(decodedLength(catalog, id)).toBeUndefined();
    const silences = Array.from({ length: 1_200 }, (_, index) => ({ startMs: index * 100, endMs: index * 100 + 50 }));
    expect(findDecodedFacts(catalog, id)).toBeUndefined();
    const facts: DecodedFacts = {
      clock: { zeroMs: 5_000, firstFrameMs: 0, isEven: true, restarts: [] },
      sound: { streams: [2], others: [1], isSet: false, heard: [] },
      missing: [{ startMs: 900, endMs: 1_000, kind: "end" }],
    };
    saveDecoded(catalog, id, { ...facts, missing: [], sampleCount: 16_000, durationMs: 1_000, silences });
    saveDecoded(catalog, id, { ...facts, sampleCount: 32_000, durationMs: 2_000, silences: silences.slice(0, 700) });
    expect(findDecodedFacts(catalog, id)).toEqual(facts);
    expect(decodedLength(catalog, id)).toEqual({ sampleCount: 32_000, durationMs: 2_000 });
    expect(listSilences(catalog, id)).toEqual(silences.slice(0, 700));
  });
});
