/** Writes TTML in the IMSC 1.1 text profile: media times in seconds, a region for each place of a caption. */

import { toStyleRuns } from "../../character-style.ts";
import { type Cue, type CueRow, positions, toCueRows } from "../../cue.ts";
import { toHexColor } from "../markup/colors.ts";
import { findPlacedBox } from "../markup/place.ts";
import { escapeXml } from "../markup/write.ts";

const seconds = (ms: number): string => `${(ms / 1000).toFixed(3)}s`;
const percent = (value: number): string => `${Math.round(value * 100) / 100}%`;

/** A row as the content of a paragraph. */
export function formatTtmlRow(row: CueRow): string {
  return toStyleRuns(row.text, row)
    .map(({ text, style: { italic, underline, color } }) => {
      const attributes = [
        ...(italic ? [' tts:fontStyle="italic"'] : []),
        ...(underline ? [' tts:textDecoration="underline"'] : []),
        ...(color === undefined ? [] : [` tts:color="${toHexColor(color)}"`]),
      ].join("");
      return attributes === "" ? escapeXml(text) : `<span${attributes}>${escapeXml(text)}</span>`;
    })
    .join("");
}

interface Region {
  readonly id: string;
  readonly origin: readonly [x: number, y: number];
  readonly extent: readonly [width: number, height: number];
  readonly displayAlign: "before" | "center" | "after";
}

const areaRegions: readonly Region[] = positions.map((id) => ({
  id,
  origin: [10, 10],
  extent: [80, 80],
  displayAlign: ({ top: "before", middle: "center", bottom: "after" } as const)[id],
}));

interface PlacedCue {
  readonly cue: Cue;
  readonly region: Region;
  readonly align: Cue["align"];
}

/** The region of a cue: one of the three, or for exact places one of its own. */
function toPlaced(cue: Cue): PlacedCue {
  const box = findPlacedBox(cue);
  if (box === undefined) {
    const region = areaRegions.find(({ id }) => id === (cue.edge ?? "bottom")) as Region;
    return { cue, region, align: cue.align };
  }
  const { top, x, align } = box;
  const half = Math.min(x - 10, 90 - x);
  const left = align === "left" ? x : x - half;
  const width = align === "left" ? 90 - x : 2 * half;
  const region: Region = {
    id: `at-${[left, top, width].map((value) => Math.round(value * 100)).join("-")}`,
    origin: [left, top],
    extent: [width, 90 - top],
    displayAlign: "before",
  };
  return { cue, region, align };
}

function paragraph({ cue, region, align }: PlacedCue, number: number): string {
  const textAlign = align === undefined ? "" : ` tts:textAlign="${align}"`;
  const name = cue.speaker === undefined ? "" : ` ttm:agent="${toAgentId(cue.speaker)}"`;
  const times = `begin="${seconds(cue.startMs)}" end="${seconds(cue.endMs)}"`;
  const text = toCueRows(cue).map(formatTtmlRow).join("<br/>");
  return `      <p xml:id="c${number}" region="${region.id}" ${times}${textAlign}${name}>${text}</p>`;
}

/** A speaker's name as an XML identifier; the same name always gives the same identifier. */
function toAgentId(speaker: string): string {
  return `agent-${[...speaker].map((character) => (/[A-Za-z0-9]/.test(character) ? character : `_${character.codePointAt(0)?.toString(16)}`)).join("")}`;
}

const formatRegion = ({ id, origin, extent, displayAlign }: Region): string =>
  `      <region xml:id="${id}" tts:origin="${origin.map(percent).join(" ")}" tts:extent="${extent.map(percent).join(" ")}" tts:displayAlign="${displayAlign}"/>`;

/** Formats cues as TTML. @param language for `xml:lang`; empty if unknown */
export function formatTtml(cues: readonly Cue[], language = ""): string {
  const shown = cues.filter((cue) => toCueRows(cue).length > 0).map(toPlaced);
  const speakers = [...new Set(shown.flatMap(({ cue: { speaker } }) => (speaker === undefined ? [] : [speaker])))];
  const agents = speakers.map(
    (speaker) =>
      `      <ttm:agent xml:id="${toAgentId(speaker)}" type="person"><ttm:name type="full">${escapeXml(speaker)}</ttm:name></ttm:agent>`,
  );
  const regions = new Map([...areaRegions, ...shown.map(({ region }) => region)].map((region) => [region.id, region]));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:tts="http://www.w3.org/ns/ttml#styling" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xml:lang="${escapeXml(language)}" ttp:timeBase="media" ttp:contentProfiles="http://www.w3.org/ns/ttml/profile/imsc1.1/text">`,
    "  <head>",
    ...(agents.length === 0 ? [] : ["    <metadata>", ...agents, "    </metadata>"]),
    "    <styling>",
    '      <style xml:id="caption" tts:color="white" tts:backgroundColor="black" tts:fontFamily="monospaceSansSerif" tts:textAlign="center"/>',
    "    </styling>",
    "    <layout>",
    ...[...regions.values()].map(formatRegion),
    "    </layout>",
    "  </head>",
    '  <body style="caption">',
    "    <div>",
    ...shown.map((placed, index) => paragraph(placed, index + 1)),
    "    </div>",
    "  </body>",
    "</tt>",
    "",
  ].join("\n");
}
