/** The state of the editor that components show. Each component subscribes to the smallest part of it that it needs. */
import type { CaptionDocument } from "../../../electron/captions/editing/document.ts";
import type { HouseStyle } from "../../../electron/captions/house-style/style.ts";
import type { CaptionProfile } from "../../../electron/captions/quality/caption-profile.ts";
import type { Issue } from "../../../electron/captions/quality/issue.ts";
import type { DecodedCaption } from "../../../electron/captions/scc/decode.ts";
import type { TimeSpan } from "../../../electron/captions/time/span.ts";
import { type IssueFilter, noFilter } from "./issue-filter.ts";
import { listSpeakers } from "./speakers.ts";

/** A person who has the meeting open. */
export interface Visitor {
  readonly name: string;
  readonly isYou: boolean;
}

/** A window of somebody else, and the caption that is active in it; null: none yet. */
export interface PresentVisitor {
  readonly name: string;
  readonly cue: number | null;
}

export type SaveState =
  /** Everything is on the station's disk. */
  | "kept"
  | "sending"
  /** The connection is broken: unsent edits are sent when it is restored. */
  | "waiting";

export type SidePanelTab =
  | "issues"
  | "find"
  | "glossary"
  | "style"
  | "history"
  | "speakers"
  | "marks"
  | "comments"
  | "compare";

/** One side of a comparison. */
export type Side = "now" | `version ${number}` | `edit ${number}`;

/** Letters were pressed as fast as text is typed, while they are commands. */
export interface TypingQuestion {
  /** Edits of this window before the first of them. */
  readonly editCount: number;
  /** The active caption and its selected word at that time. */
  readonly cue: number | null;
  readonly wordIndex: number | null;
  /** The person has said that they meant to type. */
  readonly isAnswered: boolean;
}

export interface EditorState {
  readonly document: CaptionDocument;
  /** Everybody who is named, in the order in which they first speak. */
  readonly speakers: readonly string[];
  /** Id of the caption that edits apply to; null: none. */
  readonly activeCueId: number | null;
  /** Speech without captions that the person has gone to; null: a caption is active. */
  readonly activeGap: TimeSpan | null;
  /** Ids of the captions that are selected in addition to it. */
  readonly selectedIds: ReadonlySet<number>;
  /** Id of the caption at which the selection began; null: there is none. */
  readonly anchorId: number | null;
  readonly mode: "review" | "type";
  /** null: nothing is asked. */
  readonly typingQuestion: TypingQuestion | null;
  /** Initial position of the caret in type mode, as an offset in the text; null: at the end. */
  readonly caret: number | null;
  /** Index of the selected word in the active caption; null: none. */
  readonly wordIndex: number | null;
  readonly seq: number;
  readonly save: SaveState;
  readonly savedAt: number | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly isWriter: boolean;
  readonly writer: Visitor | null;
  readonly asking: Visitor | null;
  /** Windows of other people that have the meeting open. */
  readonly present: readonly PresentVisitor[];
  /** Another text whenever there are other comments. */
  readonly commentsKey: string;
  /** Number of open threads of each caption, by its id. */
  readonly openComments: ReadonlyMap<number, number>;
  readonly issues: readonly Issue[];
  /** What of them the list shows, and F8 goes to. */
  readonly issueFilter: IssueFilter;
  readonly captions: readonly DecodedCaption[];
  readonly score: number | null;
  readonly workedMs: number;
  readonly sidePanel: SidePanelTab;
  readonly compared: { readonly before: Side; readonly after: Side };
  readonly followsVideo: boolean;
  readonly videoFollows: boolean;
  /** Captions that nothing is said against are accepted as they are heard. */
  readonly acceptsPlayed: boolean;
  /** The active caption is played again and again. */
  readonly loops: boolean;
  /** What is dragged on the timeline is drawn to neighbors, words, silences and frames. */
  readonly snaps: boolean;
  /** The list shows the columns of the caption screen. */
  readonly showsColumns: boolean;
  /** `missing`: there is no dictionary for the language of the meeting. */
  readonly spelling: "loading" | "ready" | "missing";
  /** Incremented when the marks of words have changed. */
  readonly marksVersion: number;
}

/** Facts that do not change while a meeting is open. */
export interface MeetingInfo {
  readonly id: string;
  readonly recordingId: string;
  readonly title: string;
  readonly city: string | null;
  /** Name of the list of names and words that applies here; null: the meeting has no city. */
  readonly glossaryName: string | null;
  readonly durationMs: number;
  readonly precision: { readonly judged: number; readonly corrected: number };
  readonly profile: CaptionProfile;
  /** How the city writes what is spoken; undefined: the language has no style. */
  readonly houseStyle: HouseStyle | undefined;
}

/** The part of the state that the station provides when a meeting is opened. */
export type OpenedState = Pick<EditorState, "seq" | "canUndo" | "canRedo" | "workedMs"> & {
  readonly people: Pick<EditorState, "writer" | "asking">;
};

/** Initial state of an opened meeting. @param activeCueId id of the caption that is active first */
export const initialState = (
  opened: OpenedState,
  document: CaptionDocument,
  activeCueId: number | null,
): EditorState => ({
  document,
  speakers: listSpeakers(document.cues),
  activeCueId,
  activeGap: null,
  selectedIds: new Set(),
  anchorId: null,
  mode: "review",
  typingQuestion: null,
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
  present: [],
  commentsKey: "",
  openComments: new Map(),
  issues: [],
  issueFilter: noFilter,
  captions: [],
  score: null,
  workedMs: opened.workedMs,
  sidePanel: "issues",
  compared: { before: "version 0", after: "now" },
  followsVideo: true,
  videoFollows: true,
  acceptsPlayed: false,
  loops: false,
  snaps: true,
  showsColumns: false,
  spelling: "loading",
  marksVersion: 0,
});

export const indexOfCue = ({ document }: Pick<EditorState, "document">, id: number | null): number =>
  id === null ? -1 : document.cues.findIndex((cue) => cue.id === id);
