/**
 * What pages can ask of the desktop program around them. The preload offers it as `window.archivist`; in a browser
 * there is none, and pages do without.
 */
import type { z } from "zod";

/** Scheme and name under which the pages are loaded. */
export const pagesOrigin = "app://archivist";
/** What comes before the path of a recording that is played. */
export const mediaOrigin = "media://station";
/** Kind of the window message that carries a port to the station. */
export const portMessage = "archivist-port";

/** The native menus that show actions of the pages. */
const menuNames = ["go", "work", "view", "help"] as const;

/** An action of the pages' registry, as native menus show it. */
export interface MenuAction {
  readonly id: string;
  readonly title: string;
  readonly menu: (typeof menuNames)[number];
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

/** The type of something that is not checked when the program runs, because it comes from our own main process. */
interface Type<T> {
  readonly type?: T;
}
const type = <T>(): Type<T> => ({});

/** zod itself is handed in by the main process: the preload, which reads this table too, must not carry it. */
type Zod = typeof z;

/**
 * The calls of pages to the main process, a row each: channel, schema of the input where it takes any, and answer. The
 * preload's functions, the handlers of `shell/ipc-handlers.ts` and the pages' type `Desktop` derive from it.
 */
export const desktopCalls = {
  /** Opens a channel to the station; the port comes as a message of the window. False: the station is away. */
  connect: { channel: "archivist:connect", answer: type<boolean>() },
  /** The system's own dialog; empty: nothing was chosen. */
  chooseFiles: { channel: "archivist:choose-files", answer: type<readonly string[]>() },
  /** What the native menus offer; sent again whenever another person signs in. */
  setMenu: {
    channel: "archivist:set-menu",
    input: (z: Zod): z.ZodType<readonly MenuAction[]> =>
      z
        .array(
          z.object({
            id: z.string().min(1).max(100),
            title: z.string().min(1).max(200),
            menu: z.enum(menuNames),
            keys: z.string().max(60).optional(),
          }),
        )
        .max(200),
    answer: type<void>(),
  },
  about: { channel: "archivist:about", answer: type<About>() },
  /** Tries to open a station that could not be opened, or leaves safe mode. */
  reopen: { channel: "archivist:reopen", answer: type<void>() },
  /** Looks for a newer version, and fetches it. Answers how that stands. */
  checkForUpdate: { channel: "archivist:check-for-update", answer: type<UpdateNotice>() },
  /** Installs it, as soon as nothing is in the way. */
  installUpdate: { channel: "archivist:install-update", answer: type<void>() },
  /** Takes that back. */
  postponeUpdate: { channel: "archivist:postpone-update", answer: type<void>() },
  /** Shows the installer of the version before in the file manager. */
  showPrevious: { channel: "archivist:show-previous", answer: type<void>() },
} as const;

/** What the main process sends to pages unasked, a row each: channel and value. */
export const desktopPushes = {
  /** An action of the pages' registry, by its id. */
  onAction: { channel: "archivist:action", value: type<string>() },
  /** Files that were opened with Archivist. */
  onFiles: { channel: "archivist:files", value: type<readonly string[]>() },
  onStation: { channel: "archivist:station", value: type<StationNotice>() },
  onUpdate: { channel: "archivist:update", value: type<UpdateNotice>() },
} as const;

/** Carries the port to the station. Ports cannot pass from the preload to the page as values: `portMessage`. */
export const portChannel = "archivist:port";

export type DesktopCallName = keyof typeof desktopCalls;
export type DesktopCallInput<N extends DesktopCallName> = (typeof desktopCalls)[N] extends {
  readonly input: (z: Zod) => z.ZodType<infer I>;
}
  ? I
  : undefined;
export type DesktopCallAnswer<N extends DesktopCallName> =
  (typeof desktopCalls)[N]["answer"] extends Type<infer A> ? A : never;

export type DesktopPushName = keyof typeof desktopPushes;
export type DesktopPushValue<N extends DesktopPushName> =
  (typeof desktopPushes)[N]["value"] extends Type<infer V> ? V : never;

export type DesktopCalls = {
  readonly [N in DesktopCallName]: (
    ...input: DesktopCallInput<N> extends undefined ? [] : [input: DesktopCallInput<N>]
  ) => Promise<DesktopCallAnswer<N>>;
};

export type DesktopListeners = {
  /** @returns a function that ends the subscription */
  readonly [N in DesktopPushName]: (listener: (value: DesktopPushValue<N>) => void) => () => void;
};

/** @typeParam F what a page calls a file: the contract knows no pages */
export interface Desktop<F = unknown> extends DesktopCalls, DesktopListeners {
  /** Where a dropped file lies; empty for one that lies nowhere. */
  getFilePath(file: F): string;
}
