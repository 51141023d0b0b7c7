/** The type of a user action: id, title, keys, required role, availability and handler. */
import type { Icon } from "@tabler/icons-react";
import type { Role } from "../../electron/contract/api/base.ts";

/**
 * Where a key binding applies: the whole program, the editor in review mode, or the editor while text is being typed.
 */
export type KeyMode = "app" | "review" | "type";

/**
 * Key bindings by mode: `KeyboardEvent.code` prefixed by `Mod`, `Alt` and `Shift` in this order. Several entries are
 * alternatives.
 */
export type Keys = Readonly<Partial<Record<KeyMode, readonly string[]>>>;

/** `go`, `work`, `view` and `help` are the native menus; the others are groups of the editor's shortcut list. */
export type ActionGroup =
  | "go"
  | "work"
  | "view"
  | "help"
  | "playback"
  | "captions"
  | "review"
  | "text"
  | "timing"
  | "marks"
  | "find"
  | "window";

/** Declaration of an action. @template Context what `when` and `run` receive */
export interface ActionDefinition<Context> {
  /**
   * Sent to the native menu and saved in personal keymaps: when renaming it, add the old id to `formerIds` (keymap.ts).
   */
  readonly id: string;
  readonly group: ActionGroup;
  readonly title: string;
  /** Shorter title for a button on the screen that the action belongs to. */
  readonly label?: string;
  readonly icon?: Icon;
  readonly keys?: Keys;
  /** The minimum role; if absent, every role may run it. Hidden from people whose role is too low. */
  readonly role?: Role;
  /** Whether the action is currently possible; if absent, always. Checked by buttons, palettes, menus and keys. */
  readonly when?: (context: Context) => boolean;
  readonly run: (context: Context) => unknown;
}
