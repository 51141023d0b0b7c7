/**
 * iTunes Timed Text: TTML with times in frames and two regions, as Apple's specification wants it (electron/captions/formats/README.md,
 * "iTunes Timed Text"). Read as TTML, which it is.
 */
import { type Cue, toCueRows } from "../../cue.ts";
import { msToFrame, ntsc } from "../../time/frame-rate.ts";
import { formatTimecode, hasDropFrame, type TimecodeStyle } from "../../time/timecode.ts";
import type { CaptionContent, WriteOptions } from "../caption-format.ts";
import { escapeXml } from "../markup/write.ts";
import { formatTtmlRow } from "../ttml/write.ts";

/** Labels that run with the clock where the rate has them. */
const toStyle = (rate = ntsc): TimecodeStyle => ({ rate, dropFrame: hasDropFrame(rate) });

function paragraph(cue: Cue, style: TimecodeStyle): string {
  const label = (ms: number): string => formatTimecode(msToFrame(ms, style.rate), style).replace(";", ":");
  const text = toCueRows(cue).map(formatTtmlRow);
  const region = cue.edge === "top" ? "top" : "bottom";
  return `      <p begin="${label(cue.startMs)}" end="${label(cue.endMs)}" region="${region}">${text.join("<br/>")}</p>`;
}

/** The text of an iTunes Timed Text file, at 29.97 frames a second unless another rate is asked for. */
export function formatItt({ cues, language }: CaptionContent, { rate }: WriteOptions): string {
  const style = toStyle(rate);
  const { nominal, denominator } = style.rate;
  const dropMode = style.dropFrame ? "dropNTSC" : "nonDrop";
  const multiplier = denominator === 1001 ? "1000 1001" : "1 1";
  const region = (name: string, top: string, align: string): string =>
    `      <region xml:id="${name}" tts:origin="0% ${top}" tts:extent="100% 15%" tts:textAlign="center" tts:displayAlign="${align}"/>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xml:lang="${escapeXml(language ?? "en")}" ttp:timeBase="smpte" ttp:frameRate="${nominal}" ttp:frameRateMultiplier="${multiplier}" ttp:dropMode="${dropMode}">`,
    "  <head>",
    "    <styling>",
    '      <style xml:id="normal" tts:fontFamily="sansSerif" tts:fontWeight="normal" tts:fontStyle="normal" tts:color="white" tts:fontSize="100%"/>',
    "    </styling>",
    "    <layout>",
    region("bottom", "85%", "after"),
    region("top", "0%", "before"),
    "    </layout>",
    "  </head>",
    '  <body style="normal" region="bottom">',
    "    <div>",
    ...cues.filter((cue) => toCueRows(cue).length > 0).map((cue) => paragraph(cue, style)),
    "    </div>",
    "  </body>",
    "</tt>",
    "",
  ].join("\n");
}
