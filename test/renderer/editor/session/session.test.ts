/**
 * The editor's session over a real draft in a real catalog. The line between the two is a double that loses answers and
 * whole calls: whatever it does, page and station end with the same captions, and no edit is done twice or not at all.
 */
import fc from "fast-check";
import { beforeAll, expect, onTestFinished, test, vi } from "vitest";
import type { Command } from "../../../../electron/captions/editing/command.ts";
import { captionProfiles } from "../../../../electron/captions/quality/caption-profile.ts";
import { ArchivistError } from "../../../../electron/contract/errors.ts";
import { OpenMeeting } from "../../../../electron/editing/open-meeting.ts";
import { captioned, someCues } from "../../../support/captions/transcriptions.ts";
import { ManualClock } from "../../../support/queue/manual-clock.ts";
import { freshCatalog } from "../../../support/station/catalog.ts";

/** What becomes of a call: it arrives, its answer is lost, or it never arrives. */
type Fate = "arrives" | "answer-lost" | "lost";

const line = vi.hoisted(() => ({
  edit: (_wish: never): Promise<unknown> => Promise.reject(new Error("nobody has opened anything")),
  open: (): Promise<unknown> => Promise.reject(new Error("nobody has opened anything")),
  told: [] as string[],
}));

vi.mock("../../../../renderer/station/connection.ts", () => ({
  client: {
    editor: {
      edit: (options: never) => line.edit(options),
      open: () => line.open(),
      leave: () => Promise.resolve({}),
    },
  },
  useConnection: { getState: () => ({ state: "open" }), subscribe: () => () => undefined },
}));
vi.mock("../../../../renderer/ui/notify.ts", () => ({
  notifyDone: () => undefined,
  notifyRefused: (message: string) => line.told.push(message),
  notifyFailure: ({ data }: { readonly data: { readonly message: string } }) => line.told.push(data.message),
}));
vi.mock("../../../../renderer/editor/session/dictionary.ts", () => ({
  loadDictionary: () => Promise.resolve(undefined),
}));

beforeAll(() => {
  const memory = new Map<string, string>();
  const storage = {
    getItem: (key: string) => memory.get(key) ?? null,
    setItem: (key: string, value: string) => memory.set(key, value),
    removeItem: (key: string) => memory.delete(key),
  };
  class Silent {
    addEventListener(): void {
      // The checks of the worker are tested where there is one.
    }
    postMessage(): void {
      // As above.
    }
    terminate(): void {
      // As above.
    }
  }
  vi.stubGlobal("window", globalThis);
  vi.stubGlobal("sessionStorage", storage);
  vi.stubGlobal("localStorage", storage);
  vi.stubGlobal("Worker", Silent);
});

const anna = { key: "window-of-anna", name: "Anna", userId: 1 };

/** An error of the station is an answer, as over HTTP. */
function answered<T>(act: () => T): T {
  try {
    return act();
  } catch (thrown) {
    if (!(thrown instanceof ArchivistError)) throw thrown;
    const { code, message } = thrown;
    throw Object.assign(new Error(message), { status: 409, data: { code, message } });
  }
}

async function open(fates: Fate[], openFates: Fate[] = []) {
  const { EditorSession } = await import("../../../../renderer/editor/session/session.ts");
  const { Transcript } = await import("../../../../renderer/editor/session/transcript.ts");
  const profile = captionProfiles.standard;
  const catalog = freshCatalog();
  const id = captioned(catalog, someCues(8));
  const meeting = new OpenMeeting({
    catalog,
    clock: new ManualClock(),
    transcriptionId: id,
    profile: profile.cues,
    firstMarks: [],
  });
  meeting.people.join(anna);
  const through = async <T>(fate: Fate | undefined, act: () => T): Promise<T> => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (fate === "lost") throw new Error("the line is broken");
    const answer = structuredClone(answered(act));
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (fate === "answer-lost") throw new Error("the line is broken");
    return answer;
  };
  const state = () => ({
    id,
    title: "",
    city: null,
    durationMs: 60_000,
    cues: meeting.document.cues,
    marks: meeting.document.marks,
    nextId: meeting.document.nextId,
    seq: meeting.seq,
    revision: meeting.revision,
    lastNumber: meeting.getLastNumber(anna.key),
    canUndo: meeting.stacks.undo.length > 0,
    canRedo: meeting.stacks.redo.length > 0,
    view: meeting.lastView,
    recovered: null,
    people: { writer: { name: "Anna", isYou: true }, asking: null, present: [] },
    profile,
    workedMs: 0,
    houseStyle: "us",
    precision: { judged: 0, corrected: 0 },
  });
  line.told.length = 0;
  line.open = () => through(openFates.shift(), state);
  line.edit = (request: Parameters<OpenMeeting["edit"]>[0]) =>
    through(fates.shift(), () => {
      const kept = meeting.edit({ ...request, visitor: anna });
      const isOfLog = request.deed.type === "undo" || request.deed.type === "redo";
      return { ...state(), step: isOfLog ? (kept?.step ?? null) : null, view: null };
    });
  const heard = {
    texts: [],
    startMs: [],
    endMs: [],
    probabilities: [],
    estimated: [],
    nearNames: [],
    style: [],
    loops: [],
    hearingsKey: "",
  };
  const nothing = {
    silences: [],
    speech: null,
    speechDetector: null,
    doubts: [],
    glossary: [],
    knownWords: [],
    language: "en",
  };
  const session = new EditorSession(
    anna.key,
    "recording",
    state() as never,
    new Transcript({ ...heard, ...nothing }, 120),
  );
  session.store.setState({ isWriter: true });
  onTestFinished(() => session.close());
  const alike = async (): Promise<void> => {
    await session.settled();
    expect(session.document).toEqual(meeting.document);
    expect(session.state.seq).toBe(meeting.seq);
    expect(session.state.save).toBe("kept");
    expect(session.hasUnsent).toBe(false);
  };
  return { session, meeting, alike };
}

const lines = (meeting: OpenMeeting): readonly string[] => meeting.document.cues.map((cue) => cue.lines.join("/"));

test("an answer that is lost while another edit waits: each is done once", async () => {
  const { session, meeting, alike } = await open(["answer-lost"]);
  session.edit({ type: "merge", cue: 1 });
  session.edit({ type: "text", cue: 5, lines: ["five"] });
  session.edit({ type: "shift", from: 7, byMs: 500 });
  await alike();
  expect(meeting.document.cues).toHaveLength(7);
  expect(meeting.entries).toHaveLength(3);
  expect(lines(meeting)).toContain("five");
});

test("the station does not answer at once when it is asked what it has: the edits wait, in order", async () => {
  const { session, meeting, alike } = await open(["lost"], ["lost", "answer-lost"]);
  session.edit({ type: "insert", startMs: 40_000, endMs: 41_000, lines: ["new"] });
  session.edit({ type: "insert", startMs: 42_000, endMs: 43_000, lines: ["newer"] });
  await alike();
  expect(lines(meeting).slice(-2)).toEqual(["new", "newer"]);
});

test("what is typed while the captions are loaded again is not lost", async () => {
  const { session, meeting, alike } = await open(["lost"], ["lost"]);
  session.edit({ type: "text", cue: 1, lines: ["one a"], typed: true });
  await new Promise((resolve) => setTimeout(resolve, 35));
  session.edit({ type: "text", cue: 1, lines: ["one a b"], typed: true });
  await alike();
  expect(lines(meeting)[0]).toBe("one a b");
});

test("who types in a new caption goes on in it when the line was broken before the station had it", async () => {
  const { session, meeting, alike } = await open(["lost"], ["lost"]);
  const id = session.document.nextId;
  const place = { activeCueId: id, mode: "type", caret: 0 } as const;
  session.edit({ type: "insert", startMs: 40_000, endMs: 41_000, lines: [""] }, place);
  await alike();
  expect(session.state).toMatchObject({ activeCueId: id, mode: "type" });
  session.edit({ type: "text", cue: session.state.activeCueId ?? 0, lines: ["new"], typed: true });
  await alike();
  expect(lines(meeting)[0]).toBe("this is caption number 0");
  expect(lines(meeting).at(-1)).toBe("new");
});

test("what may be taken back is told for edits that change something, and no more once a step is taken back", async () => {
  const { session, alike } = await open([]);
  const told: (string | undefined)[] = [];
  session.onEdit = (command) => told.push(command?.type);
  session.edit({ type: "shift", from: 3, byMs: 0 });
  session.edit({ type: "delete", cues: [1, 2] });
  await session.undo();
  await alike();
  expect(told).toEqual(["delete", undefined]);
});

test("a selection by keyboard begins anew where the last one has gone", async () => {
  const { session, alike } = await open([]);
  const { extendSelection } = await import("../../../../renderer/editor/actions/selection-commands.ts");
  session.activate(2);
  extendSelection(session, 1);
  extendSelection(session, 1);
  expect([...session.state.selectedIds]).toEqual([2, 3, 4]);
  session.edit({ type: "delete", cues: [...session.targetCues()] });
  extendSelection(session, 1);
  expect([...session.state.selectedIds]).toEqual([5, 6]);
  // Playing has made another caption the active one.
  session.store.setState({ activeCueId: 8, selectedIds: new Set() });
  extendSelection(session, -1);
  expect([...session.state.selectedIds]).toEqual([7, 8]);
  await alike();
});

test("edits during an undo are done after it", async () => {
  const { session, meeting, alike } = await open([]);
  session.edit({ type: "text", cue: 1, lines: ["ONE"] });
  const undone = session.undo();
  session.edit({ type: "text", cue: 2, lines: ["TWO"] });
  session.edit({ type: "accept", cues: [1] });
  await undone;
  await alike();
  expect(lines(meeting).slice(0, 2)).toEqual(["this is caption number 0", "TWO"]);
  expect(meeting.document.cues[0]?.reviewed).toBe(true);
});

test("an undo whose answer is lost takes back one step, not two", async () => {
  const { session, meeting, alike } = await open(["arrives", "arrives", "answer-lost"]);
  session.edit({ type: "text", cue: 1, lines: ["ONE"] });
  session.edit({ type: "text", cue: 2, lines: ["TWO"] });
  await session.undo();
  await alike();
  expect(lines(meeting).slice(0, 2)).toEqual(["ONE", "this is caption number 1"]);
});

test("what is too much is refused once, and is sent nowhere", async () => {
  const { session, meeting, alike } = await open([]);
  expect(session.edit({ type: "text", cue: 1, lines: ["x".repeat(100_000)] })).toBe(false);
  expect(line.told).toHaveLength(1);
  await alike();
  expect(meeting.entries).toHaveLength(0);
});

test("what the station hears again reaches the window that writes, and what is typed meanwhile is not lost", async () => {
  const { session, meeting, alike } = await open([]);
  meeting.listen((event) => {
    if (event.kind !== "edit" || event.windowKey === anna.key) return;
    const { entry, step, revision } = event;
    const people = { writer: { name: "Anna", isYou: true }, asking: null, present: [] };
    const steps = [{ seq: entry.seq, revision, step }];
    void session.receive({ people, isWriter: true, revision, hearingsKey: "", commentsKey: "", steps });
  });
  session.edit({ type: "text", cue: 5, lines: ["typed before"] });
  session.edit({ type: "text", cue: 3, lines: ["typed by An"], typed: true });
  // The station does not know of any of this yet.
  const cues = [{ startMs: 5_000, endMs: 8_900, lines: ["heard again"] }];
  meeting.editByStation(
    { type: "hear-again", hearing: "h", from: "base", replaced: [3, 4], cues },
    "Ben",
    () => undefined,
  );
  session.edit({ type: "text", cue: 3, lines: ["typed by Anna"], typed: true });
  await alike();
  expect(lines(meeting).slice(2, 4)).toEqual(["typed by Anna", "typed before"]);
  // Without an edit of its own, the window has the station's as well.
  const more = [{ startMs: 1_000, endMs: 2_900, lines: ["heard once more"] }];
  meeting.editByStation(
    { type: "hear-again", hearing: "i", from: "base", replaced: [1], cues: more },
    "Ben",
    () => undefined,
  );
  await vi.waitFor(() => expect(session.document.cues[0]?.lines).toEqual(["heard once more"]));
  await alike();
});

const fate = fc.constantFrom<Fate>("arrives", "arrives", "answer-lost", "lost");
const cue = fc.integer({ min: 1, max: 10 });
const deed = fc.oneof(
  fc.record({ type: fc.constant("text"), cue, lines: fc.tuple(fc.constantFrom("a", "b c", "d e f")) }),
  fc.record({ type: fc.constant("text"), cue, lines: fc.tuple(fc.string({ maxLength: 9 })), typed: fc.constant(true) }),
  fc.record({ type: fc.constant("merge"), cue }),
  fc.record({ type: fc.constant("delete"), cues: fc.tuple(cue) }),
  fc.record({ type: fc.constant("accept"), cues: fc.tuple(cue) }),
  fc.record({ type: fc.constant("shift"), from: cue, byMs: fc.integer({ min: -900, max: 900 }) }),
  fc.constantFrom({ type: "undo" }, { type: "redo" }),
) as fc.Arbitrary<Command | { readonly type: "undo" } | { readonly type: "redo" }>;

test("page and station are alike in the end, whatever the line loses", async () => {
  const plan = [
    fc.array(deed, { maxLength: 12 }),
    fc.array(fate, { maxLength: 20 }),
    fc.array(fate, { maxLength: 3 }),
  ] as const;
  await fc.assert(
    fc.asyncProperty(...plan, async (deeds, fates, openFates) => {
      const { session, alike } = await open([...fates], [...openFates]);
      for (const each of deeds) {
        if (each.type === "undo") void session.undo();
        else if (each.type === "redo") void session.redo();
        else session.edit(each);
      }
      await alike();
    }),
    { numRuns: 25 },
  );
});
