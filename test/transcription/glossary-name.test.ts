/** A city whose settings name a glossary that is not called like the city. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { addTerms, listGlossaryTerms, listProposals } from "../../electron/catalog/repositories/glossary.ts";
import { libraryCities, listLibrary } from "../../electron/catalog/repositories/library.ts";
import { meetingAt, testStation } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

test("the library shows the city, recognition uses the glossary's names", async () => {
  const share = join(temporaryFolder(), "flex");
  mkdirSync(share);
  const station = testStation({
    shares: [{ label: "Flex", path: share }],
    cities: [{ name: "Oakdale", shares: ["Flex"], glossary: "East Metro" }],
  });
  const { catalog, runtime } = station;
  // The sample has a council member Anderson and a mayor Johnson.
  addTerms(catalog, "East Metro", [
    { term: "Andersen", kind: "person" },
    { term: "Johnson", kind: "person" },
  ]);
  addTerms(catalog, "Oakdale", [{ term: "Johnson", kind: "person" }]);
  await runtime.start();
  const id = station.add(meetingAt(join(share, "2026-03-02 council.mp4"), 60, 0));
  await expect.poll(() => station.job(id)?.state, { timeout: 120_000 }).toBe("completed");

  expect(station.job(id)).toMatchObject({ city: "Oakdale" });
  const query = { sort: "completed", descending: true, limit: 10, offset: 0 } as const;
  const { rows } = listLibrary(catalog, { ...query, city: "Oakdale" });
  expect(rows).toMatchObject([{ city: "Oakdale" }]);
  expect(libraryCities(catalog)).toEqual(["Oakdale"]);

  const proposed = listProposals(catalog, rows[0]?.id ?? "").map(({ heard, term }) => ({ heard, term }));
  expect(proposed).toContainEqual({ heard: "Anderson", term: "Andersen" });
  const timesHeard = (name: string) =>
    listGlossaryTerms(catalog, name).find(({ term }) => term === "Johnson")?.timesHeard;
  expect(timesHeard("East Metro")).toBe(1);
  expect(timesHeard("Oakdale")).toBe(0);

  // The same recording once more is the same work: the key still holds the glossary's name.
  const again = station.add(meetingAt(join(share, "2026-03-02 council.mp4"), 60, 0), { city: "Oakdale" });
  await expect.poll(() => station.job(again)?.state, { timeout: 120_000 }).toBe("completed");
  expect(JSON.parse(station.job(again)?.result ?? "{}")).toMatchObject({ alreadyDone: true });
});
