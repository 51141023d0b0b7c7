/** Meetings at the command line: found, changed, deleted, restored. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openCatalog } from "../../electron/catalog/open.ts";
import { archivist } from "../support/process/archivist.ts";
import { addFinishedMeeting } from "../support/station/finished-meeting.ts";
import { temporaryFolder } from "../support/temporary.ts";

function place() {
  const dataFolder = join(temporaryFolder(), "data");
  mkdirSync(dataFolder);
  const catalog = openCatalog(join(dataFolder, "catalog.db"), join(dataFolder, "backups"));
  const { id } = addFinishedMeeting(
    catalog,
    join(dataFolder, "..", "2026-03-02 City Council.mp4"),
    join(dataFolder, "out"),
  );
  catalog.close();
  const run = (...args: string[]) => archivist(["meetings", ...args], { dataFolder });
  // biome-ignore lint/suspicious/noExplicitAny: the test says of each answer what must be in it
  const json = async (...args: string[]): Promise<any> => JSON.parse((await run(...args, "--json")).stdout);
  return { id, run, json };
}

test("facts are changed and shown with their log; what is wrong is said and changes nothing", async () => {
  const { id, run, json } = place();
  const short = id.slice(0, 8);
  const wrong = await run("edit", short, "--date", "2026-02-30");
  expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining("a date is a day in the calendar")]);
  expect((await run("edit", short)).code).toBe(2);
  const edited = await run("edit", short, "--title", "Budget Hearing", "--no-date", "--add-tags", "Budget, Streets");
  expect(edited.stdout).toMatch(/title: City Council → Budget Hearing[\s\S]*date: 2026-03-02 → none/);
  const shown = await json("show", short);
  expect(shown).toMatchObject({
    transcription_id: id,
    title: "Budget Hearing",
    date: null,
    tags: ["Budget", "Streets"],
    changes: [{ kind: "changed", fields: [{ field: "title" }, { field: "date" }, { field: "tags" }] }],
  });
  const found = await json("find", "streets");
  expect(found).toMatchObject({ total_meetings: 1, meetings: [{ places: [{ field: "tags", text: "Streets" }] }] });
  expect((await json("find", "adjourn")).captions).toMatchObject([{ transcription_id: id, start_ms: 5_000 }]);
});

test("a meeting is deleted and restored; one that there is not stops no other", async () => {
  const { id, run, json } = place();
  const short = id.slice(0, 8);
  const would = await json("delete", short, "--dry-run");
  expect(would.results).toMatchObject([{ status: "would be deleted", captions: 2, recording_is_there: true }]);
  expect((await json("find")).total).toBe(1);
  const deleted = await run("delete", "nobody", short);
  expect([deleted.code, deleted.stdout]).toEqual([1, expect.stringMatching(/deleted[\s\S]*the recording stays: /)]);
  expect(deleted.stderr).toMatch(/nobody: there is no such meeting/);
  expect((await json("find")).total).toBe(0);
  expect((await json("deleted")).meetings).toMatchObject([{ transcription_id: id }]);
  expect((await run("show", id)).stderr).toMatch(/this meeting was deleted/);
  expect((await run("restore", short)).stdout).toBe("City Council: restored.\n");
  expect((await json("find")).total).toBe(1);
});
