/** Actions that are available in the whole program: opening screens, and station-wide work. */
import type { Icon } from "@tabler/icons-react";
import {
  IconBroadcast,
  IconBuildingCommunity,
  IconDashboard,
  IconFileImport,
  IconHeartbeat,
  IconHelpCircle,
  IconListCheck,
  IconLogout,
  IconMoonStars,
  IconPlayerPause,
  IconPlayerPlay,
  IconRadar,
  IconRefresh,
  IconSettings,
  IconSitemap,
  IconUserCircle,
  IconVideo,
} from "@tabler/icons-react";
import type { Role } from "../../electron/contract/api/base.ts";
import { client, connection } from "../station/connection.ts";
import { desktop } from "../station/desktop.ts";
import { signOut } from "../station/http.ts";
import { texts } from "../texts/en.ts";
import { runAndNotify } from "../ui/notify.ts";
import type { ActionDefinition } from "./action.ts";

/** Context of the program-wide actions. */
export interface AppContext {
  readonly role: Role;
  readonly go: (path: string) => void;
  readonly toggleTheme: () => void;
}

export interface ScreenEntry {
  readonly path: string;
  readonly title: string;
  readonly icon: Icon;
  /** Its own key, if it has one; otherwise Alt plus its position in the list. */
  readonly keys?: string;
  readonly role: Role;
}

const { navigation } = texts;

export const screens = [
  { path: "/", title: navigation.dashboard, icon: IconDashboard, role: "user" },
  { path: "/intake", title: navigation.intake, icon: IconFileImport, role: "operator" },
  { path: "/queue", title: navigation.queue, icon: IconListCheck, role: "user" },
  { path: "/library", title: navigation.library, icon: IconVideo, role: "user" },
  { path: "/cablecast", title: navigation.cablecast, icon: IconBroadcast, role: "user" },
  { path: "/shares", title: navigation.shares, icon: IconBuildingCommunity, role: "user" },
  { path: "/settings", title: navigation.settings, icon: IconSettings, role: "user" },
  { path: "/health", title: navigation.health, icon: IconHeartbeat, role: "user" },
  // In the editor, F1 belongs to the editor, which shows its own keys.
  { path: "/help", title: navigation.help, icon: IconHelpCircle, keys: "F1", role: "user" },
] as const satisfies readonly ScreenEntry[];

type ScreenPath = (typeof screens)[number]["path"];

const screenActions = screens.map(({ path, title, icon, role, ...own }, index) => ({
  id: `go ${path}` as `go ${ScreenPath}`,
  group: path === "/help" ? ("help" as const) : ("go" as const),
  title: texts.actions.go(title),
  icon,
  keys: { app: ["keys" in own ? own.keys : `Alt+Digit${index + 1}`] },
  role,
  run: ({ go }: AppContext): void => go(path),
}));

const stationActions = [
  {
    id: "queue.pause",
    group: "work",
    title: texts.actions.pauseQueue,
    label: texts.queue.pauseAll,
    icon: IconPlayerPause,
    role: "operator",
    run: () => runAndNotify(() => client.queue.pauseAll()),
  },
  {
    id: "queue.resume",
    group: "work",
    title: texts.actions.resumeQueue,
    label: texts.queue.resumeAll,
    icon: IconPlayerPlay,
    role: "operator",
    run: () => runAndNotify(() => client.queue.resumeAll()),
  },
  {
    id: "shares.check",
    group: "work",
    title: texts.actions.check,
    label: texts.shares.check,
    icon: IconHeartbeat,
    role: "operator",
    run: () => runAndNotify(() => client.station.checkShares()),
  },
  {
    id: "shares.scan",
    group: "work",
    title: texts.actions.scan,
    label: texts.shares.scan,
    icon: IconRadar,
    role: "operator",
    run: () =>
      runAndNotify(
        () => client.station.scan(),
        ({ message }) => message,
      ),
  },
  {
    id: "cablecast.sync",
    group: "work",
    title: texts.actions.sync,
    label: texts.cablecast.sync,
    icon: IconRefresh,
    role: "operator",
    run: () =>
      runAndNotify(
        () => client.cablecast.sync({}),
        () => texts.cablecast.queued,
      ),
  },
  {
    id: "cablecast.sync-all",
    group: "work",
    title: texts.actions.syncAll,
    label: texts.cablecast.full,
    icon: IconRefresh,
    role: "operator",
    run: () =>
      runAndNotify(
        () => client.cablecast.sync({ full: true }),
        () => texts.cablecast.queued,
      ),
  },
  {
    id: "theme",
    group: "view",
    title: texts.actions.theme,
    icon: IconMoonStars,
    keys: { app: ["Alt+KeyT"] },
    role: "user",
    run: ({ toggleTheme }) => toggleTheme(),
  },
  {
    id: "reference",
    group: "work",
    title: texts.actions.reference,
    icon: IconSitemap,
    role: "user",
    // The page is served over HTTP; the desktop program's own server has no address.
    when: () => desktop === undefined,
    run: () => window.open("/api/reference", "_blank", "noopener"),
  },
  {
    id: "account",
    group: "work",
    title: texts.actions.account,
    icon: IconUserCircle,
    role: "user",
    run: ({ go }) => go("/settings/account"),
  },
  {
    id: "sign-out",
    group: "work",
    title: texts.actions.signOut,
    icon: IconLogout,
    role: "user",
    run: async () => {
      await signOut();
      connection.stop();
      window.location.reload();
    },
  },
] as const satisfies readonly ActionDefinition<AppContext>[];

export const appActions = [...screenActions, ...stationActions];
