/**
 * Who has a key press before the editor's actions do. The guards are asked in their order, and the first one that holds
 * the press ends it: the order is part of the rule, as each one says.
 */

/** A key press, and where it was made. */
export interface KeyPress {
  /** As `toKeys` names it. */
  readonly keys: string;
  /** An input method is putting a letter together. */
  readonly isComposing: boolean;
  /** A dialog is open above the editor. */
  readonly isModalOpen: boolean;
  /** In a text field that is not the one of the active caption. */
  readonly isInOtherField: boolean;
  /** On a button, a tab, a box or another control. */
  readonly isOnControl: boolean;
  /** On something that has opened a list of its own. */
  readonly isExpanded: boolean;
}

/** What guards can do with a press. */
export interface GuardEffects {
  /** @returns Whether the press is kept until the step that is being taken back has been */
  readonly hold: () => boolean;
  /** Gives the keyboard back to the captions. */
  readonly focusCaptions: () => void;
}

export interface KeyGuard {
  readonly name: string;
  /** @returns Whether the press goes to no action */
  readonly holds: (press: KeyPress, effects: GuardEffects) => boolean;
}

/** Keys that a button, a tab or a box needs for itself while it has the focus. */
const controlKeys = new Set(["Space", "Enter", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"]);

export const keyGuards: readonly KeyGuard[] = [
  // Keys of an input method make a letter together: none of them is a command.
  { name: "input method", holds: ({ isComposing }) => isComposing },
  // A dialog stands before everything that is under it, and before what waits for an undo.
  { name: "dialog", holds: ({ isModalOpen }) => isModalOpen },
  // Before any rule of focus: what the press is about is known only after the undo.
  { name: "undo in flight", holds: ({ isInOtherField }, { hold }) => !isInOtherField && hold() },
  {
    name: "back to the captions",
    holds: ({ keys, isInOtherField, isOnControl, isExpanded }, { focusCaptions }) => {
      // A list that is open is closed by its own field first.
      if (keys !== "Escape" || isExpanded || !(isInOtherField || isOnControl)) return false;
      focusCaptions();
      return true;
    },
  },
  {
    name: "field's own chords",
    // A field takes back its own letters, and sends itself.
    holds: ({ keys, isInOtherField }) => isInOtherField && /^Mod(\+Shift)?\+(Key[ZY]|Enter)$/.test(keys),
  },
  {
    name: "letters of a field",
    // Chords and function keys of the editor hold in other fields as well.
    holds: ({ keys, isInOtherField }) => isInOtherField && !/^(Mod|F\d)/.test(keys),
  },
  { name: "control's own keys", holds: ({ keys, isOnControl }) => isOnControl && controlKeys.has(keys) },
];

/** The guard that holds a press; undefined: it is for the editor's actions. */
export const findGuard = (press: KeyPress, effects: GuardEffects): KeyGuard | undefined =>
  keyGuards.find(({ holds }) => holds(press, effects));
