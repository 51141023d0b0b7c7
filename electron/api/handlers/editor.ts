/** Procedures for editing the captions of a meeting. */
import { summarizeChange } from "../../captions/editing/change-summary.ts";
import type { LogEntry } from "../../captions/editing/history.ts";
import { formatHouseStyle } from "../../captions/house-style/style.ts";
import type { Catalog } from "../../catalog/open.ts";
import { getCommentsKey } from "../../catalog/repositories/comments.ts";
import { markPrecision, workedMs } from "../../catalog/repositories/editing-figures.ts";
import { listHearingsInEffect } from "../../catalog/repositories/hearings.ts";
import { submitHearing } from "../../editing/hear-again/submit-hearing.ts";
import { readCaptionsFor } from "../../editing/import-captions.ts";
import { getEditingProfile, getGlossaryName, getMeetingStyle, loadTranscript } from "../../editing/meeting-facts.ts";
import type { EditResult, OpenMeeting } from "../../editing/open-meeting.ts";
import { readAgenda } from "../../editing/read-agenda.ts";
import type { EditorIdentity } from "../../editing/write-lock.ts";
import { requestPictures } from "../../maintenance/pictures.ts";
import type { ApiContext } from "../context.ts";
import { done, os } from "../implement.ts";
import { pieces } from "../live.ts";

/** The caller, identified by the window that it calls from. */
function toEditor(context: ApiContext, key: string): EditorIdentity {
  const person = context.person();
  return { key, name: person?.username ?? "", userId: person?.id ?? 0 };
}

/** Who is editing, who asks to edit and who is there, without the keys of their windows. */
function peopleFor({ people, presence }: OpenMeeting, { key, userId }: EditorIdentity) {
  const { writer, asking } = people.view();
  const show = (each: EditorIdentity) => ({ name: each.name, isYou: each.key === key && each.userId === userId });
  return {
    writer: writer === null ? null : show(writer),
    asking: asking === null ? null : show(asking),
    present: presence.list().map(({ visitor, cue }) => ({ ...show(visitor), cue })),
  };
}

const getHearingsKey = (catalog: Catalog, transcriptionId: string): string =>
  listHearingsInEffect(catalog, transcriptionId).join(" ");

const toStep = ({ seq, deed, by, date, change }: LogEntry) => ({
  seq,
  deed,
  by,
  date,
  summary: summarizeChange(change) ?? null,
});

export const editor = os.editor.router({
  open: os.editor.open.handler(async ({ input, context }) => {
    const { services } = context;
    const { row, meeting } = await services.editing.open(input.id);
    requestPictures(services.station, services.runtime.jobService, row.id);
    const { document, seq, revision, stacks, recovered } = meeting;
    const style = getMeetingStyle(services.station, row, row.language);
    return {
      id: row.id,
      title: [row.meetingTitle ?? row.filename, row.city, row.meetingDate].filter(Boolean).join(" · "),
      city: row.city,
      glossaryName: getGlossaryName(services.station, row) ?? null,
      durationMs: row.durationMs ?? document.cues.at(-1)?.endMs ?? 0,
      cues: document.cues,
      marks: document.marks,
      nextId: document.nextId,
      seq,
      revision,
      lastNumber: meeting.getLastNumber(input.key),
      canUndo: stacks.undo.length > 0,
      canRedo: stacks.redo.length > 0,
      view: meeting.lastView,
      recovered: recovered === undefined ? null : { ...recovered, lastDate: recovered.lastDate ?? null },
      people: peopleFor(meeting, toEditor(context, input.key)),
      profile: getEditingProfile(services.station, row),
      houseStyle: style === undefined ? null : formatHouseStyle(style),
      workedMs: workedMs(services.station.catalog, row.id),
      precision: markPrecision(services.station.catalog),
    };
  }),
  heard: os.editor.heard.handler(async ({ input, context }) => {
    const row = context.services.editing.findRow(input.id);
    const hearingsKey = getHearingsKey(context.services.station.catalog, row.id);
    const transcript = await loadTranscript(context.services.station, row);
    const { words, silences, speech = null, speechDetector = null, ...facts } = transcript;
    const { proposals, loops, recordingIssues } = facts;
    return {
      hearingsKey,
      texts: words.map(({ text }) => text),
      startMs: words.map(({ startMs }) => startMs),
      endMs: words.map(({ endMs }) => endMs),
      probabilities: words.map(({ probability }) => Math.round(probability * 1000) / 1000),
      estimated: words.flatMap(({ estimated }, index) => (estimated ? [index] : [])),
      nearNames: proposals.map(({ wordIndex, wordCount, term, likeness }) => ({
        word: wordIndex,
        count: wordCount,
        term,
        likeness,
      })),
      style: facts.styleEdits.map((edit) => ({ ...edit })),
      loops,
      silences,
      speech,
      speechDetector,
      doubts: recordingIssues.map(({ severity, rule, message, remedy = "", atMs = 0 }) => ({
        severity,
        rule,
        message,
        remedy,
        atMs,
      })),
      glossary: [...facts.glossary],
      knownWords: [...facts.knownWords],
      language: facts.language,
    };
  }),
  history: os.editor.history.handler(async ({ input, context }) => {
    const { meeting } = await context.services.editing.open(input.id);
    const { undo, redo } = meeting.stacks;
    return { steps: meeting.entries.slice(-input.limit).map(toStep), undo: [...undo], redo: [...redo] };
  }),
  edit: os.editor.edit.handler(({ input, context }) => {
    const { id, key, ...request } = input;
    const outcome = context.services.editing.edit(id, { ...request, visitor: toEditor(context, key) });
    const { meeting, result, restoredView } = outcome;
    const isUndoOrRedo = input.deed.type === "undo" || input.deed.type === "redo";
    return {
      seq: meeting.seq,
      revision: meeting.revision,
      step: isUndoOrRedo ? (result?.step ?? null) : null,
      view: restoredView ?? null,
      nextId: meeting.document.nextId,
      canUndo: meeting.stacks.undo.length > 0,
      canRedo: meeting.stacks.redo.length > 0,
    };
  }),
  watch: os.editor.watch.handler(async function* ({ input, context, signal }) {
    const { editing } = context.services;
    const { row, meeting } = await editing.open(input.id);
    const person = context.person();
    const mayWrite = person !== undefined && person.role !== "user";
    const visitor = toEditor(context, input.key);
    const gone = editing.enter(row.id, visitor, mayWrite);
    const toUpdate = (steps: readonly EditResult[]) => ({
      people: peopleFor(meeting, visitor),
      isWriter: meeting.people.isWriter(visitor),
      seq: meeting.seq,
      revision: meeting.revision,
      hearingsKey: getHearingsKey(context.services.station.catalog, row.id),
      commentsKey: getCommentsKey(context.services.station.catalog, row.id),
      steps: steps.map(({ entry, step, revision }) => ({ seq: entry.seq, revision, step })),
    });
    try {
      const events = pieces<EditResult | undefined>(
        (add) => meeting.listen((event) => add(event.kind === "edit" ? event : undefined)),
        () => [],
        signal,
      );
      // A window has already applied its own edits.
      for await (const some of events) {
        const steps = some.filter((each) => each !== undefined);
        yield toUpdate(steps.filter(({ windowKey }) => windowKey !== visitor.key));
      }
    } finally {
      gone();
    }
  }),
  ask: os.editor.ask.handler(({ input, context }) => {
    const visitor = toEditor(context, input.key);
    context.services.editing.requireWindow(input.id, visitor).people.request(visitor);
    return done;
  }),
  answer: os.editor.answer.handler(({ input, context }) => {
    context.services.editing.requireOpen(input.id).people.respond(toEditor(context, input.key), input.isGranted);
    return done;
  }),
  here: os.editor.here.handler(({ input, context }) => {
    const { editing } = context.services;
    const visitor = toEditor(context, input.key);
    editing.requireWindow(input.id, visitor).presence.move(visitor, input.cue);
    return done;
  }),
  take: os.editor.take.handler(({ input, context }) => {
    const visitor = toEditor(context, input.key);
    return { isWriter: context.services.editing.requireWindow(input.id, visitor).people.acquire(visitor) };
  }),
  leave: os.editor.leave.handler(({ input, context }) => {
    context.services.editing.leave(input.id, toEditor(context, input.key), input.view);
    return done;
  }),
  seal: os.editor.seal.handler(async ({ input, context }) => {
    const { id, key, ...request } = input;
    const visitor = toEditor(context, key);
    const created = await context.services.editing.createVersion(id, { ...request, visitor });
    return created === undefined ? null : { number: created.number, jobId: created.jobId ?? null };
  }),
  hearAgain: os.editor.hearAgain.handler(({ input, context }) => {
    const { id, ...request } = input;
    const { editing, station, runtime } = context.services;
    const deps = { station, jobService: runtime.jobService };
    const by = context.person()?.username;
    const { job, isNew } = submitHearing(deps, editing.findRow(id), {
      ...request,
      ...(by === undefined ? {} : { by }),
    });
    return { jobId: job.id, isNew };
  }),
  past: os.editor.past.handler(
    async ({ input: { id, ...at }, context }) => await context.services.editing.findPastCues(id, at),
  ),
  readAgenda: os.editor.readAgenda.handler(async ({ input: { id, name, base64 }, context }) => {
    const { editing, station } = context.services;
    const file = { name, bytes: Buffer.from(base64, "base64") };
    const row = editing.findRow(id);
    const cues = await editing.findCurrentCues(id);
    const { items, names } = await readAgenda(station, { file, cues, glossary: getGlossaryName(station, row) });
    return { items: [...items], names: [...names] };
  }),
  readFile: os.editor.readFile.handler(async ({ input: { id, name, base64 }, context }) => {
    const file = { name, bytes: Buffer.from(base64, "base64") };
    const { format, cues, issues } = await readCaptionsFor(context.services.station, id, file);
    return { format, cues, notes: issues.map(({ message }) => message) };
  }),
});
