/** What is said of a transcription that failed: its cause once, and its remedy once. */
import { expect, test } from "vitest";
import { errorKinds } from "../../electron/contract/errors.ts";
import { findFailure } from "../../electron/transcription/failure.ts";

const { cause, remedy } = errorKinds["media.truncated"];
const find = (errorMessage: string | null, errorCode: string | null = "media.truncated") =>
  findFailure({ status: "failed", errorCode, errorMessage });

test.each<[string, string | null, { readonly message: string; readonly remedy: string }]>([
  [
    "cause and remedy of its own",
    "a.mp4: it ends early\nCopy it again.",
    { message: "a.mp4: it ends early", remedy: "Copy it again." },
  ],
  ["as earlier releases wrote it", `a.mp4: ${cause}. ${remedy}`, { message: `a.mp4: ${cause}`, remedy }],
  ["a cause alone", "it ends early", { message: "it ends early", remedy }],
  ["nothing but its code", null, { message: cause, remedy }],
])("%s", (_, stored, expected) => {
  const failure = find(stored);
  expect(failure).toMatchObject(expected);
  expect(failure?.message).not.toContain(failure?.remedy);
});

test("there is none where nothing failed", () => {
  expect(findFailure({ status: "completed", errorCode: null, errorMessage: null })).toBeUndefined();
  expect(find("x", null)).toBeUndefined();
});
