/** Whatever is published equals an approved version, or the version that the publication names, in whichever order things happen. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { happenings, knownInterleavings, walkInterleaving } from "../support/publishing/interleavings.ts";

test.each(knownInterleavings.map((happening) => [happening.map(({ kind }) => kind).join(", "), happening] as const))(
  "%s",
  async (_name, happening) => {
    expect(await walkInterleaving(happening)).toBeGreaterThan(0);
  },
);

/** `SOAK_INTERLEAVINGS` says how many, for a long run. */
const numRuns = Number(process.env.SOAK_INTERLEAVINGS ?? 3);

test("random interleavings of edits, approvals, imports, publications, ends and rules", async () => {
  await fc.assert(
    fc.asyncProperty(happenings, async (happening) => void (await walkInterleaving(happening))),
    { numRuns, endOnFailure: true },
  );
});
