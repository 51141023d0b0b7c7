/** Schemas of all edit commands: they are sent to the station, stored in the log and shown in the history. */
import { z } from "zod";
import { alignments, cueFields, positions } from "../cue.ts";
import { type Immutable, immutable } from "../readonly.ts";

const id = z.number().int().positive();
/** Milliseconds; a recording is at most two days long. */
const ms = z.number().int().min(0).max(172_800_000);
const delta = z.number().int().min(-172_800_000).max(172_800_000);
const lines = z.array(z.string().max(500)).min(1).max(15);
const cues = z.array(id).min(1).max(50_000);
const text = z.string().max(2_000);
const name = z.string().trim().min(1).max(100);

/** A cue without an id: from a file, or from another version. */
const plainCueSchema = z.object({
  ...cueFields,
  startMs: ms,
  endMs: ms,
  lines: z.array(z.string().max(500)).max(15),
  speaker: z.string().min(1).max(100).exactOptional(),
});

/** Outcome of the review of a suspicious word; used to measure how good the marks are. */
const verdictSchema = z.object({
  word: z.string().max(100),
  reasons: z.array(z.string().max(40)).max(10),
  corrected: z.boolean(),
});
export type Verdict = z.infer<typeof verdictSchema>;

const commandUnion = z.discriminatedUnion("type", [
  /** `typed`: typed letter by letter; consecutive edits of the same caption are one step of the history. */
  z.object({ type: z.literal("text"), cue: id, lines, typed: z.literal(true).exactOptional() }),
  z.object({ type: z.literal("split"), cue: id, offset: z.number().int().positive(), atMs: ms }),
  z.object({ type: z.literal("merge"), cue: id }),
  z.object({ type: z.literal("insert"), startMs: ms, endMs: ms, lines }),
  z.object({ type: z.literal("delete"), cues }),
  z.object({ type: z.literal("time"), cue: id, startMs: ms.exactOptional(), endMs: ms.exactOptional() }),
  /** Moves the border between a cue and the next one: this one ends at `atMs`, and the next one begins as long after it as before. */
  z.object({ type: z.literal("roll"), cue: id, atMs: ms }),
  /** Moves a cue and all following ones, or those up to the cue `to`. */
  z.object({ type: z.literal("shift"), from: id, to: id.exactOptional(), byMs: delta }),
  /** Moves two cues to given times and scales the times between them in proportion. */
  z.object({ type: z.literal("stretch"), first: id, firstMs: ms, last: id, lastMs: ms }),
  /** Moves the last word of a cue to the next one, or its first word to the one before. */
  z.object({ type: z.literal("push"), cue: id, direction: z.enum(["next", "previous"]), atMs: ms.exactOptional() }),
  z.object({ type: z.literal("balance"), cues }),
  z.object({ type: z.literal("speaker"), cues, speaker: name.nullable() }),
  /** Who speaks is called otherwise in all captions, or from the caption `first` on; two of one name are one person. */
  z.object({ type: z.literal("rename-speaker"), from: name, to: name, first: id.exactOptional() }),
  z.object({
    type: z.literal("place"),
    cues,
    edge: z.enum(positions).exactOptional(),
    align: z.enum(alignments).exactOptional(),
    italic: z.boolean().exactOptional(),
  }),
  z.object({ type: z.literal("accept"), cues, verdicts: z.array(verdictSchema).max(1_000).exactOptional() }),
  z.object({ type: z.literal("unaccept"), cues }),
  /** The same replacement in many cues. */
  z.object({
    type: z.literal("replace"),
    what: text,
    with: text,
    cues: z
      .array(z.object({ cue: id, lines }))
      .min(1)
      .max(50_000),
  }),
  /** The accepted fixes of a list of proposals. */
  z.object({
    type: z.literal("fix"),
    list: z.string().max(60),
    cues: z
      .array(
        z.object({
          cue: id,
          startMs: ms.exactOptional(),
          endMs: ms.exactOptional(),
          lines: lines.exactOptional(),
          /** The captions that it is cut into, in order, with all of its words. */
          pieces: z
            .array(z.object({ startMs: ms, endMs: ms, lines }))
            .min(2)
            .max(100)
            .exactOptional(),
        }),
      )
      .min(1)
      .max(50_000),
  }),
  /** Captions that nobody has touched give way to what was heard again. */
  z.object({
    type: z.literal("hear-again"),
    /** Id of the hearing, whose words hold while this edit does. */
    hearing: z.string().min(1).max(64),
    /** How it was heard: the model, and what was asked for. */
    from: text,
    replaced: z.array(id).max(50_000),
    cues: z.array(plainCueSchema).min(1).max(50_000),
  }),
  /** Replaces all cues, or those of a span: by an import or an older version. */
  z.object({
    type: z.literal("exchange"),
    reason: z.enum(["import", "revert"]),
    from: text,
    /** Cues between these times are replaced; absent: all. */
    startMs: ms.exactOptional(),
    endMs: ms.exactOptional(),
    /** Several of them, in order: each is replaced, and what is between them stays. */
    spans: z
      .array(z.object({ startMs: ms, endMs: ms }))
      .min(1)
      .max(50_000)
      .exactOptional(),
    cues: z.array(plainCueSchema).max(100_000),
  }),
  z.object({
    type: z.literal("mark"),
    kind: z.enum(["bookmark", "note", "chapter", "tick"]),
    atMs: ms,
    text,
    rule: z.string().max(60).exactOptional(),
    cue: id.exactOptional(),
  }),
  /** Dismisses warnings, all with one reason. */
  z.object({
    type: z.literal("ticks"),
    text,
    issues: z
      .array(z.object({ rule: z.string().max(60), atMs: ms, cue: id }))
      .min(1)
      .max(50_000),
  }),
  /** A person has listened to a place that has no captions: nobody speaks in it. */
  z.object({ type: z.literal("no-speech"), startMs: ms, endMs: ms }),
  /** Agenda items, each where it is called, all at once. `replaces`: those that are there go. */
  z.object({
    type: z.literal("agenda"),
    /** Name of the document. */
    from: text,
    items: z
      .array(z.object({ atMs: ms, text: text.min(1) }))
      .min(1)
      .max(1_000),
    replaces: z.boolean(),
  }),
  z.object({ type: z.literal("change-mark"), mark: id, atMs: ms.exactOptional(), text: text.exactOptional() }),
  z.object({ type: z.literal("remove-mark"), mark: id }),
]);
/** Commands by their type. */
export type CommandByType = { [C in Immutable<z.infer<typeof commandUnion>> as C["type"]]: C };
export type CommandType = keyof CommandByType;
export type CommandFor<T extends CommandType> = CommandByType[T];
export type Command = CommandByType[CommandType];
export const commandSchema = immutable(commandUnion);
