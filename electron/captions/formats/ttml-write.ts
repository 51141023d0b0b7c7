/** Writes TTML in the IMSC 1.1 text profile: media times in seconds, one region at the bottom and one at the top. */
import { type Cue, type CueRow, toCueRows } from "../cue.ts";
import { escapeMarkup } from "./markup.ts";

/**
 * Escapes text for XML 1.0, which allows no control characters but tab and line ends, no lone surrogates and neither
 * U+FFFE nor U+FFFF.
 */
export function escapeXml(text: string): string {
  const allowed = text.toWellFormed().replace(/[\p{Cc}\uFFFE\uFFFF]/gu, " ");
  return escapeMarkup(allowed).replace(/"/g, "&quot;");
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(3)}s`;

function line({ text, italic, underline }: CueRow): string {
  const styleAttributes = `${italic ? ' tts:fontStyle="italic"' : ""}${underline ? ' tts:textDecoration="underline"' : ""}`;
  return styleAttributes === "" ? escapeXml(text) : `<span${styleAttributes}>${escapeXml(text)}</span>`;
}

function paragraph(cue: Cue, number: number): string {
  const align = cue.align === "left" ? ' tts:textAlign="left"' : "";
  const name = cue.speaker === undefined ? "" : ` ttm:agent="${agentId(cue.speaker)}"`;
  const times = `begin="${seconds(cue.startMs)}" end="${seconds(cue.endMs)}"`;
  const text = toCueRows(cue).map(line).join("<br/>");
  return `      <p xml:id="c${number}" region="${cue.edge ?? "bottom"}" ${times}${align}${name}>${text}</p>`;
}

/** A speaker's name as an XML identifier; the same name always gives the same identifier. */
function agentId(speaker: string): string {
  return `agent-${[...speaker].map((character) => (/[A-Za-z0-9]/.test(character) ? character : `_${character.codePointAt(0)?.toString(16)}`)).join("")}`;
}

/** Formats cues as TTML. @param language for `xml:lang`; empty if unknown */
export function formatTtml(cues: readonly Cue[], language = ""): string {
  const shown = cues.filter((cue) => toCueRows(cue).length > 0);
  const speakers = [...new Set(shown.flatMap(({ speaker }) => (speaker === undefined ? [] : [speaker])))];
  const agents = speakers.map(
    (speaker) =>
      `      <ttm:agent xml:id="${agentId(speaker)}" type="person"><ttm:name type="full">${escapeXml(speaker)}</ttm:name></ttm:agent>`,
  );
  const region = (id: string, align: string): string =>
    `      <region xml:id="${id}" tts:origin="10% 10%" tts:extent="80% 80%" tts:displayAlign="${align}"/>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:tts="http://www.w3.org/ns/ttml#styling" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xml:lang="${escapeXml(language)}" ttp:timeBase="media" ttp:contentProfiles="http://www.w3.org/ns/ttml/profile/imsc1.1/text">`,
    "  <head>",
    ...(agents.length === 0 ? [] : ["    <metadata>", ...agents, "    </metadata>"]),
    "    <styling>",
    '      <style xml:id="caption" tts:color="white" tts:backgroundColor="black" tts:fontFamily="monospaceSansSerif" tts:textAlign="center"/>',
    "    </styling>",
    "    <layout>",
    region("bottom", "after"),
    region("top", "before"),
    "    </layout>",
    "  </head>",
    '  <body style="caption">',
    "    <div>",
    ...shown.map((cue, index) => paragraph(cue, index + 1)),
    "    </div>",
    "  </body>",
    "</tt>",
    "",
  ].join("\n");
}
