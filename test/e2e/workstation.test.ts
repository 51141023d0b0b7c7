/** The workstation as a person uses it: real browser, real host, real ffmpeg and speech engine, the practice station. */
import { expect, test } from "vitest";
import { fromDropToPublished, publishingTo } from "../support/browser/drop-to-published.ts";
import { workstation } from "../support/browser/workstation.ts";
import { testEmulator } from "../support/publishing/cablecast.ts";

test("a recording that is dropped on the window is sent, started, heard, found by its words, and published", async () => {
  const emulator = await testEmulator();
  const { page } = await workstation({ settings: publishingTo(emulator) });
  await fromDropToPublished({ page, emulator });
  expect(emulator.tables.all("vods")).toHaveLength(1);
});
