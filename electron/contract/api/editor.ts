/** Correcting the captions of a meeting: one writes, others look on, and nothing that was acknowledged is ever lost. */

import { eventIterator } from "@orpc/contract";
import { z } from "zod";
import { cueSchema } from "../../captions/cue.ts";
import { changeSchema } from "../../captions/editing/change.ts";
import { commandSchema } from "../../captions/editing/command.ts";
import { editCueSchema, markSchema } from "../../captions/editing/document.ts";
import { editActionSchema, viewSchema } from "../../captions/editing/history.ts";
import { captionProfileSchema } from "../../captions/quality/caption-profile.ts";
import { ruleNameSchema } from "../../captions/quality/rules.ts";
import { severitySchema } from "../../captions/quality/severity.ts";
import { immutable, readonlyList } from "../../captions/readonly.ts";
import { hourMs } from "../../captions/time/durations.ts";
import { dateTimeSchema, doneSchema, forOperators, forUsers, idSchema } from "./base.ts";

const requestedActionSchema = z.union([
  commandSchema,
  z.object({ type: z.literal("undo") }),
  z.object({ type: z.literal("redo") }),
]);

/** A step of the history, without what it changed. */
const stepSchema = z.object({ seq: z.number().int(), deed: editActionSchema, by: z.string(), date: dateTimeSchema });

/** Windows are known by keys, and keys are nobody else's business. */
const personSchema = z.object({ name: z.string(), isYou: z.boolean() });
const peopleSchema = z.object({ writer: personSchema.nullable(), asking: personSchema.nullable() });

const openedSchema = z.object({
  /** Whole, where only its beginning was given. */
  id: z.string(),
  title: z.string(),
  city: z.string().nullable(),
  /** Name of the list of names that holds here, mostly the city's own. */
  glossaryName: z.string().nullable(),
  durationMs: z.number(),
  cues: readonlyList(editCueSchema),
  marks: readonlyList(markSchema),
  nextId: z.number().int(),
  /** Number of the last edit. */
  seq: z.number().int(),
  /** Counts every step since the station has it open. */
  revision: z.number().int(),
  /** The last edit of this window that has arrived, by its own number. */
  lastNumber: z.number().int(),
  canUndo: z.boolean(),
  canRedo: z.boolean(),
  view: viewSchema,
  /** What a session that did not end in an orderly way has left. */
  recovered: z.object({ by: z.string(), edits: z.number().int(), lastDate: dateTimeSchema.nullable() }).nullable(),
  people: peopleSchema,
  profile: captionProfileSchema,
  /** Milliseconds that people have worked on it. */
  workedMs: z.number(),
  /** What became of marked words, over all meetings. */
  precision: z.object({ judged: z.number().int(), corrected: z.number().int() }),
});

const timeSpanSchema = immutable(z.object({ startMs: z.number(), endMs: z.number() }));

/** What the machine heard, column by column: a long meeting has fifty thousand words. */
const recognitionSchema = z.object({
  texts: z.array(z.string()),
  startMs: z.array(z.number()),
  endMs: z.array(z.number()),
  probabilities: z.array(z.number()),
  /** Indexes of words whose time was not measured. */
  estimated: z.array(z.number().int()),
  /** Something like a name of the glossary was heard. */
  nearNames: z.array(
    z.object({ word: z.number().int(), count: z.number().int(), term: z.string(), likeness: z.number() }),
  ),
  /** Stretches in which recognition turned in a circle. */
  loops: readonlyList(timeSpanSchema),
  silences: readonlyList(timeSpanSchema),
  /** What was found besides in the recording, not in single captions. */
  doubts: z.array(
    z.object({
      severity: severitySchema,
      rule: ruleNameSchema,
      message: z.string(),
      remedy: z.string(),
      atMs: z.number(),
    }),
  ),
  glossary: z.array(z.string()),
  /** Words that people have added to the dictionary, for this city or all of them. */
  knownWords: z.array(z.string()),
  /** What is spoken, ISO 639-1. */
  language: z.string(),
});

const key = z.string().min(8).max(64);
const window = z.object({ id: idSchema, key });
const tag = { tags: ["editor"] };

export const editor = {
  open: forUsers
    .route({ method: "GET", path: "/api/editor/{id}", ...tag })
    .input(window)
    .output(openedSchema),
  heard: forUsers
    .route({ method: "GET", path: "/api/editor/{id}/heard", ...tag })
    .input(z.object({ id: idSchema }))
    .output(recognitionSchema),
  history: forUsers
    .route({ method: "GET", path: "/api/editor/{id}/history", ...tag })
    .input(z.object({ id: idSchema, limit: z.number().int().min(1).max(5_000).default(500) }))
    .output(z.object({ steps: z.array(stepSchema), undo: z.array(z.number().int()), redo: z.array(z.number().int()) })),
  /** One edit. Once it is answered it is on the disk. */
  edit: forOperators
    .route({ method: "POST", path: "/api/editor/{id}/edits", ...tag })
    .input(
      window.extend({
        base: z.number().int().min(0),
        /** Its number in this window, from 1: what is sent again is done once. */
        number: z.number().int().min(1),
        deed: requestedActionSchema,
        before: viewSchema,
        after: viewSchema,
        activeMs: z.number().int().min(0).max(hourMs).default(0),
      }),
    )
    .output(
      z.object({
        seq: z.number().int(),
        revision: z.number().int(),
        /** Of an edit that takes something back or does it again. */
        step: changeSchema.nullable(),
        view: viewSchema.nullable(),
        nextId: z.number().int(),
        canUndo: z.boolean(),
        canRedo: z.boolean(),
      }),
    ),
  /** Tells of every edit and of who writes, to a window that has it open; the window counts as there meanwhile. */
  watch: forUsers
    .route({ method: "GET", path: "/api/editor/{id}/watch", ...tag })
    .input(window)
    .output(
      eventIterator(
        z.object({
          people: peopleSchema,
          isWriter: z.boolean(),
          seq: z.number().int(),
          revision: z.number().int(),
          /** Edits of others since the last time, in order. */
          steps: z.array(z.object({ seq: z.number().int(), revision: z.number().int(), step: changeSchema })),
        }),
      ),
    ),
  ask: forOperators
    .route({ method: "POST", path: "/api/editor/{id}/ask", ...tag })
    .input(window)
    .output(doneSchema),
  answer: forOperators
    .route({ method: "POST", path: "/api/editor/{id}/answer", ...tag })
    .input(window.extend({ isGranted: z.boolean() }))
    .output(doneSchema),
  take: forOperators
    .route({ method: "POST", path: "/api/editor/{id}/take", ...tag })
    .input(window)
    .output(z.object({ isWriter: z.boolean() })),
  leave: forUsers
    .route({ method: "POST", path: "/api/editor/{id}/leave", ...tag })
    .input(window.extend({ view: viewSchema }))
    .output(doneSchema),
  /** Makes what there is a version, writes its files, and where it is asked for, approves it. Null: nothing is new. */
  seal: forOperators
    .route({ method: "POST", path: "/api/editor/{id}/seal", ...tag })
    .input(
      window.extend({
        approve: z.boolean(),
        /** For warnings that nobody has ticked off. */
        reason: z.string().trim().min(1).max(500).optional(),
        /** Only where there are edits that no version holds. */
        onlyNew: z.boolean().default(false),
      }),
    )
    .output(z.object({ number: z.number().int(), jobId: z.string() }).nullable()),
  /** The captions as they were: of a version, or after an edit. */
  past: forUsers
    .route({ method: "GET", path: "/api/editor/{id}/past", ...tag })
    .input(
      z.object({ id: idSchema, number: z.coerce.number().int().optional(), seq: z.coerce.number().int().optional() }),
    )
    .output(readonlyList(cueSchema)),
  /** Reads a caption file; nothing is changed yet. */
  readFile: forOperators
    .route({ method: "POST", path: "/api/editor/{id}/read-file", ...tag })
    .input(z.object({ id: idSchema, name: z.string().min(1).max(255), base64: z.string().max(3_000_000) }))
    .output(z.object({ format: z.string(), cues: readonlyList(cueSchema), notes: z.array(z.string()) })),
};
