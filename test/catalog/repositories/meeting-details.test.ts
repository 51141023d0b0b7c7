/** Searching in what is known of meetings besides their captions. */
import { describe, expect, test } from "vitest";
import { markDeleted, markRestored } from "../../../electron/catalog/repositories/deleted-meetings.ts";
import { storeSummary } from "../../../electron/catalog/repositories/insights.ts";
import { libraryTags, listLibrary } from "../../../electron/catalog/repositories/library.ts";
import {
  findMeetings,
  findMeetingWithoutItems,
  refreshDetails,
  storeItems,
} from "../../../electron/catalog/repositories/meeting-details.ts";
import { findFacts, type NewFacts, storeFacts } from "../../../electron/catalog/repositories/meeting-facts.ts";
import { findText } from "../../../electron/catalog/repositories/meeting-text.ts";
import { finishTranscription } from "../../../electron/catalog/repositories/transcriptions.ts";
import { addVersion, storeMachineVersion } from "../../../electron/catalog/repositories/versions.ts";
import { hitEnd, hitStart } from "../../../electron/contract/terms.ts";
import { addMeeting } from "../../support/bench/meetings.ts";
import { freshCatalog } from "../../support/station/catalog.ts";

type Catalog = ReturnType<typeof freshCatalog>;
const page = { sort: "completed", descending: true, limit: 50, offset: 0 } as const;

function change(catalog: Catalog, id: string, facts: Partial<NewFacts>): void {
  const before = findFacts(catalog, id);
  if (before === undefined) throw new Error("no such meeting");
  catalog.transaction(() => storeFacts(catalog, id, { ...before, ...facts }));
}

function place() {
  const catalog = freshCatalog();
  const filename = "oakdale_2026-03-02-council.mp4";
  const { id } = addMeeting(catalog, { number: 1, filename, durationMs: 60_000, city: "Oakdale" });
  const cue = { startMs: 1_000, endMs: 2_000, lines: ["We begin."], speaker: "Mayor Gutiérrez" };
  storeMachineVersion(catalog, id, [cue]);
  storeSummary(catalog, id, {
    markdown: "",
    sentences: [
      { text: "The fence ordinance passed.", startMs: 5_000 },
      { text: "Nobody objected.", startMs: 9_000 },
    ],
    phrases: [],
    options: "{}",
    version: 0,
  });
  change(catalog, id, {
    title: "Spring Workshop",
    date: "2026-03-02",
    type: "Work Session",
    description: "Watersheds and wells.",
    tags: ["Sidewalks"],
    people: ["Ann Lee"],
  });
  storeItems(catalog, id, [{ title: "Item 7: Zoning of Elm Street", startMs: 7_000 }]);
  const found = (text: string) =>
    findMeetings(catalog, text, 10).meetings.flatMap(({ places }) =>
      places.map(({ field, startMs, context }) => `${field} ${startMs} ${context}`),
    );
  return { catalog, id, found };
}

const marked = (text: string): string => `${hitStart}${text}${hitEnd}`;

describe("a meeting is found by", () => {
  test.each<[string, string[]]>([
    ["spring", [`title null ${marked("Spring")} Workshop`]],
    ["fence", [`summary 5000 The ${marked("fence")} ordinance passed.`]],
    ["zoning elm", [`chapters 7000 Item 7: ${marked("Zoning")} of ${marked("Elm")} Street`]],
    ["gutierrez", [`speakers null Mayor ${marked("Gutiérrez")}`]],
    ["watersh", [`description null ${marked("Watersheds")} and wells.`]],
    ["sidewalks", [`tags null ${marked("Sidewalks")}`]],
    ["ann lee", [`people null ${marked("Ann")} ${marked("Lee")}`]],
    ["work session", [`type null ${marked("Work")} ${marked("Session")}`]],
    // Its words may stand in different places.
    ["fence lee", [`people null Ann ${marked("Lee")}`, `summary 5000 The ${marked("fence")} ordinance passed.`]],
    ["begin", []],
    ["fence nowhere", []],
    ['"', []],
  ])("%s", (text, expected) => {
    expect(place().found(text)).toEqual(expected);
  });
});

describe("the search", () => {
  test("knows what is so now, whoever has changed it", () => {
    const { catalog, id, found } = place();
    found("spring");
    change(catalog, id, { title: "Autumn", tags: ["Parks"], people: [] });
    expect([found("spring"), found("sidewalks"), found("lee")]).toEqual([[], [], []]);
    expect([found("autumn").length, found("parks").length]).toEqual([1, 1]);
    storeSummary(catalog, id, {
      markdown: "",
      sentences: [{ text: "A gate.", startMs: 0 }],
      phrases: [],
      options: "{}",
      version: 0,
    });
    expect([found("fence"), found("gate").length]).toEqual([[], 1]);
    const cue = { startMs: 0, endMs: 900, lines: ["Hello."], speaker: "Clerk" };
    addVersion(catalog, id, { cues: [cue], name: "import", date: new Date().toISOString() });
    expect([found("gutierrez"), found("clerk").length]).toEqual([[], 1]);
  });

  test("looks for agenda items again when captions are new, and never twice for the same", () => {
    const { catalog, id } = place();
    const done = { status: "completed", completedDate: "2026-03-03", durationMs: 1, elapsedMs: 1 } as const;
    finishTranscription(catalog, id, done);
    expect(findMeetingWithoutItems(catalog)).toBeUndefined();
    addVersion(catalog, id, { cues: [], name: "import", date: "2026-03-04" });
    expect(findMeetingWithoutItems(catalog)).toBe(id);
    storeItems(catalog, id, []);
    expect(findMeetingWithoutItems(catalog)).toBeUndefined();
  });

  test("finds nothing of a deleted meeting, and everything again when it is restored", () => {
    const { catalog, id, found } = place();
    const all = () => [
      found("spring").length,
      findText(catalog, "begin", 10, 0).total,
      listLibrary(catalog, page).total,
      listLibrary(catalog, { ...page, text: "spring" }).total,
      libraryTags(catalog).length,
    ];
    expect(all()).toEqual([1, 1, 1, 1, 1]);
    catalog.transaction(() => markDeleted(catalog, id, "Anna", "2026-04-01T00:00:00.000Z"));
    expect(all()).toEqual([0, 0, 0, 0, 0]);
    // What is still on its way does not bring it back.
    addVersion(catalog, id, {
      cues: [{ startMs: 0, endMs: 9, lines: ["We begin."] }],
      name: "import",
      date: "2026-04-02",
    });
    expect(all()).toEqual([0, 0, 0, 0, 0]);
    catalog.transaction(() => markRestored(catalog, id));
    expect(all()).toEqual([1, 1, 1, 1, 1]);
  });

  test("filters the list by names, and by a tag", () => {
    const { catalog } = place();
    addMeeting(catalog, { number: 2, filename: "Lake Elmo 2026-04-01.mp4", durationMs: 1, city: "Lake Elmo" });
    const names = (query: object) => listLibrary(catalog, { ...page, ...query }).rows.map(({ filename }) => filename);
    expect(names({ text: "council oakdale" })).toEqual(["oakdale_2026-03-02-council.mp4"]);
    expect(names({ text: "elm" })).toEqual(["Lake Elmo 2026-04-01.mp4"]);
    expect(names({ text: "sidew" })).toEqual(["oakdale_2026-03-02-council.mp4"]);
    expect(names({ text: "fence" })).toEqual([]);
    expect(names({ text: "  " })).toHaveLength(2);
    expect(names({ tag: "Sidewalks" })).toEqual(["oakdale_2026-03-02-council.mp4"]);
    expect(names({ tag: "sidewalk" })).toEqual([]);
  });

  test("goes through indexes only, however many meetings there are", () => {
    const { catalog } = place();
    refreshDetails(catalog);
    const plans = [
      "SELECT row FROM meeting_detail_rows WHERE stale = 1 ORDER BY row",
      `SELECT r.transcription_id FROM (SELECT rowid FROM meeting_details WHERE meeting_details MATCH 'a' ORDER BY rowid DESC LIMIT 50) f
        JOIN meeting_detail_rows r ON r.row = f.rowid`,
      `SELECT id FROM transcriptions WHERE id IN (SELECT r.transcription_id FROM meeting_detail_rows r
        WHERE r.row IN (SELECT rowid FROM meeting_details WHERE meeting_details MATCH 'a'))`,
      "SELECT id FROM transcriptions WHERE id IN (SELECT g.transcription_id FROM meeting_tags g WHERE g.tag = 'a')",
      "SELECT id FROM transcriptions WHERE deleted_date IS NOT NULL ORDER BY deleted_date DESC",
    ];
    for (const sql of plans) {
      const steps = catalog.database.$client.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all();
      const scans = steps.filter(({ detail }) =>
        /^SCAN (transcriptions|r|g|meeting_detail_rows)(?!.*INDEX)/.test(detail),
      );
      expect(scans, sql).toEqual([]);
    }
  });
});
