/** What a person reads is spelled as in the United States. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../support/paths.ts";

/** Where texts for people stand, besides the manual. */
const places = [
  "renderer/",
  "electron/contract/",
  "electron/captions/quality/",
  "electron/headless/",
  "electron/insight/",
  "electron/intake/",
  "electron/maintenance/",
  "electron/meetings/",
  "electron/monitoring/",
  "electron/notify/",
  "electron/publishing/",
  "electron/transcription/",
];

/** Names of states, steps and kinds that are stored, words that are examples of British spelling, and patterns. */
const allowed = new Set(["cancelled", "organisation", "summarise", "ageing", "favour", "councillor", "mmm"]);

const british = new Set(
  readFileSync(join(projectRoot, "test/support/speech/scoring/british-spellings.txt"), "utf8")
    .split("\n")
    .map((line) => line.split(" ")[0] ?? "")
    .filter((word) => word !== "" && !allowed.has(word)),
);

const literals = /"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g;

test("texts and the manual have no British spelling", () => {
  const isRead = (file: string): boolean =>
    (/\.tsx?$/.test(file) && places.some((place) => file.startsWith(place))) ||
    (file.startsWith("resources/manual/") && file.endsWith(".md")) ||
    file === "README.md";
  const files = ["electron", "renderer", "resources/manual"].flatMap((folder) =>
    readdirSync(join(projectRoot, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => !name.startsWith("dist"))
      .map((name) => `${folder}/${name}`),
  );
  const found = ["README.md", ...files].filter(isRead).flatMap((file) => {
    const content = readFileSync(join(projectRoot, file), "utf8");
    const texts = file.endsWith(".md") ? [content] : (content.match(literals) ?? []);
    return texts
      .flatMap((text) => text.match(/[A-Za-z]+/g) ?? [])
      .filter((word) => british.has(word.toLowerCase()))
      .map((word) => `${file}: ${word}`);
  });
  expect(found).toEqual([]);
});
