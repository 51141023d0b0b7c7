/** Correcting captions over a real catalog: what is acknowledged stays, whoever writes, however it ends. */
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createDocument } from "../../electron/captions/editing/document.ts";
import { defaultProfile } from "../../electron/captions/quality/caption-profile.ts";
import type { Catalog } from "../../electron/catalog/open.ts";
import { findDraft, listNoSpeechMarks } from "../../electron/catalog/repositories/drafts.ts";
import { workedMs } from "../../electron/catalog/repositories/editing-figures.ts";
import { getRecordingStanding } from "../../electron/catalog/repositories/recording-standing.ts";
import { findTranscription } from "../../electron/catalog/repositories/transcriptions.ts";
import { findNewestCues, findNewestVersionNumber } from "../../electron/catalog/repositories/versions.ts";
import { EditingSessions } from "../../electron/editing/editing-sessions.ts";
import { type EditRequest, OpenMeeting } from "../../electron/editing/open-meeting.ts";
import { captioned, someCues } from "../support/captions/transcriptions.ts";
import { ManualClock } from "../support/queue/manual-clock.ts";
import { freshCatalog } from "../support/station/catalog.ts";

const anna = { key: "window-of-anna", name: "Anna", userId: 1 };
const ben = { key: "window-of-ben", name: "Ben", userId: 2 };
const chapter = { kind: "chapter", atMs: 1_000, text: "Call to order" } as const;

const recordingIdOf = (catalog: Catalog, id: string): string => findTranscription(catalog, id)?.recordingId ?? "";

function place() {
  const catalog = freshCatalog();
  const clock = new ManualClock();
  const id = captioned(catalog);
  const open = (): OpenMeeting =>
    new OpenMeeting({ catalog, clock, transcriptionId: id, profile: defaultProfile, firstMarks: [chapter] });
  const meeting = open();
  meeting.people.join(anna);
  let number = 0;
  const edit = (deed: EditRequest["deed"], more: Partial<EditRequest> = {}, at = meeting) =>
    at.edit({
      visitor: anna,
      number: ++number,
      base: at.seq,
      deed,
      before: { cue: 1, row: 0 },
      after: { cue: 2, row: 1 },
      activeMs: 1_000,
      ...more,
    });
  const again = (): OpenMeeting => {
    const next = open();
    next.people.join(anna);
    return next;
  };
  return { catalog, clock, id, meeting, edit, again };
}

describe("an edit", () => {
  test("is on the disk once it is acknowledged, and taken back in another session, with the place", () => {
    const { meeting, edit, again, id, catalog } = place();
    edit({ type: "text", cue: 3, lines: ["corrected"] }, { before: { cue: 3, row: 7 } });
    edit({ type: "delete", cues: [1, 2] });
    edit({ type: "mark", kind: "bookmark", atMs: 4_000, text: "listen again" });
    const later = again();
    expect(later.document).toEqual(meeting.document);
    expect(later.lastView).toEqual({ cue: 2, row: 1 });
    expect(workedMs(catalog, id)).toBe(3_000);
    for (let count = 0; count < 3; count++) edit({ type: "undo" }, {}, later);
    expect(later.document.cues).toEqual(createDocument(someCues(20)).cues);
    expect(findDraft(catalog, id)?.view).toEqual({ cue: 3, row: 7 });
    edit({ type: "redo" }, {}, later);
    expect(later.document.cues[2]?.lines).toEqual(["corrected"]);
    expect(again().stacks.redo).toHaveLength(2);
    expect(() => edit({ type: "undo" }, { base: 4 }, later)).toThrow(/changed meanwhile/);
  });

  test("of typing is one step for each caption and burst", () => {
    const { meeting, edit, clock, again } = place();
    for (const text of ["t", "ty", "typ"]) edit({ type: "text", cue: 5, lines: [text], typed: true });
    expect(meeting.entries).toHaveLength(1);
    clock.advance(10_000);
    edit({ type: "text", cue: 5, lines: ["typed later"], typed: true });
    edit({ type: "text", cue: 6, lines: ["elsewhere"] });
    expect(meeting.entries).toHaveLength(3);
    const later = again();
    edit({ type: "undo" }, {}, later);
    edit({ type: "undo" }, {}, later);
    expect(later.document.cues[4]?.lines).toEqual(["typ"]);
    edit({ type: "undo" }, {}, later);
    expect(later.document.cues[4]?.lines).toEqual(["this is caption number 4"]);
  });

  test("that makes no sense, comes too late, or from somebody who may not, changes nothing", () => {
    const { meeting, edit, id, catalog } = place();
    const before = findDraft(catalog, id);
    expect(() => edit({ type: "merge", cue: 20 })).toThrow(/no caption after it/);
    expect(() => edit({ type: "text", cue: 99, lines: ["x"] })).toThrow(/not there any more/);
    expect(() => edit({ type: "time", cue: 2, endMs: 9_000 })).toThrow(/shown at once/);
    expect(() => edit({ type: "undo" })).toThrow(/nothing to take back/);
    expect(() => edit({ type: "delete", cues: [1] }, { base: 7 })).toThrow(/changed meanwhile/);
    expect(() => edit({ type: "delete", cues: [1] }, { visitor: ben })).toThrow(/somebody else/);
    expect(findDraft(catalog, id)).toEqual(before);
    expect(meeting.seq).toBe(0);
  });

  test("for which there is no room on the disk is refused, and the captions are as they were", () => {
    const { meeting, edit, catalog, again } = place();
    const client = catalog.database.$client;
    client.pragma(`max_page_count = ${client.pragma("page_count", { simple: true })}`);
    const long = Array.from({ length: 15 }, () => "x".repeat(500));
    expect(() => {
      for (let cue = 1; cue <= 20; cue++) edit({ type: "text", cue, lines: long });
    }).toThrow(/full|disk/i);
    const { seq, document } = meeting;
    client.pragma("max_page_count = 1000000");
    expect(again().document).toEqual(document);
    edit({ type: "text", cue: 20, lines: ["there is room again"] });
    expect(meeting.seq).toBeGreaterThanOrEqual(seq);
    expect(again().document.cues.at(-1)?.lines).toEqual(["there is room again"]);
  });
});

describe("that nobody speaks in a place", () => {
  const said = { kind: "no-speech", atMs: 5_000, untilMs: 9_000, by: "Anna" } as const;

  test("is kept with person and date, through reopening, undo and redo", () => {
    const { edit, again, catalog, id, clock } = place();
    const date = clock.now().toISOString();
    const result = edit({ type: "no-speech", startMs: 5_000, endMs: 9_000 });
    expect(result?.step.marks).toMatchObject([{ after: { ...said, date } }]);
    clock.advance(60_000);
    const later = again();
    expect(later.document.marks).toMatchObject([chapter, { ...said, date }]);
    edit({ type: "undo" }, {}, later);
    expect(again().document.marks).toMatchObject([chapter]);
    edit({ type: "redo" }, {}, later);
    // Done again, it is still what was said then.
    expect(again().document.marks).toMatchObject([chapter, { ...said, date }]);
    expect(listNoSpeechMarks(catalog, { recordingId: recordingIdOf(catalog, id), transcriptionId: id })).toMatchObject([
      { ...said, date },
    ]);
  });

  test("holds for another transcription of the same recording, until that has a draft of its own", () => {
    const { edit, catalog, id } = place();
    edit({ type: "no-speech", startMs: 5_000, endMs: 9_000 });
    const recordingId = recordingIdOf(catalog, id);
    expect(listNoSpeechMarks(catalog, { recordingId, transcriptionId: "another" })).toMatchObject([said]);
    expect(listNoSpeechMarks(catalog, { recordingId: "another", transcriptionId: "another" })).toEqual([]);
  });
});

describe("an edit that is sent again", () => {
  test("after its answer was lost is done once, also when the station was killed in between", () => {
    const { meeting, edit, again } = place();
    edit({ type: "merge", cue: 1 }, { number: 41 });
    expect(edit({ type: "merge", cue: 1 }, { number: 41 })).toBeUndefined();
    const later = again();
    expect(later.getLastNumber(anna.key)).toBe(41);
    expect(edit({ type: "merge", cue: 1 }, { number: 41 }, later)).toBeUndefined();
    expect(later.document.cues).toHaveLength(19);
    edit({ type: "merge", cue: 1 }, { number: 42 }, later);
    expect(later.document.cues).toHaveLength(18);
    expect(meeting.seq).toBe(1);
  });

  test("letters of two people in one caption are two steps, each under its own name", () => {
    const { meeting, edit } = place();
    edit({ type: "text", cue: 5, lines: ["by Anna"], typed: true });
    meeting.people.request(ben);
    meeting.people.respond(anna, true);
    edit({ type: "text", cue: 5, lines: ["by Ben"], typed: true }, { visitor: ben, number: 1 });
    expect(meeting.entries.map(({ by }) => by)).toEqual(["Anna", "Ben"]);
  });
});

describe("windows", () => {
  const view = { cue: null, row: 0 };

  test("that are loaded anew keep the pen; those that go give it away; a late sign of one is not taken for another", async () => {
    const { catalog, clock, id } = place();
    const sessions = new EditingSessions({ catalog, clock, graceMs: 30 });
    onTestFinished(() => sessions.close());
    const open = () => sessions.meeting({ transcriptionId: id, profile: defaultProfile, firstMarks: [chapter] });
    const first = open();
    const gone = sessions.enter(id, anna, true);
    const back = sessions.enter(id, anna, true);
    gone();
    expect(first.people.isWriter(anna)).toBe(true);
    sessions.leave(id, anna, view);
    expect(sessions.known(id)).toBeUndefined();
    // The stream of the old page ends only now: the new one is another one.
    const second = open();
    sessions.enter(id, anna, true);
    back();
    await expect.poll(() => second.people.isWriter(anna)).toBe(true);
    sessions.leave(id, { ...anna, userId: 99 }, view);
    expect(sessions.known(id)).toBe(second);
    const looker = sessions.enter(id, ben, false);
    expect(second.people.isWriter(ben)).toBe(false);
    sessions.leave(id, anna, view);
    expect(sessions.known(id)).toBe(second);
    looker();
    await expect.poll(() => sessions.known(id)).toBeUndefined();
  });
});

describe("a version", () => {
  test("holds what there was, never changes, and what is edited later is not in it", () => {
    const { meeting, edit, catalog, id } = place();
    edit({ type: "text", cue: 1, lines: ["first"] });
    expect(getRecordingStanding(catalog, "f1").isBeingEdited).toBe(true);
    expect(findNewestVersionNumber(catalog, id)).toBe(0);
    expect(meeting.createVersion("approved")).toBe(1);
    expect(getRecordingStanding(catalog, "f1").isBeingEdited).toBe(false);
    expect(meeting.hasUnversionedEdits).toBe(false);
    edit({ type: "text", cue: 1, lines: ["second"] });
    expect(meeting.entries).toHaveLength(2);
    expect(findNewestCues(catalog, id)[0]?.lines).toEqual(["first"]);
    expect(meeting.createVersion("kept")).toBe(2);
    expect(findNewestCues(catalog, id)[0]?.lines).toEqual(["second"]);
    const change = () => catalog.database.$client.prepare("UPDATE cues SET lines = '[]'").run();
    expect(change).toThrow(/sealed version never changes/);
    expect(meeting.documentAt(1).cues[0]?.lines).toEqual(["first"]);
    expect(meeting.documentAt(0).cues).toEqual(createDocument(someCues(20)).cues);
  });
});

describe("the log and the captions", () => {
  test.each([
    ["a caption", "UPDATE draft_cues SET lines = '[\"tampered\"]' WHERE id = 3"],
    ["a caption that is gone", "DELETE FROM draft_cues WHERE id = 3"],
    ["a mark", "UPDATE draft_marks SET text = 'tampered'"],
    ["the number of the last edit", "UPDATE drafts SET seq = 7"],
    ["the log itself", "DELETE FROM edits WHERE seq = 1"],
  ])("that do not agree are an error with a remedy: %s", (_, spoil) => {
    const { edit, catalog, again } = place();
    edit({ type: "text", cue: 1, lines: ["one"] });
    edit({ type: "delete", cues: [5] });
    expect(() => again()).not.toThrow();
    catalog.database.$client.exec(spoil);
    expect(() => again()).toThrow(/do not agree with the log/);
  });
});

describe("two people", () => {
  test("take turns: the second looks on, asks, and gets the pen when it is given or nobody answers", () => {
    const { meeting, edit, clock } = place();
    expect(meeting.people.join(ben)).toBe(false);
    expect(() => edit({ type: "delete", cues: [1] }, { visitor: ben })).toThrow(/somebody else/);
    meeting.people.request(ben);
    expect(meeting.people.view()).toEqual({ writer: anna, asking: ben });
    expect(meeting.people.acquire(ben)).toBe(false);
    meeting.people.respond(ben, true);
    expect(meeting.people.isWriter(anna)).toBe(true);
    meeting.people.respond(anna, false);
    expect(meeting.people.view().asking).toBeNull();
    meeting.people.request(ben);
    meeting.people.respond(anna, true);
    expect(meeting.people.view()).toEqual({ writer: ben, asking: null });
    meeting.people.request(anna);
    clock.advance(30_000);
    expect(meeting.people.acquire(anna)).toBe(true);
    meeting.people.request(ben);
    meeting.people.leave(anna);
    expect(meeting.people.isWriter(ben)).toBe(true);
    meeting.people.leave(ben);
    expect(meeting.people.join(anna)).toBe(true);
  });

  test("a session that did not end in an orderly way is told to the next one", () => {
    const { edit, again, meeting } = place();
    edit({ type: "delete", cues: [1] });
    expect(again().recovered).toMatchObject({ by: "Anna", edits: 1 });
    meeting.people.leave(anna);
    meeting.noteWriter();
    expect(again().recovered).toBeUndefined();
  });
});

describe("a meeting that no window shows", () => {
  const openOne = (unwatchedMs: number) => {
    const { catalog, clock, id } = place();
    const sessions = new EditingSessions({ catalog, clock, unwatchedMs, graceMs: 0 });
    onTestFinished(() => sessions.close());
    sessions.meeting({ transcriptionId: id, profile: defaultProfile, firstMarks: [] });
    return { sessions, id };
  };

  test("is let go of after a while, and one that a window shows is not", async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { sessions, id } = openOne(1_000);
    await vi.advanceTimersByTimeAsync(900);
    expect(sessions.known(id)).toBeDefined();
    // It was used a moment ago.
    await vi.advanceTimersByTimeAsync(900);
    const leave = sessions.enter(id, anna, true);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sessions.isInWindow(id)).toBe(true);
    leave();
    await vi.advanceTimersByTimeAsync(1);
    expect(sessions.known(id)).toBeUndefined();
    const other = openOne(1_000);
    await vi.advanceTimersByTimeAsync(1_001);
    expect(other.sessions.known(other.id)).toBeUndefined();
  });
});
