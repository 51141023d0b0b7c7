/** Correcting the captions of a meeting. */
import { checkDocument, findDismissals } from "../../captions/editing/document-issues.ts";
import type { LogEntry } from "../../captions/editing/history.ts";
import { NotCaptionsError, readCaptions } from "../../captions/formats/read.ts";
import { scoreCaptions } from "../../captions/quality/score.ts";
import { markPrecision, workedMs } from "../../catalog/repositories/drafts.ts";
import { approveNewest } from "../../catalog/repositories/library.ts";
import { storeIssues } from "../../catalog/repositories/outputs.ts";
import { findCues } from "../../catalog/repositories/versions.ts";
import { ArchivistError } from "../../contract/errors.ts";
import {
  findInitialChapters,
  getEditingProfile,
  getGlossaryName,
  loadTranscript,
} from "../../editing/meeting-facts.ts";
import type { EditResult, OpenMeeting } from "../../editing/open-meeting.ts";
import type { EditorIdentity } from "../../editing/write-lock.ts";
import { createTranscriptionJob } from "../../intake/transcription-job.ts";
import { decodeText } from "../../platform/decode-text.ts";
import type { ApiContext, ApiServices } from "../context.ts";
import { done, os } from "../implement.ts";
import { pieces } from "../live.ts";
import { requirePublishable } from "./meeting.ts";

/** Whoever asks, from one of their windows. */
function toEditor(context: ApiContext, key: string): EditorIdentity {
  const person = context.person();
  return { key, name: person?.username ?? "", userId: person?.id ?? 0 };
}

/** Who writes and who asks, without the keys of their windows. */
function peopleFor({ people }: OpenMeeting, { key, userId }: EditorIdentity) {
  const { writer, asking } = people.view();
  const shown = (each: EditorIdentity | null) =>
    each === null ? null : { name: each.name, isYou: each.key === key && each.userId === userId };
  return { writer: shown(writer), asking: shown(asking) };
}

async function openMeeting(services: ApiServices, id: string): Promise<OpenMeeting> {
  const known = services.editing.known(id);
  if (known !== undefined) return known;
  const row = requirePublishable(services, id);
  const firstMarks = await findInitialChapters(services.station, row);
  return services.editing.meeting({
    transcriptionId: row.id,
    profile: getEditingProfile(services.station, row).cues,
    firstMarks,
  });
}

/** @throws ArchivistError `edit.stale` where the window has not opened it */
function requireOpen(services: ApiServices, id: string): OpenMeeting {
  const meeting = services.editing.known(id) ?? services.editing.known(requirePublishable(services, id).id);
  if (meeting === undefined) throw new ArchivistError("edit.stale", { cause: "the meeting is not open any more" });
  return meeting;
}

const toStep = ({ seq, deed, by, date }: LogEntry) => ({ seq, deed: deed, by, date });

export const editor = os.editor.router({
  open: os.editor.open.handler(async ({ input, context }) => {
    const { services } = context;
    const row = requirePublishable(services, input.id);
    const meeting = await openMeeting(services, row.id);
    const { document, seq, revision, stacks, recovered } = meeting;
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
      workedMs: workedMs(services.station.catalog, row.id),
      precision: markPrecision(services.station.catalog),
    };
  }),
  heard: os.editor.heard.handler(async ({ input, context }) => {
    const row = requirePublishable(context.services, input.id);
    const { words, silences, proposals, loops, recordingIssues, ...facts } = await loadTranscript(
      context.services.station,
      row,
    );
    return {
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
      loops: loops,
      silences: silences,
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
    const meeting = await openMeeting(context.services, requirePublishable(context.services, input.id).id);
    const { undo, redo } = meeting.stacks;
    return { steps: meeting.entries.slice(-input.limit).map(toStep), undo: [...undo], redo: [...redo] };
  }),
  edit: os.editor.edit.handler(({ input, context }) => {
    const { id, key, ...options } = input;
    const meeting = requireOpen(context.services, id);
    const kept: EditResult | undefined = meeting.edit({ ...options, visitor: toEditor(context, key) });
    // What came out of a file is a version of its own, under the file's name.
    if (kept !== undefined && input.deed.type === "exchange" && input.deed.reason === "import")
      meeting.createVersion(input.deed.from, "import");
    const isDeedOfLog = input.deed.type === "undo" || input.deed.type === "redo";
    const { undo, redo } = meeting.stacks;
    const undone =
      kept !== undefined && isDeedOfLog && "of" in kept.entry.deed
        ? meeting.entries[kept.entry.deed.of - 1]
        : undefined;
    return {
      seq: meeting.seq,
      revision: meeting.revision,
      step: isDeedOfLog ? (kept?.step ?? null) : null,
      view: undone?.view ?? null,
      nextId: meeting.document.nextId,
      canUndo: undo.length > 0,
      canRedo: redo.length > 0,
    };
  }),
  watch: os.editor.watch.handler(async function* ({ input, context, signal }) {
    const { services } = context;
    const { id } = requirePublishable(services, input.id);
    const meeting = await openMeeting(services, id);
    const person = context.person();
    const mayWrite = person !== undefined && person.role !== "user";
    const visitor = toEditor(context, input.key);
    const gone = services.editing.enter(id, visitor, mayWrite);
    const told = (steps: readonly EditResult[]) => ({
      people: peopleFor(meeting, visitor),
      isWriter: meeting.people.isWriter(visitor),
      seq: meeting.seq,
      revision: meeting.revision,
      steps: steps.map(({ entry, step, revision }) => ({ seq: entry.seq, revision, step: step })),
    });
    try {
      const events = pieces<EditResult | undefined>(
        (add) => meeting.listen((event) => add(event.kind === "edit" ? event : undefined)),
        () => [],
        signal,
      );
      // The writer's own window has made its edits already.
      for await (const some of events) {
        const steps = some.filter((each) => each !== undefined);
        yield told(meeting.people.isWriter(visitor) ? [] : steps);
      }
    } finally {
      gone();
    }
  }),
  ask: os.editor.ask.handler(({ input, context }) => {
    requireOpen(context.services, input.id).people.request(toEditor(context, input.key));
    return done;
  }),
  answer: os.editor.answer.handler(({ input, context }) => {
    requireOpen(context.services, input.id).people.respond(toEditor(context, input.key), input.isGranted);
    return done;
  }),
  take: os.editor.take.handler(({ input, context }) => ({
    isWriter: requireOpen(context.services, input.id).people.acquire(toEditor(context, input.key)),
  })),
  leave: os.editor.leave.handler(({ input, context }) => {
    const { services } = context;
    services.editing.leave(requirePublishable(services, input.id).id, toEditor(context, input.key), input.view);
    return done;
  }),
  seal: os.editor.seal.handler(async ({ input, context }) => {
    const { services } = context;
    const { station, runtime } = services;
    const row = requirePublishable(services, input.id);
    const meeting = requireOpen(services, row.id);
    const visitor = toEditor(context, input.key);
    if (!meeting.people.isWriter(visitor)) throw new ArchivistError("edit.read-only");
    if (input.onlyNew && !input.approve && !meeting.hasUnversionedEdits) return null;
    const profile = getEditingProfile(station, row);
    const facts = await loadTranscript(station, row);
    if (input.approve) requireClean(meeting, visitor, input.reason, checkDocument(meeting.document, facts, profile));
    // Once more: what has just been ticked off is none any more.
    const issues = checkDocument(meeting.document, facts, profile);
    const number = meeting.createVersion(input.approve ? "approved" : input.onlyNew ? "before publishing" : "kept");
    const { overall } = scoreCaptions(meeting.document.cues, issues, profile, facts);
    storeIssues(station.catalog, row.id, issues, overall);
    if (input.approve) approveNewest(station.catalog, row.id, visitor.name, station.clock.now().toISOString());
    const options = {
      path: row.filePath,
      modifiedMs: row.modifiedMs,
      now: station.clock.now(),
      city: row.city ?? undefined,
    };
    // Its steps are done: only the files are written again.
    return { number, jobId: runtime.jobService.submit(createTranscriptionJob(station.settings, options)).job.id };
  }),
  past: os.editor.past.handler(async ({ input, context }) => {
    const row = requirePublishable(context.services, input.id);
    if (input.number !== undefined) return findCues(context.services.station.catalog, row.id, input.number) ?? [];
    const meeting = await openMeeting(context.services, row.id);
    return meeting.documentAt(Math.max(0, input.seq ?? 0)).cues;
  }),
  readFile: os.editor.readFile.handler(({ input }) => {
    try {
      const { format, cues, issues } = readCaptions(decodeText(Buffer.from(input.base64, "base64")));
      return { format, cues, notes: issues.map(({ message }) => message) };
    } catch (thrown) {
      if (!(thrown instanceof NotCaptionsError)) throw thrown;
      throw new ArchivistError("captions.unreadable", { subject: input.name, cause: thrown.message });
    }
  }),
});

/** Nothing with an open error is approved; a warning needs a tick, or one reason for all that are left. */
function requireClean(
  meeting: OpenMeeting,
  visitor: EditorIdentity,
  reason: string | undefined,
  issues: ReturnType<typeof checkDocument>,
): void {
  if (meeting.document.cues.length === 0)
    throw new ArchivistError("edit.errors", { cause: "there are no captions left" });
  const errors = issues.filter(({ severity }) => severity === "error").length;
  if (errors > 0) throw new ArchivistError("edit.errors", { cause: `the captions have ${errors} open errors` });
  if (issues.length === 0) return;
  if (reason === undefined) {
    throw new ArchivistError("edit.warnings", { cause: `the captions have ${issues.length} open warnings` });
  }
  const ticks = findDismissals(meeting.document, issues);
  if (ticks.length === 0) return;
  const view = meeting.lastView;
  const deed = { type: "ticks" as const, text: reason, issues: ticks };
  // Under the next number of the person's window, which is told of it and loads what there is.
  const number = meeting.getLastNumber(visitor.key) + 1;
  meeting.edit({ visitor, number, base: meeting.seq, deed, before: view, after: view, activeMs: 0 });
}
