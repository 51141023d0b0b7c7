/** Who has a key press before the editor's actions do. */
import { expect, test } from "vitest";
import { findGuard, type KeyPress } from "../../../../renderer/editor/keys/key-guards.ts";

const onList: KeyPress = {
  keys: "KeyA",
  isComposing: false,
  isModalOpen: false,
  isInOtherField: false,
  isOnControl: false,
  isTypingAsked: false,
  isExpanded: false,
};

function guardOf(press: Partial<KeyPress>, isUndoing = false) {
  const done: string[] = [];
  const hold = (): boolean => {
    done.push("asked to hold");
    return isUndoing;
  };
  const guard = findGuard(
    { ...onList, ...press },
    {
      hold,
      answerTyping: (isTyping) => done.push(isTyping ? "meant to type" : "meant commands"),
      focusCaptions: () => done.push("captions focused"),
    },
  );
  return { name: guard?.name, done };
}

const inField = { isInOtherField: true, isOnControl: true };

test.each<[string, Partial<KeyPress>, string | undefined]>([
  ["a letter on the list", {}, undefined],
  ["a letter of an input method", { isComposing: true }, "input method"],
  ["a letter under a dialog", { isModalOpen: true }, "dialog"],
  ["a letter in another field", inField, "letters of a field"],
  ["a chord of the editor in another field", { ...inField, keys: "Mod+KeyF" }, undefined],
  ["a function key in another field", { ...inField, keys: "F8" }, undefined],
  ["undo in another field", { ...inField, keys: "Mod+KeyZ" }, "field's own chords"],
  ["redo in another field", { ...inField, keys: "Mod+Shift+KeyZ" }, "field's own chords"],
  ["sending another field", { ...inField, keys: "Mod+Enter" }, "field's own chords"],
  ["Escape in another field", { ...inField, keys: "Escape" }, "back to the captions"],
  ["Escape on a button", { isOnControl: true, keys: "Escape" }, "back to the captions"],
  ["Escape on the list", { keys: "Escape" }, undefined],
  ["Escape in a field whose list is open", { ...inField, isExpanded: true, keys: "Escape" }, "letters of a field"],
  ["space on a button", { isOnControl: true, keys: "Space" }, "control's own keys"],
  ["a letter on a button", { isOnControl: true }, undefined],
])("%s", (_, press, name) => {
  expect(guardOf(press).name).toBe(name);
});

test("presses wait for an undo, except under a dialog, in another field, and those of an input method", () => {
  expect(guardOf({}, true).name).toBe("undo in flight");
  expect(guardOf({ isOnControl: true, keys: "Space" }, true).name).toBe("undo in flight");
  for (const press of [{ isModalOpen: true }, { isComposing: true }, inField]) {
    const { name, done } = guardOf(press, true);
    expect([name, done]).toEqual([expect.not.stringContaining("undo"), []]);
  }
});

test.each<[string, Partial<KeyPress>, string | undefined, readonly string[]]>([
  ["a letter", {}, "did you mean to type", []],
  ["a blank", { keys: "Space" }, "did you mean to type", []],
  ["Enter", { keys: "Enter" }, "did you mean to type", ["meant to type"]],
  ["Escape", { keys: "Escape" }, "did you mean to type", ["meant commands"]],
  ["Enter on a button", { keys: "Enter", isOnControl: true }, "control's own keys", []],
  ["a chord", { keys: "Mod+KeyZ" }, undefined, []],
  ["a letter in another field", inField, "letters of a field", []],
  ["a letter under a dialog", { isModalOpen: true }, "dialog", []],
])("while it is asked whether typing was meant: %s", (_, press, name, done) => {
  const found = guardOf({ ...press, isTypingAsked: true });
  expect([found.name, found.done.filter((each) => each.startsWith("meant"))]).toEqual([name, done]);
});

test("only Escape gives the keyboard back to the captions", () => {
  expect(guardOf({ ...inField, keys: "Escape" }).done).toContain("captions focused");
  expect(guardOf({ ...inField, keys: "Enter" }).done).not.toContain("captions focused");
});
