/** What an action is: something that a person can do, with its name, its keys, and whether it is possible just now. */
import type { Icon } from "@tabler/icons-react";
import type { Role } from "../../electron/contract/api/base.ts";

/** Where keys hold: everywhere in the program; in the editor while captions are reviewed; in it while text is typed. */
export type KeyMode = "app" | "review" | "type";

/** By mode, as `KeyboardEvent.code` with `Mod`, `Alt` and `Shift` before it, in this order; several are alternatives. */
export type Keys = Readonly<Partial<Record<KeyMode, readonly string[]>>>;

/** `go`, `work`, `view` and `help` are the native menus; the others are groups of the editor's list of keys. */
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

/** An action as it is declared. @template Context what it works with */
export interface ActionDefinition<Context> {
  /** Sent to the native menu, and written to a person's own keymap: a new name belongs into `formerIds` (keymap.ts). */
  readonly id: string;
  readonly group: ActionGroup;
  readonly title: string;
  /** Shorter, for a button on the screen that it belongs to. */
  readonly label?: string;
  readonly icon?: Icon;
  readonly keys?: Keys;
  /** The least role that may do it; without one, everybody may. Those who may not do not see it. */
  readonly role?: Role;
  /** Whether it is possible just now; without one, it always is. Buttons, palettes, menus and keys ask it. */
  readonly when?: (context: Context) => boolean;
  readonly run: (context: Context) => unknown;
}
