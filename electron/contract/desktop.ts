/**
 * The interface between pages and the desktop program. The preload exposes it as `window.archivist`; in a browser it is
 * absent, and pages do without it.
 */
import type { z } from "zod";

/** Origin under which the pages are loaded. */
export const pagesOrigin = "app://archivist";
/** Prefix of the URL of a recording that is played. */
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
  /** An `event.code` after its modifiers: `Alt+Digit1`. */
  readonly keys?: string | undefined;
}

/** The state of the station; pages show it as one line. */
export type StationNotice =
  | { readonly kind: "starting" | "ready" }
  | { readonly kind: "away" }
  /** Safe mode: captions can be viewed and files exported elsewhere; nothing is changed. */
  | { readonly kind: "safe" }
  | { readonly kind: "failed"; readonly message: string; readonly remedy: string };

/** The state of updates. */
export type UpdateNotice =
  /** off: this program was built without an update source; none: it is the newest version. */
  | { readonly kind: "off" | "none" }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "fetching" | "installing"; readonly version: string }
  /** It can be installed. @property problem why the last attempt to install it failed */
  | { readonly kind: "ready"; readonly version: string; readonly problem?: string }
  /** Installation was requested, and something blocks it. */
  | { readonly kind: "waiting"; readonly version: string; readonly reason: string };

export interface About {
  readonly version: string;
  readonly electron: string;
  readonly chromium: string;
  readonly node: string;
  readonly dataFolder: string;
  /** True: the operating system's keyring keeps secrets for this user; false: a key file protects them. */
  readonly hasKeyring: boolean;
  readonly update: UpdateNotice;
  /** Previous version whose installer is still available for a downgrade; null: there is none. */
  readonly previous: string | null;
}

/** Carries the type of a value that is not validated at run time, because it comes from our own main process. */
interface Type<T> {
  readonly type?: T;
}
const type = <T>(): Type<T> => ({});

/** zod is passed in by the main process: the preload also reads this table and must not bundle it. */
type Zod = typeof z;

/**
 * The calls of pages to the main process, one row each: channel, input schema (if any) and answer. The preload's
 * functions, the handlers of `shell/ipc-handlers.ts` and the pages' type `Desktop` derive from it.
 */
export const desktopCalls = {
  /** Opens a channel to the station; the port arrives as a window message. False: the station is not available. */
  connect: { channel: "archivist:connect", answer: type<boolean>() },
  /** Opens the operating system's file dialog; empty: nothing was chosen. */
  chooseFiles: { channel: "archivist:choose-files", answer: type<readonly string[]>() },
  /** The actions in the native menus; sent again whenever another user signs in. */
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
  /** Checks for a newer version and downloads it. Answers with the state. */
  checkForUpdate: { channel: "archivist:check-for-update", answer: type<UpdateNotice>() },
  /** Installs the update as soon as nothing blocks it. */
  installUpdate: { channel: "archivist:install-update", answer: type<void>() },
  /** Cancels the requested installation. */
  postponeUpdate: { channel: "archivist:postpone-update", answer: type<void>() },
  /** Shows the previous version's installer in the file manager. */
  showPrevious: { channel: "archivist:show-previous", answer: type<void>() },
} as const;

/** Messages that the main process pushes to pages, one row each: channel and value. */
export const desktopPushes = {
  /** An action of the pages' registry, by id. */
  onAction: { channel: "archivist:action", value: type<string>() },
  /** Files that were opened with Archivist. */
  onFiles: { channel: "archivist:files", value: type<readonly string[]>() },
  onStation: { channel: "archivist:station", value: type<StationNotice>() },
  onUpdate: { channel: "archivist:update", value: type<UpdateNotice>() },
} as const;

/** Carries the port to the station. The preload cannot pass ports to the page as values: see `portMessage`. */
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

/** @typeParam F the page's file type, which the contract does not depend on */
export interface Desktop<F = unknown> extends DesktopCalls, DesktopListeners {
  /** Path of a dropped file; empty for one that is not on disk. */
  getFilePath(file: F): string;
}
