/** Who is right about a field: Archivist, the server, the newer one, or a person. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decide, isNothing, isSameValue } from "../../electron/cablecast/metadata/decide.ts";
import { planFields, reconcile, settleConflict } from "../../electron/cablecast/metadata/reconcile.ts";
import { theirFields, withFields } from "../../electron/cablecast/metadata/show-fields.ts";
import type { FieldValue } from "../../electron/catalog/repositories/cablecast-metadata.ts";
import { fieldConflicts, findFields } from "../../electron/catalog/repositories/cablecast-metadata.ts";
import { metadataRules } from "../../electron/contract/settings/cablecast.ts";
import { publicationPlace } from "../support/publishing/publication.ts";

const early = "2026-03-01T10:00:00Z";
const late = "2026-03-05T10:00:00-06:00";

describe("a decision", () => {
  test.each<[string, (typeof metadataRules)[number], FieldValue | undefined, FieldValue, FieldValue, string]>([
    ["both the same", "ask", undefined, "a", "a", "same"],
    ["nothing written in two ways", "ask", undefined, "", null, "same"],
    ["the server has nothing", "theirs", undefined, "a", null, "push"],
    ["we have nothing", "ours", undefined, null, 3, "pull"],
    ["never agreed, ours", "ours", undefined, "a", "b", "push"],
    ["never agreed, theirs", "theirs", undefined, "a", "b", "pull"],
    ["never agreed, ask", "ask", undefined, "a", "b", "ask"],
    ["only we changed", "ask", "b", "a", "b", "push"],
    ["only we changed, the server is the master", "theirs", "b", "a", "b", "pull"],
    ["only they changed", "ask", "a", "a", "b", "pull"],
    ["only they changed, Archivist is the master", "ours", "a", "a", "b", "push"],
    ["they emptied it", "ask", "a", "a", "", "pull"],
    ["both changed", "ask", "c", "a", "b", "ask"],
    ["both changed, newest is theirs", "newest", "c", "a", "b", "pull"],
    ["lists in another order", "ask", undefined, ["a", "b"], ["b", "a"], "same"],
    ["an id as text", "ask", undefined, 12, "12", "same"],
  ])("%s", (_, rule, base, ours, theirs, expected) => {
    expect(decide(rule, { base, ours, oursDate: early, theirs, theirsDate: late })).toBe(expected);
  });

  test("newest goes by the dates, whatever their offsets; without a date somebody is asked", () => {
    const sides = { base: "c", ours: "a", theirs: "b" } as const;
    expect(decide("newest", { ...sides, oursDate: "2026-03-05T15:00:00Z", theirsDate: late })).toBe("pull");
    expect(decide("newest", { ...sides, oursDate: "2026-03-05T16:30:00Z", theirsDate: late })).toBe("push");
    expect(decide("newest", { ...sides, oursDate: early, theirsDate: null })).toBe("ask");
  });

  const value = fc.oneof(
    fc.constantFrom<FieldValue>(null, "", "a", "b", "c", 1, 2),
    fc.array(fc.constantFrom("x", "y"), { maxLength: 2 }),
  );

  test("never loses what only one side has, and never puts nothing in the place of something of theirs", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...metadataRules),
        fc.option(value, { nil: undefined }),
        value,
        value,
        fc.option(fc.constantFrom(early, late), { nil: null }),
        (rule, base, ours, theirs, theirsDate) => {
          const decision = decide(rule, { base, ours, oursDate: early, theirs, theirsDate });
          if (isSameValue(ours, theirs)) expect(decision).toBe("same");
          else expect(decision).not.toBe("same");
          if (decision === "push") expect(isNothing(ours)).toBe(false);
          if (decision === "ask")
            expect(isNothing(ours) || isSameValue(base, ours) || isSameValue(base, theirs)).toBe(false);
          if (rule === "ours" || rule === "theirs") expect(decision).not.toBe("ask");
        },
      ),
    );
  });
});

describe("the fields of a show", () => {
  const show = {
    id: 1,
    title: "t",
    unknownField: 7,
    customFields: [
      { id: 801, showField: 2, value: "old", type: "string" },
      { id: 803, showField: 4, value: 12, type: "select", fieldValueString: "Finance" },
      { id: 804, showField: 9, value: 31, type: "tag", fieldValueString: "streets" },
      { id: 805, showField: 9, value: 32, type: "tag", fieldValueString: "budget" },
    ],
  };

  test("are read by their labels, and written without touching anything else", () => {
    expect([...theirFields(show, ["title", "custom:2", "custom:4", "custom:9", "custom:77"]).values()]).toEqual([
      null,
      ["old"],
      ["Finance"],
      ["streets", "budget"],
      [],
    ]);
    const changed = withFields(
      show,
      new Map<string, FieldValue>([
        ["custom:2", ["new"]],
        ["date", "2026-03-02"],
      ]),
    );
    expect(changed).toMatchObject({ unknownField: 7, eventDate: "2026-03-02T00:00:00" });
    expect(changed.customFields).toEqual([...show.customFields.slice(1), { showField: 2, value: "new" }]);
  });
});

describe("reconciling", () => {
  async function place(settings: object = {}) {
    const { emulator, deps, publication, recording, catalog } = await publicationPlace(settings);
    const show = await deps.client.createShow({ title: "x", cgTitle: "", comments: "", location: 1 });
    const run = async (metadata = publication, options: object = {}) =>
      reconcile(
        { ...deps, now: new Date().toISOString() },
        recording.id,
        metadata,
        await deps.client.show(show.id),
        options,
      );
    const there = () => emulator.tables.get("shows", show.id) ?? {};
    const edit = (fields: object) => emulator.tables.change("shows", show.id, { ...fields, lastModified: late });
    return { emulator, deps, publication, recording, catalog, show, run, there, edit };
  }

  test("fills what is empty, once; then nothing is written until something changes", async () => {
    const { emulator, publication, run, there } = await place();
    const { done } = await run();
    expect(done.map(({ field, decision }) => `${field} ${decision}`)).toEqual([
      "title push",
      "description push",
      "date push",
      "category push",
      "producer push",
      "project push",
    ]);
    expect(there()).toMatchObject({ cgTitle: publication.publicTitle, category: 23, eventDate: "2026-03-02T00:00:00" });
    const before = emulator.calls.length;
    expect((await run()).done).toEqual([]);
    expect(emulator.calls.slice(before).map(({ method }) => method)).toEqual(["GET"]);
  });

  test("a corrected summary goes to the server; a description that somebody has edited there comes back", async () => {
    const { deps, publication, recording, catalog, run, there, edit } = await place();
    await run();
    await run({ ...publication, description: "Corrected." });
    expect(there()).toMatchObject({ comments: "Corrected." });
    edit({ comments: "Edited on the server." });
    expect((await run({ ...publication, description: "Corrected." })).done).toMatchObject([
      { field: "description", decision: "pull", after: "Edited on the server." },
    ]);
    expect(findFields(catalog, deps.client.address, recording.id).get("description")).toMatchObject({
      chosen: "Edited on the server.",
    });
  });

  test("both sides have changed: nothing is written, and a person decides", async () => {
    const { deps, publication, recording, catalog, show, run, there, edit } = await place();
    await run();
    edit({ comments: "Theirs." });
    const ours = { ...publication, description: "Ours." };
    expect((await run(ours)).done).toMatchObject([{ field: "description", decision: "ask" }]);
    expect(there()).toMatchObject({ comments: "Theirs." });
    expect(fieldConflicts(catalog)).toMatchObject([{ field: "description", ours: "Ours.", theirs: "Theirs." }]);
    const now = new Date().toISOString();
    await settleConflict({ ...deps, now }, recording.id, show.id, "description", "ours");
    expect(there()).toMatchObject({ comments: "Ours." });
    expect(fieldConflicts(catalog)).toEqual([]);
    expect((await run(ours)).done).toEqual([]);
  });

  test("a decision about something that has changed meanwhile is not carried out", async () => {
    const { deps, publication, recording, catalog, show, run, there, edit } = await place();
    await run();
    edit({ comments: "Theirs." });
    await run({ ...publication, description: "Ours." });
    edit({ comments: "Brand-new text by Mary." });
    const now = new Date().toISOString();
    const decide = () => settleConflict({ ...deps, now }, recording.id, show.id, "description", "ours");
    await expect(decide()).rejects.toMatchObject({ code: "publish.changed" });
    expect(there()).toMatchObject({ comments: "Brand-new text by Mary." });
    expect(fieldConflicts(catalog)).toMatchObject([{ ours: "Ours.", theirs: "Brand-new text by Mary." }]);
    await decide();
    expect(there()).toMatchObject({ comments: "Ours." });
  });

  test("the newest counts: what somebody wrote after the summary was made stays", async () => {
    const { publication, run, there, edit } = await place({ metadata: { description: "newest" } });
    edit({ comments: "Written later." });
    await run({ ...publication, madeDate: "2026-03-01T10:00:00Z" });
    expect(there()).toMatchObject({ comments: "Written later." });
  });

  test("what a person says just now goes to the server, whatever the rule", async () => {
    const { deps, publication, recording, catalog, run, there, edit } = await place();
    edit({ cgTitle: "Their title" });
    await run();
    expect(findFields(catalog, deps.client.address, recording.id).get("title")).toMatchObject({
      chosen: "Their title",
    });
    await run({ ...publication, publicTitle: "Special meeting" }, { requested: new Set(["title"]) });
    expect(there()).toMatchObject({ cgTitle: "Special meeting" });
    await run(publication);
    expect(there()).toMatchObject({ cgTitle: "Special meeting" });
  });

  test("before it is published nothing is written, and what the server says is taken over", async () => {
    const { emulator, deps, run, edit, catalog, recording } = await place();
    edit({ comments: "Announced by the station." });
    const { done } = await run(undefined, { mayPush: false });
    expect(done.map(({ decision }) => decision)).toEqual(["ask"]);
    expect(emulator.calls.some(({ method }) => method === "PUT")).toBe(false);
    expect(findFields(catalog, deps.client.address, recording.id).get("category")).toMatchObject({
      base: undefined,
      ours: 23,
    });
  });

  test("a field that the server does not take is told", async () => {
    const { emulator, publication, run, show } = await place();
    const custom = { ...publication, customFields: [{ field: 5, values: ["Regular session"] }] };
    expect((await run(custom)).refused).toEqual([]);
    expect(emulator.tables.get("shows", show.id)?.customFields).toMatchObject([
      { showField: 5, value: "Regular session" },
    ]);
    emulator.faults.dropCustomFields = true;
    const again = await run(
      { ...custom, customFields: [{ field: 5, values: ["Another"] }] },
      { requested: new Set(["custom:5"]) },
    );
    expect(again.refused).toEqual(["custom:5"]);
  });

  test("the plan tells the same and changes nothing", async () => {
    const { deps, publication, recording, show, emulator } = await place();
    const now = new Date().toISOString();
    const plan = planFields({ ...deps, now }, recording.id, publication, await deps.client.show(show.id));
    expect(plan.map(({ field }) => field)).toEqual(["title", "description", "date", "category", "producer", "project"]);
    expect(emulator.calls.some(({ method }) => method === "PUT")).toBe(false);
  });
});
