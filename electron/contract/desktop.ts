/**
 * What pages can ask of the desktop program around them. The preload offers it as `window.archivist`; in a browser
 * there is none, and pages do without.
 */
/** Scheme and name under which the pages are loaded. */
export const pagesOrigin = "app://archivist";
/** What comes before the path of a recording that is played. */
export const mediaOrigin = "media://station";
/** Kind of the window message that carries a port to the station. */
export const portMessage = "archivist-port";

/** An action of the pages' registry, as native menus show it. */
export interface MenuAction {
  readonly id: string;
  readonly title: string;
  readonly menu: "go" | "work" | "view" | "help";
  /** As `event.code` with held keys before it: `Alt+Digit1`. */
  readonly keys?: string | undefined;
}

/** What a person has to know of the station; pages show it as one line. */
export type StationNotice =
  | { readonly kind: "starting" | "ready" }
  | { readonly kind: "away" }
  /** Captions can be looked at and files written elsewhere; nothing is changed. */
  | { readonly kind: "safe" }
  | { readonly kind: "failed"; readonly message: string; readonly remedy: string };

/** How it stands with a newer version of the program. */
export type UpdateNotice =
  /** off: this program was built without a place that updates come from; none: it is the newest one. */
  | { readonly kind: "off" | "none" }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "fetching" | "installing"; readonly version: string }
  /** It can be installed. @property problem why that went wrong the last time */
  | { readonly kind: "ready"; readonly version: string; readonly problem?: string }
  /** Somebody has said so, and something is in the way. */
  | { readonly kind: "waiting"; readonly version: string; readonly reason: string };

export interface About {
  readonly version: string;
  readonly electron: string;
  readonly chromium: string;
  readonly node: string;
  readonly dataFolder: string;
  /** The system keeps secrets for this user; false: they are kept by a key file. */
  readonly hasKeyring: boolean;
  readonly update: UpdateNotice;
  /** Version whose installer is still there, for whoever wants to go back; null: none is. */
  readonly previous: string | null;
}

/** @typeParam F what a page calls a file: the contract knows no pages */
export interface Desktop<F = unknown> {
  /** Opens a channel to the station; the port comes as a message of the window. False: the station is away. */
  connect(): Promise<boolean>;
  /** Where a dropped file lies; empty for one that lies nowhere. */
  getFilePath(file: F): string;
  /** The system's own dialog; empty: nothing was chosen. */
  chooseFiles(): Promise<readonly string[]>;
  /** What the native menus offer; asked for again whenever somebody else signs in. */
  setMenu(actions: readonly MenuAction[]): Promise<void>;
  about(): Promise<About>;
  /** Tries to open a station that could not be opened, or leaves safe mode. */
  reopen(): Promise<void>;
  /** Looks for a newer version, and fetches it. @returns how that stands */
  checkForUpdate(): Promise<UpdateNotice>;
  /** Installs it, as soon as nothing is in the way. */
  installUpdate(): Promise<void>;
  /** Takes that back. */
  postponeUpdate(): Promise<void>;
  /** Shows the installer of the version before in the file manager. */
  showPrevious(): Promise<void>;
  /** @returns what ends the listening, as of all of these */
  onAction(listener: (id: string) => void): () => void;
  /** Files that were opened with Archivist. */
  onFiles(listener: (paths: readonly string[]) => void): () => void;
  onStation(listener: (notice: StationNotice) => void): () => void;
  onUpdate(listener: (notice: UpdateNotice) => void): () => void;
}
