/** Edits of marks: bookmarks, notes, chapters, dismissed warnings, and places in which nobody speaks. */
import type { Change } from "../change.ts";
import type { CommandFor } from "../command.ts";
import type { Mark } from "../document.ts";
import type { EditContext } from "../edit-context.ts";
import { EditError } from "../refused.ts";
import { findMark } from "./lookup.ts";

const only = (before: Mark | undefined, after: Mark | undefined): Change => ({
  cues: [],
  marks: [{ ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }],
});

/** Adds a mark. An existing dismissal of the same warning, or a chapter at the same time, gets the new text instead. */
export function addMark({ document }: EditContext, { type: _, ...wanted }: CommandFor<"mark">): Change {
  if (wanted.kind === "chapter" && wanted.text.trim() === "") throw new EditError("a chapter needs a title");
  const known = document.marks.find(
    ({ kind, rule, cue, atMs }) =>
      kind === wanted.kind &&
      (kind === "tick" ? rule === wanted.rule && cue === wanted.cue : kind === "chapter" && atMs === wanted.atMs),
  );
  return only(known, { ...wanted, id: known?.id ?? document.nextId });
}

/** Adds one dismissal for each warning, all with the same reason. */
export function addDismissals({ document }: EditContext, { text, issues }: CommandFor<"ticks">): Change {
  const isKnown = new Set(document.marks.flatMap(({ kind, rule, cue }) => (kind === "tick" ? `${rule} ${cue}` : [])));
  const fresh = new Map(issues.map((issue) => [`${issue.rule} ${issue.cue}`, issue]));
  const marks = [...fresh].filter(([key]) => !isKnown.has(key)).map(([, issue]) => issue);
  return {
    cues: [],
    marks: marks.map((mark, index) => ({ after: { kind: "tick", id: document.nextId + index, text, ...mark } })),
  };
}

/** Adds that nobody speaks in a span, with who says so. @throws EditError when the span has no length */
export function addNoSpeech({ document, author }: EditContext, { startMs, endMs }: CommandFor<"no-speech">): Change {
  if (endMs <= startMs) throw new EditError("the place has to last a moment");
  const known = document.marks.find(
    ({ kind, atMs, untilMs }) => kind === "no-speech" && atMs === startMs && untilMs === endMs,
  );
  if (known !== undefined) return { cues: [], marks: [] };
  return only(undefined, {
    id: document.nextId,
    kind: "no-speech",
    atMs: startMs,
    untilMs: endMs,
    text: "",
    ...author,
  });
}

/**
 * Adds agenda items. Those that begin at the same time are one, with all their titles; one takes the place of another that
 * is there.
 */
export function addAgenda({ document }: EditContext, { items, replaces }: CommandFor<"agenda">): Change {
  const wanted = new Map<number, string>();
  for (const { atMs, text } of items) {
    const before = wanted.get(atMs);
    wanted.set(atMs, before === undefined ? text.trim() : `${before}; ${text.trim()}`);
  }
  if ([...wanted.values()].includes("")) throw new EditError("a chapter needs a title");
  const known = document.marks.filter(({ kind }) => kind === "chapter");
  const same = known.filter(({ atMs, text }) => wanted.get(atMs) === text);
  const isSame = new Set(same.map(({ atMs }) => atMs));
  const gone = known.filter((mark) => !same.includes(mark) && (replaces || wanted.has(mark.atMs)));
  const fresh = [...wanted].filter(([atMs]) => !isSame.has(atMs));
  return {
    cues: [],
    marks: [
      ...gone.map((before) => ({ before })),
      ...fresh.map(([atMs, text], index) => ({
        after: { id: document.nextId + index, kind: "chapter" as const, atMs, text },
      })),
    ],
  };
}

export function changeMark({ document }: EditContext, { mark: id, atMs, text }: CommandFor<"change-mark">): Change {
  const mark = findMark(document, id);
  if (mark.kind === "chapter" && text?.trim() === "") throw new EditError("a chapter needs a title");
  // What a person has said of a span holds for that span alone.
  if (mark.kind === "no-speech" && atMs !== undefined)
    throw new EditError("a place in which nobody speaks stays there");
  return only(mark, { ...mark, atMs: atMs ?? mark.atMs, text: text ?? mark.text });
}

export const removeMark = ({ document }: EditContext, { mark }: CommandFor<"remove-mark">): Change =>
  only(findMark(document, mark), undefined);
