/** Two captions that are put right stretch what lies between them. */
import { expect, test } from "vitest";
import { SyncAnchor } from "../../../../renderer/editor/session/sync-anchor.ts";

const indexOf = (cue: number): number => cue;

test("the second point stretches what is between, whichever of the two comes first in the list", () => {
  const stretch = { type: "stretch", first: 3, firstMs: 3_100, last: 8, lastMs: 8_400 };
  const forward = new SyncAnchor();
  expect(forward.set({ cue: 3, ms: 3_100 }, indexOf)).toBeUndefined();
  expect(forward.set({ cue: 8, ms: 8_400 }, indexOf)).toEqual(stretch);
  const backward = new SyncAnchor();
  expect(backward.set({ cue: 8, ms: 8_400 }, indexOf)).toBeUndefined();
  expect(backward.set({ cue: 3, ms: 3_100 }, indexOf)).toEqual(stretch);
});

test("the same caption again moves the first point", () => {
  const anchor = new SyncAnchor();
  anchor.set({ cue: 3, ms: 3_000 }, indexOf);
  expect(anchor.set({ cue: 3, ms: 3_200 }, indexOf)).toBeUndefined();
  expect(anchor.set({ cue: 4, ms: 4_000 }, indexOf)).toMatchObject({ firstMs: 3_200 });
});

test("a pair that is complete begins anew", () => {
  const anchor = new SyncAnchor();
  anchor.set({ cue: 1, ms: 0 }, indexOf);
  anchor.set({ cue: 2, ms: 0 }, indexOf);
  expect(anchor.set({ cue: 3, ms: 0 }, indexOf)).toBeUndefined();
});
