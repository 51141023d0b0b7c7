/** Edits that were acknowledged, and a host that is killed between them. */
import { expect, test } from "vitest";
import { killEditingAtRandom } from "../support/editing/kill-editing.ts";
import { random } from "../support/random.ts";
import { temporaryFolder } from "../support/temporary.ts";

test("kill -9 between edits, twenty times (five hundred in the soak): every acknowledged edit is there", async () => {
  const tally = await killEditingAtRandom(temporaryFolder(), random(20), 20);
  expect(tally.kills).toBe(20);
  expect(tally.acknowledged).toBeGreaterThanOrEqual(20);
  expect(tally.recovered).toBe(20);
});
