/**
 * Guards that can claim a key press before the editor's actions see it. They are checked in order, and the first one
 * that holds the press ends the search; each comment below explains its position.
 */

/** A key press and where it happened. */
export interface KeyPress {
  /** Formatted by `toKeys`. */
  readonly keys: string;
  /** An input method is composing a letter. */
  readonly isComposing: boolean;
  /** A dialog is open above the editor. */
  readonly isModalOpen: boolean;
  /** In a text field other than that of the active caption. */
  readonly isInOtherField: boolean;
  /** On a button, tab, checkbox or another control. */
  readonly isOnControl: boolean;
  /** The person is being asked whether they meant to type. */
  readonly isTypingAsked: boolean;
  /** On a control that has opened a list. */
  readonly isExpanded: boolean;
}

/** What guards can do with a key press. */
export interface GuardEffects {
  /** @returns Whether the press is held until the undo or redo in flight is done */
  readonly hold: () => boolean;
  /** Answers whether the person meant to type. */
  readonly answerTyping: (isTyping: boolean) => void;
  /** Returns the keyboard focus to the captions. */
  readonly focusCaptions: () => void;
}

export interface KeyGuard {
  readonly name: string;
  /** @returns Whether the press is kept from the editor's actions */
  readonly holds: (press: KeyPress, effects: GuardEffects) => boolean;
}

/** Keys that a button, tab or checkbox needs while it has the focus. */
const controlKeys = new Set(["Space", "Enter", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"]);

export const keyGuards: readonly KeyGuard[] = [
  // Key presses of an input method compose a letter: none of them is a command.
  { name: "input method", holds: ({ isComposing }) => isComposing },
  // A dialog takes precedence over everything below it, and over keys that wait for an undo.
  { name: "dialog", holds: ({ isModalOpen }) => isModalOpen },
  {
    name: "did you mean to type",
    // The rest of the sentence is still arriving: only Enter and Escape are answers.
    holds: ({ keys, isTypingAsked, isInOtherField, isOnControl }, { answerTyping }) => {
      if (!isTypingAsked || isInOtherField || keys.startsWith("Mod")) return false;
      if (isOnControl && controlKeys.has(keys)) return false;
      if (keys === "Enter" || keys === "Escape") answerTyping(keys === "Enter");
      return true;
    },
  },
  // Before the focus rules, because the target of the press is known only after the undo.
  { name: "undo in flight", holds: ({ isInOtherField }, { hold }) => !isInOtherField && hold() },
  {
    name: "back to the captions",
    holds: ({ keys, isInOtherField, isOnControl, isExpanded }, { focusCaptions }) => {
      // `Escape` first closes an open list.
      if (keys !== "Escape" || isExpanded || !(isInOtherField || isOnControl)) return false;
      focusCaptions();
      return true;
    },
  },
  {
    name: "field's own chords",
    // A field has its own undo, and submits itself.
    holds: ({ keys, isInOtherField }) => isInOtherField && /^Mod(\+Shift)?\+(Key[ZY]|Enter)$/.test(keys),
  },
  {
    name: "letters of a field",
    // The editor's chords and function keys work in other fields as well.
    holds: ({ keys, isInOtherField }) => isInOtherField && !/^(Mod|F\d)/.test(keys),
  },
  { name: "control's own keys", holds: ({ keys, isOnControl }) => isOnControl && controlKeys.has(keys) },
];

/** Finds the guard that holds a press; undefined if the editor's actions may handle it. */
export const findGuard = (press: KeyPress, effects: GuardEffects): KeyGuard | undefined =>
  keyGuards.find(({ holds }) => holds(press, effects));
