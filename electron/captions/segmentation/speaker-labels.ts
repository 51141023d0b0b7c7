/**
 * The labels of speakers, for files that keep no speakers beside the text (electron/captions/README.md, "Speakers and sounds"): at every
 * change of speaker `>>` or `>> NAME:`, unless the text has a label there already.
 */
import { countColumns, countLineColumns, transliterate } from "../cea608/transliterate.ts";
import { type Cue, cueText } from "../cue.ts";
import { withLines } from "../cue-lines.ts";
import type { CueProfile, SpeakerLabels } from "../quality/caption-profile.ts";
import { beginsTurn } from "../speaker-turn.ts";
import { breakCost } from "./costs.ts";
import { buildLines, layOut } from "./line-breaks.ts";
import { fits, refit } from "./refit.ts";
import { formatSpeakerLabel, TokenTable, toTokens } from "./tokens.ts";

const arrows = /^\s*>>+\s*/u;
/** Sounds and music: nobody speaks. */
const isSound = (line: string): boolean => /^\s*[[(♪♫]/u.test(line);

/** True for a text that begins with a name in capitals and a colon, or with this name. */
function beginsWithName(text: string, speaker: string): boolean {
  return /^[^\p{Ll}:]{2,60}:/u.test(text) || text.toLowerCase().startsWith(`${speaker.toLowerCase()}:`);
}

/** The first line without a `>>` that a name is to stand behind; undefined where the line has its label already. */
function findLineToLabel(line: string, speaker: string, labels: SpeakerLabels): string | undefined {
  const bare = line.replace(arrows, "");
  if (beginsWithName(bare, speaker)) return undefined;
  if (!beginsTurn(line)) return line;
  return labels === "names" && bare !== line ? bare : undefined;
}

/** A cue with a label before its text, in as many lines as it may have; undefined where it does not fit. */
function withLabel(cue: Cue, bareLine: string, labels: SpeakerLabels, profile: CueProfile): Cue | undefined {
  const { speaker = "", lines } = cue;
  const label = formatSpeakerLabel(speaker, labels).join(" ");
  if (countColumns(label) > profile.maxLineLength) return undefined;
  const [, ...others] = lines;
  const whole = `${label} ${bareLine}`;
  // A cue that does not fit as it is will be cut anew with its label.
  const isCutAnyway = !fits(cue, Math.max(profile.maxLines, lines.length), profile.maxLineLength);
  if (isCutAnyway || countLineColumns(whole) <= profile.maxLineLength) return withLines(cue, [whole, ...others]);
  const end = others.findIndex(beginsTurn);
  const [turn, rest] = end < 0 ? [others, []] : [others.slice(0, end), others.slice(end)];
  const spoken = [bareLine, ...turn].join(" ").split(/\s+/u);
  const words = spoken.map((text, index) => ({ text, startMs: index, endMs: index + 1, probability: 1, speaker }));
  const table = new TokenTable(toTokens(words, { ...profile, speakerLabels: labels }), breakCost);
  const last = table.tokens.length - 1;
  const linesLeft = Math.max(profile.maxLines, lines.length) - rest.length;
  const layout = layOut(table, 0, last, profile, linesLeft);
  return layout === undefined ? undefined : withLines(cue, [...buildLines(table, layout, last), ...rest]);
}

/** A cue with its label: the name if it fits, else arrows; where those do not fit either, the cue is cut in two. */
function labelCue(cue: Cue, profile: CueProfile): readonly Cue[] {
  const { speaker = "", lines } = cue;
  const line = lines[0] ?? "";
  const bareLine = findLineToLabel(line, speaker, profile.speakerLabels);
  if (bareLine === undefined) return [cue];
  const named = profile.speakerLabels === "names" ? withLabel(cue, bareLine, "names", profile) : undefined;
  if (named !== undefined) return [named];
  if (bareLine !== line) return [cue];
  const marked = withLabel(cue, line, "arrows", profile);
  if (marked !== undefined) return [marked];
  // The first of the two may have room for the name.
  const [first, ...others] = refit(withLines(cue, [`>> ${line}`, ...lines.slice(1)]), profile);
  return first === undefined ? [] : [...labelCue(first, profile), ...others];
}

/**
 * Labels the first cue of each turn. Cues in order of time; each becomes one cue, or two where its label leaves no room.
 * Cues whose speakers are not known stay as they are.
 */
export function labelEachCue(cues: readonly Cue[], profile: CueProfile): readonly (readonly Cue[])[] {
  if (profile.speakerLabels === "none") return cues.map((cue) => [cue]);
  let current: string | undefined;
  /** True after a turn of somebody without a name. */
  let isAnonymous = false;
  return cues.map((cue) => {
    const { speaker, lines } = cue;
    const [first = ""] = lines;
    if (isSound(first)) return [cue];
    // Whoever follows a turn without a name is taken for its speaker, unless it is who spoke before.
    const isNew =
      speaker !== undefined && (isAnonymous ? speaker === current || beginsTurn(first) : speaker !== current);
    current = speaker ?? current;
    isAnonymous = lines.slice(1).some(beginsTurn) || (speaker === undefined && (isAnonymous || beginsTurn(first)));
    return isNew ? labelCue(cue, profile) : [cue];
  });
}

/**
 * The cues without the names that `>> NAME:` gives their speakers, for comparing what is written with what was said.
 * @param speakers whose names may stand there
 */
export function withoutSpeakerNames(cues: readonly Cue[], speakers: Iterable<string>): readonly Cue[] {
  const names = new Set([...speakers].map((speaker) => transliterate(speaker.toUpperCase()).text));
  return cues.map((cue) => {
    const text = cueText(cue).replace(/>> ([^:]+): ?/gu, (label, name: string) => (names.has(name) ? ">> " : label));
    return { ...cue, lines: [text] };
  });
}

/** Labels the first cue of each turn (see `labelEachCue`). */
export const labelSpeakers = (cues: readonly Cue[], profile: CueProfile): readonly Cue[] =>
  labelEachCue(cues, profile).flat();
