/** Writes Archivist's own caption file. */
import type { CaptionContent } from "../caption-format.ts";

/** JSON with one cue and one word a line, so that two versions can be compared by eye and by diff. */
export function formatCaptionJson(content: CaptionContent): string {
  const { cues, words, ...head } = content;
  const rows = (items: readonly unknown[]): string =>
    items.length === 0 ? "[]" : `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(",\n")}\n  ]`;
  const lines = Object.entries({ format: "archivist-captions", version: 1, ...head }).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  const tidy = words.map(({ text, startMs, endMs, probability, estimated, speaker }) => ({
    text,
    startMs,
    endMs,
    probability: Math.round(probability * 1000) / 1000,
    ...(estimated === true ? { estimated } : {}),
    ...(speaker === undefined ? {} : { speaker }),
  }));
  return `{\n${lines.join(",\n")},\n  "cues": ${rows(cues)},\n  "words": ${rows(tidy)}\n}\n`;
}
