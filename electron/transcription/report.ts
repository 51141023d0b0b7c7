/** The report on a transcription, as Markdown for users. */
import { formatClockTime } from "../captions/formats/clock-time.ts";
import type { Issue } from "../captions/quality/issue.ts";
import type { Word } from "../captions/word.ts";
import type { Approval } from "../catalog/repositories/approvals.ts";
import { escapeMarkdown } from "../insight/markdown.ts";
import { framesPerSecond } from "../media/probe-report.ts";
import { type StageName, stageTitles } from "./events.ts";
import type { ReportedMedia } from "./reported-media.ts";
import { errorCount, listReviewReasons } from "./verdict.ts";

export interface ReportContent {
  readonly title: string;
  readonly path: string;
  readonly info: ReportedMedia | undefined;
  readonly durationMs: number;
  readonly model: string;
  readonly language: string;
  readonly pieces: number;
  readonly words: readonly Word[];
  readonly repairedWords: number;
  readonly cueCount: number;
  readonly worstDelayMs: number;
  readonly issues: readonly Issue[];
  /** From 0 to 1, with the minimum score. */
  readonly score: number;
  readonly passScore: number;
  /** The version of the captions. */
  readonly version: number;
  /** The approval that holds; undefined: none does. */
  readonly approval: Approval | undefined;
  readonly steps: readonly { readonly name: StageName; readonly elapsedMs: number }[];
}

const clock = (ms: number): string => formatClockTime(ms, ".").slice(0, 8);
const seconds = (ms: number): string => (ms / 1000).toFixed(1);
/** Maximum number of issues listed: a reader looks at the first ones, and all of them are in the catalog. */
const maxIssues = 200;

/** Converts a frame rate such as `30000/1001` to its usual notation, 29.97. */
function spokenRate(fraction: string): string {
  const rate = framesPerSecond(fraction);
  return rate === undefined ? "unknown" : String(Math.round(rate * 1000) / 1000);
}

function recordingLines({ path, info, durationMs }: ReportContent): readonly string[] {
  const file = [`- File: ${escapeMarkdown(path)}`, `- Length: ${clock(durationMs)}`];
  if (info === undefined) return file;
  const { video, audio } = info;
  const picture = video
    ? `${video.codec}, ${video.width}×${video.height}, ${spokenRate(video.frameRate)} frames a second`
    : "none";
  const sound = `${audio.codec}, ${audio.sampleRate} Hz, ${audio.layout}`;
  const others = info.audioStreamCount > 1 ? ` (the recording has ${info.audioStreamCount} audio streams)` : "";
  return [...file, `- Picture: ${picture}`, `- Sound: ${sound}${others}`];
}

function speechLines(content: ReportContent): readonly string[] {
  const { words, durationMs } = content;
  const mean = words.length === 0 ? 0 : words.reduce((sum, { probability }) => sum + probability, 0) / words.length;
  const unsure = words.filter(({ probability }) => probability < 0.5).length;
  const transcribe = content.steps.find(({ name }) => name === "transcribe")?.elapsedMs ?? 0;
  return [
    `- Model: ${escapeMarkdown(content.model)}, language ${content.language}`,
    `- Words: ${words.length}, mean confidence ${(mean * 100).toFixed(1)} %, ${unsure} of them unsure (below 50 %)`,
    `- Pieces: ${content.pieces}; word times put right: ${content.repairedWords}`,
    ...(transcribe > 0
      ? [`- Speed: ${(durationMs / transcribe).toFixed(1)} times as fast as the recording plays`]
      : []),
  ];
}

/** Which version it is, and who has approved it with which reasons. */
function versionLines({ version, approval }: ReportContent): readonly string[] {
  const name = version === 0 ? "- Version: 0, as recognized" : `- Version: ${version}`;
  if (approval === undefined) return [`${name}, not approved`];
  const since = approval.number === version ? "" : `; this version was made after it and is not approved`;
  return [
    name,
    `- Approved: version ${approval.number} by ${escapeMarkdown(approval.by)}, ${approval.date}${since}`,
    ...approval.reasons.map(
      ({ rule, atMs, reason }) => `- Accepted: [${clock(atMs)}] ${rule}: ${escapeMarkdown(reason)}`,
    ),
  ];
}

function issueLines(issues: readonly Issue[]): readonly string[] {
  if (issues.length === 0) return ["The rules found nothing to complain about."];
  const lines = issues.slice(0, maxIssues).map(({ severity, message, remedy, atMs, untilMs }) => {
    const advice = remedy === undefined ? "" : `. ${escapeMarkdown(remedy)}`;
    const place = `${clock(atMs ?? 0)}${untilMs === undefined ? "" : `–${clock(untilMs)}`}`;
    return `- ${severity} [${place}] ${escapeMarkdown(message)}${advice}`;
  });
  if (issues.length > maxIssues) lines.push(`- … and ${issues.length - maxIssues} more`);
  return lines;
}

/** Markdown with recording, recognition, captions, issues, and the time each stage took. */
export function formatReport(content: ReportContent): string {
  const errors = errorCount(content.issues);
  const faults = listReviewReasons(content.issues, content.score, content.passScore);
  const verdict = faults.length === 0 ? "are ready for review and publishing" : `need review: ${faults.join(", ")}`;
  return [
    `# Report on ${escapeMarkdown(content.title)}`,
    ...["", `The captions ${verdict}.`],
    ...["", "## Recording", "", ...recordingLines(content)],
    ...["", "## Recognition", "", ...speechLines(content)],
    ...["", "## Captions", ""],
    ...versionLines(content),
    `- Captions: ${content.cueCount}; greatest delay on air ${seconds(content.worstDelayMs)} s`,
    `- Errors: ${errors}; warnings: ${content.issues.length - errors}; score: ${content.score.toFixed(2)} of 1`,
    ...["", "## What the rules found", "", ...issueLines(content.issues)],
    ...["", "## Time taken", "", "| step | seconds |", "|---|---:|"],
    ...content.steps.map(({ name, elapsedMs }) => `| ${stageTitles[name]} | ${seconds(elapsedMs)} |`),
    "",
  ].join("\n");
}
