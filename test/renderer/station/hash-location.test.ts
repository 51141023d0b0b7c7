/** What belongs to a screen stands behind its path, so that it is gone with it. */
import { expect, test } from "vitest";
import { splitHash } from "../../../renderer/station/hash-location.ts";

test.each([
  ["", "/", ""],
  ["#/", "/", ""],
  ["#/meeting/7?tab=publish", "/meeting/7", "tab=publish"],
  ["/library?status=failed&published=no", "/library", "status=failed&published=no"],
  ["library", "/library", ""],
  ["#/help/a?b=c?d", "/help/a", "b=c?d"],
])("%s", (hash, path, search) => {
  expect(splitHash(hash)).toEqual({ path, search });
});
