/** Everything that a person can do, declared once: navigation, palette and keyboard come from it. */
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
  IconVideo,
} from "@tabler/icons-react";
import { mayAct, type Role } from "../../electron/contract/api/base.ts";
import { client, connection } from "../station/connection.ts";
import { desktop } from "../station/desktop.ts";
import { signOut } from "../station/http.ts";
import { texts } from "../texts/en.ts";
import { runAndNotify } from "../ui/notify.ts";

/** What an action works with. */
export interface ActionContext {
  readonly go: (path: string) => void;
  readonly toggleTheme: () => void;
  readonly role: Role;
}

export interface Action {
  readonly id: string;
  readonly title: string;
  /** Shorter, for a button on the screen that it belongs to. */
  readonly label?: string;
  readonly icon: Icon;
  /** As `event.code` with Control or Alt before it, such as `Alt+Digit1`. */
  readonly keys?: string;
  /** Least role that may do it. */
  readonly role: Role;
  readonly run: (context: ActionContext) => unknown;
}

export interface ScreenEntry {
  readonly path: string;
  readonly title: string;
  readonly icon: Icon;
  /** Where it has a key of its own; else its number in the list with Alt. */
  readonly keys?: string;
  readonly role: Role;
}

const { navigation } = texts;

export const screens: readonly ScreenEntry[] = [
  { path: "/", title: navigation.dashboard, icon: IconDashboard, role: "user" },
  { path: "/intake", title: navigation.intake, icon: IconFileImport, role: "operator" },
  { path: "/queue", title: navigation.queue, icon: IconListCheck, role: "user" },
  { path: "/library", title: navigation.library, icon: IconVideo, role: "user" },
  { path: "/cablecast", title: navigation.cablecast, icon: IconBroadcast, role: "user" },
  { path: "/shares", title: navigation.shares, icon: IconBuildingCommunity, role: "user" },
  { path: "/settings", title: navigation.settings, icon: IconSettings, role: "user" },
  { path: "/health", title: navigation.health, icon: IconHeartbeat, role: "user" },
  // In the editor the key belongs to the editor, which shows its own keys.
  { path: "/help", title: navigation.help, icon: IconHelpCircle, keys: "F1", role: "user" },
];

const screenActions = screens.map(
  ({ path, title, icon, keys, role }, index): Action => ({
    id: `go ${path}`,
    title: texts.actions.go(title),
    icon,
    keys: keys ?? `Alt+Digit${index + 1}`,
    role,
    run: ({ go }) => go(path),
  }),
);

const doing = [
  {
    id: "queue.pause",
    title: texts.actions.pauseQueue,
    label: texts.queue.pauseAll,
    icon: IconPlayerPause,
    role: "operator",
    run: () => runAndNotify(() => client.queue.pauseAll()),
  },
  {
    id: "queue.resume",
    title: texts.actions.resumeQueue,
    label: texts.queue.resumeAll,
    icon: IconPlayerPlay,
    role: "operator",
    run: () => runAndNotify(() => client.queue.resumeAll()),
  },
  {
    id: "shares.check",
    title: texts.actions.check,
    label: texts.shares.check,
    icon: IconHeartbeat,
    role: "operator",
    run: () => runAndNotify(() => client.station.checkShares()),
  },
  {
    id: "shares.scan",
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
    title: texts.actions.theme,
    icon: IconMoonStars,
    keys: "Alt+KeyT",
    role: "user",
    run: ({ toggleTheme }) => toggleTheme(),
  },
  {
    id: "reference",
    title: texts.actions.reference,
    icon: IconSitemap,
    role: "user",
    run: () => window.open("/api/reference", "_blank", "noopener"),
  },
  {
    id: "sign-out",
    title: texts.actions.signOut,
    icon: IconLogout,
    role: "user",
    run: async () => {
      await signOut();
      connection.stop();
      window.location.reload();
    },
  },
] as const satisfies readonly Action[];

export type ActionId = (typeof doing)[number]["id"];

/** The reference of the interface is a page of the HTTP server: the desktop program's own has no address. */
const isHere = ({ id }: Pick<Action, "id">): boolean => desktop === undefined || id !== "reference";

export const actions: readonly Action[] = [...screenActions, ...doing.filter(isHere)];

/** The action of a name. */
export const actionNamed = (id: ActionId): Action => doing.find((action) => action.id === id) as Action;

export const mayRun = ({ role }: Pick<Action, "role">, own: Role): boolean => mayAct(own, role);

/** `Alt+Digit1` of a key press. */
export function toKeys({ code, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): string {
  const held = [ctrlKey || metaKey ? "Mod" : "", altKey ? "Alt" : "", shiftKey ? "Shift" : ""].filter(Boolean);
  return [...held, code].join("+");
}

/** `Alt+Digit1` → `Alt 1`, as it stands on keys. */
export const shownKeys = (keys: string): string => keys.replaceAll("+", " ").replace(/Digit|Key/, "");
