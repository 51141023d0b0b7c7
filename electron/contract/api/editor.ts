/** Correcting the captions of a meeting: one person writes, others can watch, and no acknowledged edit is ever lost. */
import { eventIterator } from "@orpc/contract";
import { z } from "zod";
import { cueSchema } from "../../captions/cue.ts";
import { changeSchema } from "../../captions/editing/change.ts";
import { changeSummarySchema } from "../../captions/editing/change-summary.ts";
import { commandSchema } from "../../captions/editing/command.ts";
import { editCueSchema, markSchema } from "../../captions/editing/document.ts";
import { editActionSchema, viewSchema } from "../../captions/editing/history.ts";
import { houseStyleTextSchema, stylePartNames } from "../../captions/house-style/style.ts";
import { captionProfileSchema } from "../../captions/quality/caption-profile.ts";
import { speechDetectors } from "../../captions/quality/document-facts.ts";
import { ruleNameSchema } from "../../captions/quality/rules.ts";
import { severitySchema } from "../../captions/quality/severity.ts";
import { immutable, readonlyList } from "../../captions/readonly.ts";
import { hourMs } from "../../captions/time/durations.ts";
import { hearingOptionFields, hearingSpanFields } from "../hearing.ts";
import { dateTimeSchema, doneSchema, forOperators, forUsers, idSchema, smallFileSchema } from "./base.ts";

/** Captions that are sent must be ones that can be shown; those in the log are read as they are. */
const sentCommandSchema = commandSchema.refine(
  (command) =>
    command.type !== "exchange" ||
    command.cues.every(({ startMs, endMs, lines }) => endMs > startMs && lines.length > 0),
  "a caption ends before it begins, or has no text",
);

const requestedActionSchema = z.union([
  sentCommandSchema,
  z.object({ type: z.literal("undo") }),
  z.object({ type: z.literal("redo") }),
]);

/** A step of the history, without what it changed. */
const stepSchema = z.object({
  seq: z.number().int(),
  deed: editActionSchema,
  by: z.string(),
  date: dateTimeSchema,
  /** null: it is about no caption. */
  summary: changeSummarySchema.nullable(),
});

/** Keys of windows are not disclosed to other windows. */
const personSchema = z.object({ name: z.string(), isYou: z.boolean() });
const peopleSchema = z.object({
  writer: personSchema.nullable(),
  asking: personSchema.nullable(),
  /** Everybody who has the meeting open, a window each, and the caption that is active there. */
  present: z.array(personSchema.extend({ cue: z.number().int().nullable() })),
});

const openedSchema = z.object({
  /** The full id, when the request had only its beginning. */
  id: z.string(),
  title: z.string(),
  city: z.string().nullable(),
  /** Name of the glossary that applies here, usually the city's own. */
  glossaryName: z.string().nullable(),
  durationMs: z.number(),
  cues: readonlyList(editCueSchema),
  marks: readonlyList(markSchema),
  nextId: z.number().int(),
  /** Number of the last edit. */
  seq: z.number().int(),
  /** Counts every step since the station opened the meeting. */
  revision: z.number().int(),
  /** Number of this window's last edit that has arrived, in the window's own numbering. */
  lastNumber: z.number().int(),
  canUndo: z.boolean(),
  canRedo: z.boolean(),
  view: viewSchema,
  /** Edits left by a session that was not closed properly. */
  recovered: z.object({ by: z.string(), edits: z.number().int(), lastDate: dateTimeSchema.nullable() }).nullable(),
  people: peopleSchema,
  profile: captionProfileSchema,
  /** How the city writes what is spoken, as the settings say it; null: the language has no style. */
  houseStyle: houseStyleTextSchema.nullable(),
  /** Milliseconds of active work. */
  workedMs: z.number(),
  /** Verdicts on marked words, over all meetings. */
  precision: z.object({ judged: z.number().int(), corrected: z.number().int() }),
});

const timeSpanSchema = immutable(z.object({ startMs: z.number(), endMs: z.number() }));

/** The machine's words as the city writes them, as columns, because a long meeting has fifty thousand words. */
const recognitionSchema = z.object({
  /** Names these words among those of other hearings: see `watch`. */
  hearingsKey: z.string(),
  texts: z.array(z.string()),
  startMs: z.array(z.number()),
  endMs: z.array(z.number()),
  probabilities: z.array(z.number()),
  /** Indexes of words whose time was not measured. */
  estimated: z.array(z.number().int()),
  /** Recognized words that resemble a name of the glossary. */
  nearNames: z.array(
    z.object({ word: z.number().int(), count: z.number().int(), term: z.string(), likeness: z.number() }),
  ),
  /** What the city's style has made of recognized words: `first` and `count` are places in `texts`. */
  style: z.array(
    z.object({
      first: z.number().int(),
      count: z.number().int(),
      /** Place and number of the words as they were recognized. */
      wordIndex: z.number().int(),
      wordCount: z.number().int(),
      heard: z.string(),
      written: z.string(),
      rule: z.enum(stylePartNames),
    }),
  ),
  /** Spans in which recognition looped. */
  loops: readonlyList(timeSpanSchema),
  silences: readonlyList(timeSpanSchema),
  /** Where speech was found, and by what; null: that is not known. */
  speech: readonlyList(timeSpanSchema).nullable(),
  speechDetector: z.enum(speechDetectors).nullable(),
  /** Other issues of the recording, not of single captions. */
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
  /** Words that users have added to the dictionary, for this city or for the whole station. */
  knownWords: z.array(z.string()),
  /** The spoken language, ISO 639-1. */
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
  /** Applies one edit. It is on disk before the response is sent. */
  edit: forOperators
    .route({ method: "POST", path: "/api/editor/{id}/edits", ...tag })
    .input(
      window.extend({
        base: z.number().int().min(0),
        /** The edit's number in this window, from 1: a resent edit is applied only once. */
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
        /** For undo and redo. */
        step: changeSchema.nullable(),
        view: viewSchema.nullable(),
        nextId: z.number().int(),
        canUndo: z.boolean(),
        canRedo: z.boolean(),
      }),
    ),
  /** Reports every edit and the present writer to a window; the window counts as present while it watches. */
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
          /** Another text than before: parts of the meeting were heard again, and `heard` has other words now. */
          hearingsKey: z.string(),
          /** Another text than before: there are other comments. */
          commentsKey: z.string(),
          /** Edits since the last event that this window has not made, in order. */
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
  /** Tells the others where this window is. */
  here: forUsers
    .route({ method: "POST", path: "/api/editor/{id}/here", ...tag })
    .input(window.extend({ cue: z.number().int().nullable() }))
    .output(doneSchema),
  take: forOperators
    .route({ method: "POST", path: "/api/editor/{id}/take", ...tag })
    .input(window)
    .output(z.object({ isWriter: z.boolean() })),
  leave: forUsers
    .route({ method: "POST", path: "/api/editor/{id}/leave", ...tag })
    .input(window.extend({ view: viewSchema }))
    .output(doneSchema),
  /** Makes the draft a version, writes its files, and approves it on request. Null: there is nothing new. */
  seal: forOperators
    .route({ method: "POST", path: "/api/editor/{id}/seal", ...tag })
    .input(
      window.extend({
        approve: z.boolean(),
        /** Reason for accepting warnings that were not acknowledged. */
        reason: z.string().trim().min(1).max(500).optional(),
        /** What the version is called; undefined: by what it was made for. */
        name: z.string().trim().min(1).max(100).optional(),
        /** Only when there are edits that are not in a version. */
        onlyNew: z.boolean().default(false),
      }),
    )
    /** `jobId` is null where the queue is full: the files say that they are older than the captions. */
    .output(z.object({ number: z.number().int(), jobId: z.string().nullable() }).nullable()),
  /**
   * Has a part of the meeting recognized again, by a job. Captions that nobody has accepted or edited give way to what is
   * heard, in one edit.
   */
  hearAgain: forOperators
    .route({ method: "POST", path: "/api/editor/{id}/hear-again", ...tag })
    .input(z.object({ id: idSchema, ...hearingSpanFields, ...hearingOptionFields }))
    .output(z.object({ jobId: z.string(), isNew: z.boolean() })),
  /** The captions of a version, or as they were after an edit. */
  past: forUsers
    .route({ method: "GET", path: "/api/editor/{id}/past", ...tag })
    .input(
      z.object({ id: idSchema, number: z.coerce.number().int().optional(), seq: z.coerce.number().int().optional() }),
    )
    .output(readonlyList(cueSchema)),
  /** Reads the clerk's agenda of a meeting, and finds where its items are called, without changing anything. */
  readAgenda: forOperators
    .route({ method: "POST", path: "/api/editor/{id}/read-agenda", ...tag })
    .input(smallFileSchema.extend({ id: idSchema }))
    .output(
      z.object({
        items: z.array(
          z.object({
            /** As it stands there: `4`, `IV`, `b`; null: it has none. */
            number: z.string().nullable(),
            title: z.string(),
            /** 0: on top; 1: below an item; and so on. */
            level: z.number().int(),
            /** Where it is called; null: that was not found. */
            startMs: z.number().nullable(),
            /** How sure that is, 0 to 1. */
            confidence: z.number(),
          }),
        ),
        /** Names that the city's glossary does not have yet. */
        names: z.array(z.object({ name: z.string(), isSure: z.boolean() })),
      }),
    ),
  /** Parses a caption file without changing anything. */
  readFile: forOperators
    .route({ method: "POST", path: "/api/editor/{id}/read-file", ...tag })
    .input(smallFileSchema.extend({ id: idSchema }))
    .output(z.object({ format: z.string(), cues: readonlyList(cueSchema), notes: z.array(z.string()) })),
};
