/** The desktop program: window, station and signs of work, put together. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { app, type BrowserWindow, nativeImage, powerMonitor, protocol, session, shell } from "electron";
import { describeDataFolder } from "../config/data-folder.ts";
import { openLog } from "../config/logger.ts";
import { type MenuAction, pagesOrigin, type StationNotice } from "../contract/desktop.ts";
import { secretKeyVariable } from "../contract/settings.ts";
import { appScheme } from "./app-scheme.ts";
import { AuthToken } from "./auth-token.ts";
import { channels } from "./channels.ts";
import { chooseFiles, chosenFolderSchema } from "./choose-files.ts";
import { openExternalLink } from "./external-links.ts";
import { builtPaths, makeRunFolder, type ShellFolders } from "./folders.ts";
import { handleDesktopCalls } from "./ipc-handlers.ts";
import { Keyring } from "./keyring.ts";
import { mediaScheme } from "./media-scheme.ts";
import { setMenus } from "./menus.ts";
import { limitNavigation } from "./navigation.ts";
import { notifyEnded, notifyStillRunning } from "./notifications.ts";
import { offerRestore } from "./offer-restore.ts";
import { OpenedFiles } from "./open-files.ts";
import { limitPermissions } from "./permissions.ts";
import { Quit } from "./quitting.ts";
import { StateFile } from "./state-file.ts";
import { forward } from "./station-socket.ts";
import { type StationState, StationSupervisor } from "./station-supervisor.ts";
import { ActivityIndicators } from "./tray.ts";
import { readFeed } from "./updates/feed.ts";
import { keepInstaller, previousInstaller } from "./updates/installers.ts";
import { Updates } from "./updates/updates.ts";
import { openMainWindow } from "./window.ts";
import { defaultWindowState, windowStateSchema } from "./window-state.ts";

export interface DesktopOptions {
  readonly folders: ShellFolders;
  readonly environment: NodeJS.ProcessEnv;
  /** Files of the command line. */
  readonly files: readonly string[];
}

/** What may be opened outside: nothing before the station has said where its Cablecast server is. */
const getOrigins = (state: StationState): readonly string[] => (state.kind === "ready" ? state.station.origins : []);

const toStationNotice = (state: StationState): StationNotice => {
  if (state.kind === "failed") return { kind: "failed", message: state.problem.message, remedy: state.problem.remedy };
  if (state.kind === "ready") return { kind: state.isSafe ? "safe" : "ready" };
  return { kind: state.kind === "away" ? "away" : "starting" };
};

/** Once the program is ready. */
export async function openDesktop({ folders, environment, files }: DesktopOptions): Promise<{
  readonly open: (files: readonly string[]) => void;
  readonly show: () => void;
}> {
  const logger = openLog(join(folders.data, "logs/desktop.log"), "info");
  const keyring = await Keyring.open(logger);
  const signedIn = await AuthToken.open(join(folders.own, "signed-in.bin"), keyring);
  const secretKey = environment[secretKeyVariable] ?? (await keyring.secret(join(folders.own, "secret-key.bin")));
  const state = new StateFile(join(folders.own, "window.json"), windowStateSchema, defaultWindowState);
  const lastFolder = new StateFile(join(folders.own, "last-folder.json"), chosenFolderSchema, {
    folder: app.getPath("videos"),
  });
  const opened = new OpenedFiles();
  opened.add(files);

  let window: BrowserWindow | undefined;
  const page = () => (window === undefined || window.isDestroyed() ? undefined : window.webContents);
  const send = (channel: string, value: unknown): void => page()?.send(channel, value);

  const runFolder = makeRunFolder();
  const supervisor = new StationSupervisor({
    modulePath: builtPaths.station,
    arguments: { dataFolder: folders.data, runFolder, mayMakeKeyFile: false },
    // A share that hangs holds a thread for each call into it; with Node's four, the fourth would stop all files.
    environment: {
      UV_THREADPOOL_SIZE: "16",
      ...environment,
      ...(secretKey === undefined ? {} : { [secretKeyVariable]: secretKey }),
    },
    logger,
    onState: (now) => {
      signs.setStation(now.kind);
      if (now.kind === "ready") updates.automatic(now.station.looksForUpdates);
      signInFirst();
      send(channels.station, toStationNotice(now));
      void offerRestore(now, { window: () => window, supervisor, backups: describeDataFolder(folders.data).backups });
    },
    onWork: (work) => {
      signs.setActivity(work);
      updates.worked(work.running);
    },
    onEnded: (job) => notifyEnded(job, { window: () => window, onOpen: goTo }),
    onReveal: async (path) => shell.showItemInFolder(path),
  });
  const installers = join(folders.own, "installers");
  const previous = () =>
    previousInstaller(installers, [app.getVersion(), ...("version" in updates.notice ? [updates.notice.version] : [])]);
  const feed = readFeed(builtPaths.updates);
  const updates: Updates = new Updates({
    updater:
      feed === undefined
        ? undefined
        : async () => (await import("./updates/signed-updater.ts")).signedUpdater(feed, logger),
    prepare: () => supervisor.prepare(),
    stop: async () => {
      if (!(await quit.closeWindow())) return false;
      await supervisor.stop(false);
      return true;
    },
    start: () => {
      supervisor.start();
      show();
    },
    onDownloaded: (file, version) => keepInstaller(installers, file, version, app.getVersion()),
    onState: (notice) => send(channels.update, notice),
    logger,
  });
  const openOutside = openExternalLink(() => getOrigins(supervisor.state));
  limitNavigation(openOutside);
  limitPermissions(session.defaultSession);

  const toStation = (request: Request, path: string): Promise<Response> => {
    const { state: now } = supervisor;
    if (now.kind !== "ready") return Promise.resolve(new Response("The station is away just now.", { status: 502 }));
    const keepToken = (token: string | undefined): void => signedIn.set(token);
    return forward(request, { path, socket: now.station.socket, token: signedIn.token, keepToken });
  };
  protocol.handle("app", appScheme({ pages: builtPaths.pages, forward: toStation }));
  protocol.handle("media", mediaScheme(toStation));

  const quit = new Quit({
    window: () => window,
    work: () => signs.work,
    supervisor,
    onEnd: () => {
      updates.close();
      signs.close();
      rmSync(runFolder, { recursive: true, force: true });
    },
  });
  /** Whoever has started it for the first time sets the station up. */
  function signInFirst(): void {
    const { state: now } = supervisor;
    if (now.kind !== "ready" || now.station.ticket === null || signedIn.token !== undefined) return;
    void window?.loadURL(`${pagesOrigin}/#/sign-in/${now.station.ticket}`).catch(() => undefined);
  }
  const openWindow = (): void => {
    window = openMainWindow({
      preload: builtPaths.preload,
      icon: builtPaths.icon,
      state,
      logger,
      // The work goes on without the window where there is a tray to come back by; else closing is ending.
      mayClose: () => quit.isEnding || signs.hasTray || beginQuit(),
    });
    window.on("focus", () => window?.flashFrame(false));
    window.webContents.on("did-finish-load", () => {
      send(channels.station, toStationNotice(supervisor.state));
      send(channels.update, updates.notice);
    });
    window.webContents.on("did-start-navigation", ({ isMainFrame, isSameDocument }) => {
      // Another page is loaded; going from screen to screen is none.
      if (isMainFrame && !isSameDocument) opened.taker = undefined;
    });
    const own = window;
    own.on("closed", () => {
      if (window === own) window = undefined;
      if (!quit.isEnding) notifyStillRunning(show);
    });
    signInFirst();
  };
  const beginQuit = (): boolean => {
    void quit.begin();
    return false;
  };
  function show(): void {
    if (window === undefined || window.isDestroyed()) openWindow();
    else if (window.isMinimized()) window.restore();
    window?.show();
    window?.focus();
  }
  function goTo(place: string): void {
    state.value = { ...state.value, place };
    const isOpen = page() !== undefined;
    show();
    if (isOpen) send(channels.action, `go ${place}`);
  }
  const signs: ActivityIndicators = new ActivityIndicators({
    icon: nativeImage.createFromPath(builtPaths.icon),
    window: () => window,
    onShow: show,
    onQuit: () => void quit.begin(),
  });
  const menus = (actions: readonly MenuAction[]): void =>
    setMenus(actions, {
      onAction: (id) => send(channels.action, id),
      onOpen: () => send(channels.action, "intake.choose"),
      onUpdates: () => send(channels.action, "updates"),
      onAbout: () => send(channels.action, "about"),
      onQuit: () => void quit.begin(),
    });
  menus([]);
  handleDesktopCalls({
    window: () => window,
    supervisor,
    signedIn,
    chooseFiles: async () => (window === undefined ? [] : chooseFiles(window, lastFolder)),
    onMenu: (actions) => {
      menus(actions);
      // Somebody has signed in: the page listens.
      opened.taker = (paths) => send(channels.files, paths);
    },
    about: () => ({
      version: app.getVersion(),
      electron: process.versions.electron ?? "",
      chromium: process.versions.chrome ?? "",
      node: process.versions.node,
      dataFolder: folders.data,
      hasKeyring: keyring.isProtected && secretKey !== undefined,
      update: updates.notice,
      previous: previous()?.version ?? null,
    }),
    updates,
    showPrevious: () => {
      const installer = previous();
      if (installer !== undefined) shell.showItemInFolder(installer.path);
    },
  });
  app.on("child-process-gone", (_event, details) => supervisor.lost(details));
  powerMonitor.on("resume", () => supervisor.forgive());
  powerMonitor.on("shutdown", () => void quit.begin(true));
  supervisor.start();
  openWindow();
  return { open: (paths) => opened.add(paths), show };
}
