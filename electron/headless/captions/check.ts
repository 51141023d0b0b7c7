/** `archivist captions check FILE` */

import { type CaptionFormatName, isLine21Format } from "../../captions/formats/format-names.ts";
import { type CaptionProfileName, captionProfiles } from "../../captions/quality/caption-profile.ts";
import type { RecordingFacts } from "../../captions/quality/document-facts.ts";
import { findIssues } from "../../captions/quality/find-issues.ts";
import { createIssue, type Issue } from "../../captions/quality/issue.ts";
import { type QualityScore, scoreCaptions } from "../../captions/quality/score.ts";
import { shiftSpans, totalMs } from "../../captions/time/span.ts";
import { hasDropFrame, type TimecodeStyle } from "../../captions/time/timecode.ts";
import { readStationConfig } from "../../config/station-config.ts";
import { readCaptionFile } from "../../editing/caption-file.ts";
import { probe } from "../../media/probe.ts";
import { framesPerSecond, type MediaInfo } from "../../media/probe-report.ts";
import { findMediaTools } from "../../media/tools.ts";
import { getFileOffsetMs, getRecordingTimes } from "../../transcription/recording-times.ts";
import { interruptible } from "../terminal/interruption.ts";
import { counted, printable, printJson, printResult } from "../terminal/print.ts";
import { userPath } from "../terminal/user-paths.ts";
import { issueLine, readFileBytes } from "./caption-file.ts";
import { type TimecodeOptions, timecodeStyle, toReadOptions } from "./options.ts";
import { findRecordingSpeech, type RecordingSpeech } from "./recording-speech.ts";

export interface CheckOptions extends TimecodeOptions {
  readonly media?: string;
  readonly profile?: CaptionProfileName;
  readonly json?: boolean;
}

interface CheckedRecording {
  readonly info: MediaInfo;
  readonly found: RecordingSpeech;
}

/** Looks at a recording, and listens to it. */
async function examineRecording(path: string): Promise<CheckedRecording> {
  const config = readStationConfig({});
  const { media } = config.settings;
  const tools = await findMediaTools(media);
  const info = await probe(tools.ffprobe, path, media);
  return { info, found: await interruptible((signal) => findRecordingSpeech(config, tools, path, info, signal)) };
}

/** Which detector found the speech, and how much of it. */
function speechLine({ speech, by, network }: RecordingSpeech): string {
  const length = `${(totalMs(speech) / 1000).toFixed(0)} s of speech in the recording`;
  if (by === "silero") return `${length}, found by the network ${network ?? ""}`.trimEnd();
  return `${length}, found by loudness, which music and noise have as well: no speech-detection network is in use`;
}

/** The recording's frame rate against the file's, and the style of its labels. */
function timecodeIssues(info: MediaInfo, { rate, dropFrame }: TimecodeStyle): readonly Issue[] {
  const shown = info.video === undefined ? undefined : framesPerSecond(info.video.frameRate);
  if (shown === undefined) return [];
  const expected = rate.numerator / rate.denominator;
  if (Math.abs(shown - expected) < 0.01 || Math.abs(shown - 2 * expected) < 0.02) {
    if (!hasDropFrame(rate) || dropFrame) return [];
    return [
      createIssue("timecode-style", "the labels are non-drop-frame: they fall behind the clock by 3.6 seconds an hour"),
    ];
  }
  return [
    createIssue(
      "frame-rate",
      `the recording has ${shown.toFixed(2)} frames a second, and the captions are read at ${expected.toFixed(2)}`,
    ),
  ];
}

function printScore({ overall, groups, passed }: QualityScore): void {
  const parts = Object.entries(groups).map(([group, score]) => `${group} ${score.toFixed(2)}`);
  printResult(`Score ${overall.toFixed(2)}, ${passed ? "passed" : "not passed"} (${parts.join(", ")})`);
}

/**
 * What the rules may know of the recording, on the file's clock. Pauses that are silent to the ear are silence for them as
 * well.
 */
function toRecordingFacts({ info, found }: CheckedRecording, format: CaptionFormatName): RecordingFacts {
  const { speech, by, silences, facts } = found;
  const byMs = getFileOffsetMs(format, getRecordingTimes(info, facts));
  return {
    durationMs: found.durationMs + byMs,
    silences: shiftSpans(silences, byMs),
    missing: shiftSpans(facts.missing, byMs),
    speech: shiftSpans(speech, byMs),
    speechDetector: by,
  };
}

/** Runs the command; exit code 1 when there is an error. */
export async function checkCommand(file: string, options: CheckOptions): Promise<number> {
  const path = userPath(file);
  const bytes = await readFileBytes(path);
  const timecode = timecodeStyle(options, bytes);
  const profile = captionProfiles[options.profile ?? "standard"];
  const read = await readCaptionFile(path, bytes, toReadOptions(options, timecode));
  const { format, cues } = read;
  const media = options.media === undefined ? undefined : await examineRecording(userPath(options.media));
  const facts: RecordingFacts = {
    ...(read.words.length > 0 ? { words: read.words } : {}),
    ...(media === undefined ? {} : toRecordingFacts(media, format)),
  };
  const issues = [
    ...read.issues,
    ...(cues.length === 0 ? [createIssue("no-captions", "there are no captions in this file")] : []),
    ...(media === undefined || format !== "scc" ? [] : timecodeIssues(media.info, timecode)),
    // What a file of line 21 has already been through, the others have still before them.
    ...findIssues(cues, facts, profile, isLine21Format(format) ? false : { timecode }),
  ];
  const score = scoreCaptions(cues, issues, profile, facts);
  const errors = issues.filter(({ severity }) => severity === "error").length;
  const warnings = issues.length - errors;
  if (options.json) {
    const speech = media && {
      found_by: media.found.by,
      network: media.found.network ?? null,
      seconds: totalMs(media.found.speech) / 1000,
    };
    printJson({ file: path, format, captions: cues.length, errors, warnings, score, speech: speech ?? null, issues });
  } else {
    if (media !== undefined) printResult(speechLine(media.found));
    for (const issue of issues) printResult(issueLine(issue, timecode));
    printScore(score);
    const found = `${counted(errors, "error")}, ${counted(warnings, "warning")}`;
    printResult(`${printable(path)}: ${counted(cues.length, "caption")}, ${found}`);
  }
  return errors > 0 ? 1 : 0;
}
