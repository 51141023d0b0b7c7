/** Edits of what a caption says, how it looks, and whether somebody stands for it. */

import { type Change, exchanging } from "../change.ts";
import type { CommandOf } from "../command.ts";
import { balanced, withLines } from "../cue-text.ts";
import type { EditCue } from "../document.ts";
import type { EditContext } from "../edit-context.ts";
import { cuesNamed, placeOf } from "./lookup.ts";

/** The same done to each cue of a list. */
function each({ document }: EditContext, ids: readonly number[], edit: (cue: EditCue) => EditCue): Change {
  const exchanged = [...cuesNamed(document, ids).values()].map((cue) => [cue.id, edit(cue)] as const);
  return exchanging(document, new Map(exchanged));
}

export function setText({ document }: EditContext, { cue: id, lines }: CommandOf<"text">): Change {
  const { at, cue } = placeOf(document, id);
  const next = withLines(cue, lines);
  const isSame = next.lines.length === cue.lines.length && next.lines.every((line, index) => line === cue.lines[index]);
  return { cues: isSame ? [] : [{ at, removed: [cue], inserted: [next] }], marks: [] };
}

export const balanceCues = (context: EditContext, { cues }: CommandOf<"balance">): Change =>
  each(context, cues, (cue) => withLines(cue, balanced(cue.lines, context.profile)));

export const setSpeaker = (context: EditContext, { cues, speaker }: CommandOf<"speaker">): Change =>
  each(context, cues, ({ speaker: _, ...cue }) => (speaker === null ? cue : { ...cue, speaker }));

/** Where it stands and whether it leans; what is not said stays. */
export const placeCues = (context: EditContext, command: CommandOf<"place">): Change =>
  each(context, command.cues, (cue) => {
    const { edge, align, italic } = command;
    const placed: EditCue = {
      ...cue,
      ...(edge === undefined ? {} : { edge }),
      ...(align === undefined ? {} : { align }),
    };
    if (italic === undefined) return placed;
    const styles = cue.lines.map((_, index) => {
      const { italic: __, ...other } = cue.styles?.[index] ?? {};
      return italic ? { ...other, italic } : other;
    });
    const { styles: ___, ...plain } = placed;
    return styles.every((style) => Object.keys(style).length === 0) ? plain : { ...placed, styles };
  });

/** Accepting, and taking that back. */
export const acceptCues = (context: EditContext, command: CommandOf<"accept"> | CommandOf<"unaccept">): Change =>
  each(context, command.cues, ({ reviewed: _, ...cue }) =>
    command.type === "accept" ? { ...cue, reviewed: true } : cue,
  );

export function replaceText({ document }: EditContext, { cues }: CommandOf<"replace">): Change {
  const known = cuesNamed(
    document,
    cues.map(({ cue }) => cue),
  );
  const exchanged = cues.map(({ cue, lines }) => [cue, withLines(known.get(cue) as EditCue, lines)] as const);
  return exchanging(document, new Map(exchanged));
}

export function fixCues({ document }: EditContext, { cues }: CommandOf<"fix">): Change {
  const known = cuesNamed(
    document,
    cues.map(({ cue }) => cue),
  );
  const exchanged = cues.map(({ cue: id, startMs, endMs, lines }) => {
    const cue = known.get(id) as EditCue;
    const timed = { ...cue, startMs: startMs ?? cue.startMs, endMs: endMs ?? cue.endMs };
    return [id, lines === undefined ? timed : withLines(timed, lines)] as const;
  });
  return exchanging(document, new Map(exchanged));
}
