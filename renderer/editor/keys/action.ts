/** What an action of the editor is, and what it works with. */
import type { EditorSession } from "../session/session.ts";
import type { SidePanelTab } from "../session/state.ts";

export type ActionGroup = "playback" | "captions" | "review" | "text" | "timing" | "marks" | "find" | "window";

export interface EditorAction {
  readonly id: string;
  readonly group: ActionGroup;
  readonly title: string;
  /** Keys in review mode, where single letters are commands; several are alternatives. */
  readonly review?: readonly string[];
  /** Keys while somebody types. */
  readonly type?: readonly string[];
  readonly run: (editor: EditorContext) => unknown;
}

/** What actions work with besides the session. */
export interface EditorContext {
  readonly session: EditorSession;
  /** The caret in the active caption's text; undefined: nobody types. */
  readonly caret: () => number | undefined;
  readonly show: (
    what: "sheet" | "palette" | "speakers" | "labels" | "glossary" | "note" | "chapter" | "tick" | "approve",
  ) => void;
  /** Makes what is here a version, and its files. */
  readonly keep: () => Promise<void>;
  /** Keeps what is here, and goes to where it is published. */
  readonly publish: () => Promise<void>;
  /** @param options put the caret into its field, or go to the next thing that it found */
  readonly openSidePanel: (tab: SidePanelTab, options?: "focus" | "next") => void;
  readonly zoom: (factor: number) => void;
  readonly togglePreview: () => void;
}
