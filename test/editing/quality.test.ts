/** The issues of a meeting are the same before and after somebody opens it: pipeline, editor and approval ask one engine. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { computeChange } from "../../electron/captions/editing/apply.ts";
import { createDocument } from "../../electron/captions/editing/document.ts";
import { checkDocument } from "../../electron/captions/editing/document-issues.ts";
import type { Issue } from "../../electron/captions/quality/issue.ts";
import { addTerms } from "../../electron/catalog/repositories/glossary.ts";
import { listIssues } from "../../electron/catalog/repositories/outputs.ts";
import { listPublishableByPrefix } from "../../electron/catalog/repositories/publishing.ts";
import { listSpeechSpans } from "../../electron/catalog/repositories/speech-spans.ts";
import { findCues } from "../../electron/catalog/repositories/versions.ts";
import { getEditingProfile, loadTranscript } from "../../electron/editing/meeting-facts.ts";
import { findModel } from "../../electron/speech/models/found-models.ts";
import { sampleVideo } from "../support/paths.ts";
import { testStation } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

test("a transcription has the issues that its captions have when they are opened for correction", async () => {
  const { services, transcribe } = testStation({
    settings: { speech: { model: "archivist-demo-en", beamSize: 1, threads: 1 } },
  });
  const { catalog } = services;
  addTerms(catalog, "Fairview", [{ term: "Andersen", kind: "person" }]);
  const outcome = await transcribe({
    path: sampleVideo,
    model: findModel("archivist-demo-en", services.modelsFolder),
    language: "en",
    translate: false,
    city: "Fairview",
    glossaryName: "Fairview",
    formats: ["scc"],
    out: join(temporaryFolder(), "out"),
    force: false,
  });
  const [row] = listPublishableByPrefix(catalog, outcome.transcriptionId);
  if (row === undefined) throw new Error("the meeting is not there");
  const stored = listIssues(catalog, row.id);
  const document = createDocument(findCues(catalog, row.id, 0) ?? []);
  const facts = await loadTranscript(services, row);
  const opened = checkDocument(document, facts, getEditingProfile(services, row));
  const summarize = (issues: typeof stored) =>
    issues.map(({ severity, rule, message, atMs }) => ({ severity, rule, message, atMs }));
  expect(summarize(opened)).toEqual(summarize(stored));
  expect(stored.map(({ rule }) => rule)).toContain("near-name");
  // Recognition has left no speech without captions, and what an edit leaves is found where it was.
  expect(facts.speech?.length).toBeGreaterThan(10);
  expect(listSpeechSpans(catalog, row.id)).toEqual(facts.speech);
  const isGap = ({ rule, severity }: Issue): boolean => rule === "speech-without-caption" && severity === "error";
  expect(stored.filter(isGap)).toEqual([]);
  const [first, , , fourth] = document.cues;
  const gone = document.cues.slice(0, 4).map(({ id }) => id);
  const { document: cut } = computeChange(document, { type: "delete", cues: gone });
  const [gap, ...more] = checkDocument(cut, facts, getEditingProfile(services, row)).filter(isGap);
  expect(more).toEqual([]);
  expect(Math.abs((gap?.atMs ?? 0) - (first?.startMs ?? 0))).toBeLessThan(1_000);
  expect(gap?.untilMs).toBeGreaterThan((fourth?.startMs ?? 0) - 1_000);
  expect(gap?.message).toMatch(/s of speech without a caption: "/);
});
