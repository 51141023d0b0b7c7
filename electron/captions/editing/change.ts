/** The reversible change made by an edit: small enough to be stored permanently, complete enough to be undone. */
import { z } from "zod";
import { type Immutable, immutable } from "../readonly.ts";
import { byTime, type CaptionDocument, type EditCue, editCueSchema, markSchema } from "./document.ts";

const changeObject = z.object({
  /** Removed cues and the cues inserted in their place; in order of position, without overlap. */
  cues: z.array(
    z.object({
      /** Index in the document before the edit. */
      at: z.number().int(),
      removed: z.array(editCueSchema),
      inserted: z.array(editCueSchema),
    }),
  ),
  /** An added mark has only `after`, a removed one only `before`. */
  marks: z.array(z.object({ before: markSchema.exactOptional(), after: markSchema.exactOptional() })),
});

export type Change = Immutable<z.infer<typeof changeObject>>;
export const changeSchema = immutable(changeObject);
export type Splice = Change["cues"][number];

export const isEmptyChange = ({ cues, marks }: Change): boolean => cues.length === 0 && marks.length === 0;

/** The change that reverts another one. */
export function inverse({ cues, marks }: Change): Change {
  let moved = 0;
  return {
    cues: cues.map(({ at, removed, inserted }) => {
      const place = at + moved;
      moved += inserted.length - removed.length;
      return { at: place, removed: inserted, inserted: removed };
    }),
    marks: marks.map(({ before, after }) => ({
      ...(after === undefined ? {} : { before: after }),
      ...(before === undefined ? {} : { after: before }),
    })),
  };
}

/** Applies a change to a document. @throws Error when the change does not fit the state of the document */
export function withChange(document: CaptionDocument, { cues, marks }: Change): CaptionDocument {
  const next: EditCue[] = [];
  let from = 0;
  let greatest = document.nextId - 1;
  for (const { at, removed, inserted } of cues) {
    if (at < from || removed.some(({ id }, index) => document.cues[at + index]?.id !== id)) {
      throw new Error(`the edit does not fit the captions at ${at}`);
    }
    for (let index = from; index < at; index++) next.push(document.cues[index] as EditCue);
    for (const cue of inserted) {
      next.push(cue);
      greatest = Math.max(greatest, cue.id);
    }
    from = at + removed.length;
  }
  if (cues.length > 0)
    for (let index = from; index < document.cues.length; index++) next.push(document.cues[index] as EditCue);
  let noted = document.marks;
  for (const { before, after } of marks) {
    if (before !== undefined && !noted.some(({ id }) => id === before.id)) throw new Error("there is no such mark");
    const rest = noted.filter(({ id }) => id !== before?.id);
    noted = after === undefined ? rest : [...rest, after].toSorted(byTime);
    if (after !== undefined) greatest = Math.max(greatest, after.id);
  }
  return { cues: cues.length === 0 ? document.cues : next, marks: noted, nextId: greatest + 1 };
}

/** True when two cues are equal in all fields. */
export function isSameCue(a: EditCue, b: EditCue): boolean {
  return a === b || JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

const sorted = (cue: EditCue): unknown => Object.entries(cue).toSorted(([a], [b]) => (a < b ? -1 : 1));

/** The change that replaces cues in place; cues that stay equal are left out. */
export function exchanging(document: CaptionDocument, exchanged: ReadonlyMap<number, EditCue>): Change {
  const splices: Splice[] = [];
  document.cues.forEach((cue, at) => {
    const other = exchanged.get(cue.id);
    if (other !== undefined && !isSameCue(cue, other)) splices.push({ at, removed: [cue], inserted: [other] });
  });
  return { cues: splices, marks: [] };
}

/** The change from one list of cues to another: one splice, without the common start and end. */
export function replacing(before: readonly EditCue[], after: readonly EditCue[]): Change {
  let first = 0;
  while (
    first < before.length &&
    first < after.length &&
    isSameCue(before[first] as EditCue, after[first] as EditCue)
  ) {
    first++;
  }
  let same = 0;
  while (
    same < Math.min(before.length, after.length) - first &&
    isSameCue(before[before.length - 1 - same] as EditCue, after[after.length - 1 - same] as EditCue)
  ) {
    same++;
  }
  const removed = before.slice(first, before.length - same);
  const inserted = after.slice(first, after.length - same);
  return { cues: removed.length + inserted.length === 0 ? [] : [{ at: first, removed, inserted }], marks: [] };
}
