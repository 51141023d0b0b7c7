import { describe, expect, test } from "vitest";
import { ArchivistError, type ErrorCode, errorKinds, toArchivistError } from "../../electron/contract/errors.ts";

describe("the closed list of errors", () => {
  test.each(Object.keys(errorKinds) as ErrorCode[])("%s has a cause, and a remedy in a whole sentence", (code) => {
    const { cause, remedy } = errorKinds[code];
    expect(cause).toMatch(/^[a-zA-Z].*[^.!]$/);
    expect(remedy).toMatch(/^[A-Z].*\.$/);
  });

  test("an error says what it is about, why, and what to do", () => {
    const error = new ArchivistError("media.no-audio").about("council.mp4");
    expect(error.message).toBe("council.mp4: the recording has no sound: there is no audio stream in it");
    expect(error.remedy).toBe("Use the version of the recording that has sound.");
    expect(error.retryable).toBe(false);
    expect(error.recovery).toBe("format");
  });

  test("what is not on the list becomes internal and keeps its words", () => {
    const error = toArchivistError(new TypeError("x is not a function"));
    expect(error.code).toBe("internal");
    expect(error.message).toContain("x is not a function");
    expect(error.cause).toBeInstanceOf(TypeError);
    expect(toArchivistError(error)).toBe(error);
    expect(toArchivistError("plain words").message).toContain("plain words");
  });
});
