/** The state of the editor that components show. Each takes the smallest part of it that it needs. */
import type { CaptionDocument } from "../../../electron/captions/editing/document.ts";
import type { CaptionProfile } from "../../../electron/captions/quality/caption-profile.ts";
import type { Issue } from "../../../electron/captions/quality/issue.ts";
import type { DecodedCaption } from "../../../electron/captions/scc/decode.ts";

/** A person who has the meeting open. */
export interface Visitor {
  readonly name: string;
  readonly isYou: boolean;
}

export type SaveState =
  /** Everything is on the station's disk. */
  | "kept"
  | "sending"
  /** The connection is broken: it is sent again when it is back. */
  | "waiting";

export type SidePanelTab = "issues" | "find" | "glossary" | "history" | "speakers" | "marks" | "compare";

/** One side of a comparison. */
export type Side = "now" | `version ${number}` | `edit ${number}`;

export interface EditorState {
  readonly document: CaptionDocument;
  /** Id of the caption that edits are about; null: none. */
  readonly activeCueId: number | null;
  /** Ids of captions that are selected besides it. */
  readonly selectedIds: ReadonlySet<number>;
  readonly mode: "review" | "type";
  /** Where the caret begins in type mode: a place in the text; null: at its end. */
  readonly caret: number | null;
  /** Index of the word in the active caption that is selected; null: none. */
  readonly wordIndex: number | null;
  readonly seq: number;
  readonly save: SaveState;
  readonly savedAt: number | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly isWriter: boolean;
  readonly writer: Visitor | null;
  readonly asking: Visitor | null;
  readonly issues: readonly Issue[];
  readonly captions: readonly DecodedCaption[];
  readonly score: number | null;
  readonly workedMs: number;
  readonly sidePanel: SidePanelTab;
  readonly compared: { readonly before: Side; readonly after: Side };
  readonly followsVideo: boolean;
  readonly videoFollows: boolean;
  /** Whether words can be looked up: the language of the meeting may have no dictionary here. */
  readonly spelling: "loading" | "ready" | "missing";
  /** Raised when the marks of words are others than before. */
  readonly marksVersion: number;
}

/** What does not change while a meeting is open. */
export interface MeetingInfo {
  readonly id: string;
  readonly recordingId: string;
  readonly title: string;
  readonly city: string | null;
  /** Name of the list of names, and of words, that holds here; null: the meeting has no city. */
  readonly glossaryName: string | null;
  readonly durationMs: number;
  readonly precision: { readonly judged: number; readonly corrected: number };
  readonly profile: CaptionProfile;
}

/** What is known of a meeting when it is opened. */
export type OpenedState = Pick<EditorState, "seq" | "canUndo" | "canRedo" | "workedMs"> & {
  readonly people: Pick<EditorState, "writer" | "asking">;
};

/** The state of a meeting that has just been opened. @param activeCueId id of the caption to begin with */
export const initialState = (
  opened: OpenedState,
  document: CaptionDocument,
  activeCueId: number | null,
): EditorState => ({
  document,
  activeCueId,
  selectedIds: new Set(),
  mode: "review",
  caret: null,
  wordIndex: null,
  seq: opened.seq,
  save: "kept",
  savedAt: null,
  canUndo: opened.canUndo,
  canRedo: opened.canRedo,
  isWriter: false,
  writer: opened.people.writer,
  asking: opened.people.asking,
  issues: [],
  captions: [],
  score: null,
  workedMs: opened.workedMs,
  sidePanel: "issues",
  compared: { before: "version 0", after: "now" },
  followsVideo: true,
  videoFollows: true,
  spelling: "loading",
  marksVersion: 0,
});

export const indexOfCue = ({ document }: Pick<EditorState, "document">, id: number | null): number =>
  id === null ? -1 : document.cues.findIndex((cue) => cue.id === id);
