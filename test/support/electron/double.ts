/**
 * A test double of the `electron` module, limited to what the shell uses. Its plain functions are checked against
 * Electron's own types; events are emitters, as in Electron.
 */
import { EventEmitter } from "node:events";
import { type RequestOptions, request } from "node:http";
import type Electron from "electron";
import { MessageChannelDouble } from "./ports.ts";
import { UtilityProcessDouble } from "./utility-process.ts";
import { BrowserWindowDouble, type FrameDouble, preventable, type WebContentsDouble } from "./window.ts";

/** Functions of Electron's types by name; their arguments and results may be doubles. */
type Like<T, K extends keyof T> = {
  readonly [P in K]: T[P] extends (...input: infer I) => infer O ? (...input: I) => O : T[P];
};

type Handler = (
  event: { readonly sender: WebContentsDouble; readonly senderFrame: FrameDouble | null },
  data: unknown,
) => Promise<unknown>;

export interface DoubleOptions {
  /** Another instance is already running. */
  readonly isSecondInstance?: boolean;
  readonly keyring?: "gnome_libsecret" | "basic_text";
  readonly hasTray?: boolean;
  /** Loading of the program's main file: Electron becomes ready only after it. */
  readonly loading?: Promise<void>;
  readonly displays?: readonly Electron.Rectangle[];
}

export function makeElectron(options: DoubleOptions = {}) {
  const happened = {
    order: [] as string[],
    windows: [] as BrowserWindowDouble[],
    utilities: [] as UtilityProcessDouble[],
    schemes: [] as Electron.CustomScheme[],
    protocols: new Map<string, (request: Request) => Promise<Response>>(),
    handlers: new Map<string, Handler>(),
    opened: [] as string[],
    revealed: [] as string[],
    notifications: [] as NotificationDouble[],
    blockers: new Set<number>(),
    menu: [] as Electron.MenuItemConstructorOptions[],
    trays: [] as TrayDouble[],
    errors: [] as string[],
    questions: [] as Electron.MessageBoxOptions[],
    /** A person's answers to the next questions, as button indexes. */
    answers: [] as number[],
    files: { canceled: true, filePaths: [] as string[] } as Electron.OpenDialogReturnValue,
    askedForFiles: [] as Electron.OpenDialogOptions[],
    permissions: {} as {
      request?: Parameters<Electron.Session["setPermissionRequestHandler"]>[0];
      check?: Parameters<Electron.Session["setPermissionCheckHandler"]>[0];
      device?: Parameters<Electron.Session["setDevicePermissionHandler"]>[0];
      display?: Parameters<Electron.Session["setDisplayMediaRequestHandler"]>[0];
    },
    paths: new Map<string, string>(),
    hasQuit: false,
    /** Exit code of a program that has ended without a request to quit. */
    exitCode: undefined as number | undefined,
    /** Called for each window that is opened, before it loads anything. */
    onWindow: (_window: BrowserWindowDouble): void => undefined,
  };
  const note = (what: string): void => void happened.order.push(what);

  class NotificationDouble extends EventEmitter {
    readonly options: Electron.NotificationConstructorOptions;
    constructor(options: Electron.NotificationConstructorOptions) {
      super();
      this.options = options;
    }
    static isSupported(): boolean {
      return true;
    }
    show(): void {
      happened.notifications.push(this);
    }
  }
  class TrayDouble extends EventEmitter {
    tip = "";
    menu: Electron.MenuItemConstructorOptions[] = [];
    isDestroyed = false;
    constructor() {
      super();
      if (options.hasTray === false) throw new Error("there is no tray");
      happened.trays.push(this);
    }
    setToolTip(tip: string): void {
      this.tip = tip;
    }
    setContextMenu(menu: { readonly template: Electron.MenuItemConstructorOptions[] }): void {
      this.menu = menu.template;
    }
    destroy(): void {
      this.isDestroyed = true;
    }
  }
  class WindowDouble extends BrowserWindowDouble {
    constructor(options: Electron.BrowserWindowConstructorOptions) {
      super(options);
      happened.windows.push(this);
      note("window");
      happened.onWindow(this);
      app.emit("web-contents-created", {}, this.webContents);
    }
  }

  const appFunctions: Like<
    Electron.App,
    | "enableSandbox"
    | "requestSingleInstanceLock"
    | "whenReady"
    | "quit"
    | "exit"
    | "relaunch"
    | "getName"
    | "getVersion"
    | "setPath"
    | "getPath"
  > = {
    enableSandbox: () => note("sandbox"),
    requestSingleInstanceLock: () => options.isSecondInstance !== true,
    whenReady: async () => {
      await options.loading;
      note("ready");
    },
    quit: () => {
      const event = preventable();
      app.emit("before-quit", event);
      if (event.isPrevented) return;
      for (const window of happened.windows.filter((each) => !each.isDestroyed())) {
        if (!window.closeByPerson()) return;
      }
      happened.hasQuit = true;
      app.emit("will-quit", event);
    },
    exit: (code) => {
      happened.exitCode = code;
      happened.hasQuit = true;
    },
    relaunch: () => note("relaunch"),
    getName: () => "Archivist",
    getVersion: () => "1.2.3",
    setPath: (name, path) => void happened.paths.set(name, path),
    getPath: (name) => happened.paths.get(name) ?? `/home/anna/${name}`,
  };
  const app = Object.assign(new EventEmitter(), appFunctions, { isPackaged: true });

  /** @param input the parent window, if given, and the options of the message box */
  const ask = (input: readonly unknown[]): number => {
    const options = input.at(-1) as Electron.MessageBoxOptions;
    if (input.length > 1 && (input[0] as BrowserWindowDouble).isDestroyed())
      throw new TypeError("Object has been destroyed");
    happened.questions.push(options);
    return happened.answers.shift() ?? options.cancelId ?? 0;
  };
  const dialog = {
    showErrorBox: (title: string, content: string) => void happened.errors.push(`${title}: ${content}`),
    showMessageBox: async (...input: readonly unknown[]) => ({
      response: ask(input),
      checkboxChecked: false,
    }),
    showMessageBoxSync: (...input: readonly unknown[]) => ask(input),
    showOpenDialog: async (...input: readonly unknown[]) => {
      happened.askedForFiles.push(input.at(-1) as Electron.OpenDialogOptions);
      return happened.files;
    },
  };
  const protocol: Like<Electron.Protocol, "registerSchemesAsPrivileged"> & { readonly handle: unknown } = {
    registerSchemesAsPrivileged: (schemes) => {
      note("schemes");
      happened.schemes.push(...schemes);
    },
    handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
      void happened.protocols.set(scheme, handler),
  };
  const key = 0x5a;
  const turned = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ key));
  const safeStorage: Like<
    Electron.SafeStorage,
    "isAsyncEncryptionAvailable" | "getSelectedStorageBackend" | "encryptStringAsync" | "decryptStringAsync"
  > = {
    isAsyncEncryptionAvailable: async () => true,
    getSelectedStorageBackend: () => options.keyring ?? "gnome_libsecret",
    encryptStringAsync: async (text) => turned(Buffer.from(text)),
    decryptStringAsync: async (bytes) => ({ result: turned(bytes).toString(), shouldReEncrypt: false }),
  };
  const shell: Like<Electron.Shell, "openExternal" | "showItemInFolder"> = {
    openExternal: async (url) => void happened.opened.push(url),
    showItemInFolder: (path) => void happened.revealed.push(path),
  };
  let nextBlocker = 1;
  const powerSaveBlocker: Like<Electron.PowerSaveBlocker, "start" | "stop"> = {
    start: () => {
      happened.blockers.add(nextBlocker);
      return nextBlocker++;
    },
    stop: (id) => happened.blockers.delete(id),
  };
  const defaultSession: Like<
    Electron.Session,
    | "setPermissionRequestHandler"
    | "setPermissionCheckHandler"
    | "setDevicePermissionHandler"
    | "setDisplayMediaRequestHandler"
  > = {
    setPermissionRequestHandler: (handler) => {
      happened.permissions.request = handler;
    },
    setPermissionCheckHandler: (handler) => {
      happened.permissions.check = handler;
    },
    setDevicePermissionHandler: (handler) => {
      happened.permissions.device = handler;
    },
    setDisplayMediaRequestHandler: (handler) => {
      happened.permissions.display = handler;
    },
  };
  return {
    happened,
    module: {
      app,
      autoUpdater: new EventEmitter(),
      BrowserWindow: WindowDouble,
      dialog,
      ipcMain: { handle: (channel: string, handler: Handler) => void happened.handlers.set(channel, handler) },
      Menu: {
        buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => ({ template }),
        setApplicationMenu: ({ template }: { readonly template: Electron.MenuItemConstructorOptions[] }) => {
          happened.menu = template;
        },
      },
      MessageChannelMain: MessageChannelDouble,
      // Of the options, electron-updater passes those that Node's own requests support as well.
      net: {
        request: ({ session: _, ...options }: RequestOptions & { readonly session?: unknown }) => request(options),
      },
      nativeImage: {
        createFromPath: (path: string) => ({ path, resize: (size: { readonly width: number }) => ({ path, ...size }) }),
      },
      Notification: NotificationDouble,
      powerMonitor: new EventEmitter(),
      powerSaveBlocker,
      protocol,
      safeStorage,
      screen: {
        getAllDisplays: () =>
          (options.displays ?? [{ x: 0, y: 0, width: 1920, height: 1080 }]).map((workArea) => ({ workArea })),
      },
      session: { defaultSession, fromPartition: (name: string) => ({ name }) },
      shell,
      Tray: TrayDouble,
      utilityProcess: {
        fork: (path: string, args: readonly string[], options: Electron.ForkOptions) => {
          const child = new UtilityProcessDouble(path, args, options);
          happened.utilities.push(child);
          return child;
        },
      },
    },
  };
}

export type ElectronDouble = ReturnType<typeof makeElectron>;

/** Invokes a channel as a page does. */
export const invoke = (
  { happened }: ElectronDouble,
  channel: string,
  data: unknown,
  from: Partial<{ readonly sender: WebContentsDouble; readonly senderFrame: FrameDouble | null }> = {},
): Promise<unknown> => {
  const contents = happened.windows.at(-1)?.webContents;
  const handler = happened.handlers.get(channel);
  if (contents === undefined || handler === undefined) throw new Error(`nobody listens to ${channel}`);
  return handler({ sender: contents, senderFrame: contents.mainFrame, ...from }, data);
};
