/** The native menus, built from the registry of actions that the pages declare and send. */
import { app, Menu, type MenuItemConstructorOptions } from "electron";
import type { MenuAction } from "../contract/desktop.ts";
import type { DesktopContext } from "./context.ts";

const titles: Readonly<Record<MenuAction["menu"], string>> = { go: "Go", work: "Work", view: "View", help: "Help" };

const codes: Readonly<Record<string, string>> = { Mod: "CmdOrCtrl", Equal: "=", Minus: "-", Comma: ",", Period: "." };

/** Converts `Mod+Shift+KeyP` to Electron's `CmdOrCtrl+Shift+P`. Display only: pages handle their keys themselves. */
export const toAccelerator = (keys: string): string =>
  keys
    .split("+")
    .map((part) => codes[part] ?? part.replace(/^(Key|Digit)/, ""))
    .join("+");

interface MenuOptions {
  readonly onAction: (id: string) => void;
  readonly onOpen: () => void;
  readonly onAbout: () => void;
  readonly onUpdates: () => void;
  readonly onQuit: () => void;
}

function menuTemplate(
  actions: readonly MenuAction[],
  { onAction, onOpen, onAbout, onUpdates, onQuit }: MenuOptions,
): MenuItemConstructorOptions[] {
  const of = (menu: MenuAction["menu"]): MenuItemConstructorOptions[] =>
    actions
      .filter((action) => action.menu === menu)
      .map(({ id, title, keys }) => ({
        id,
        label: title,
        ...(keys === undefined ? {} : { accelerator: toAccelerator(keys), registerAccelerator: false }),
        click: () => onAction(id),
      }));
  const menu = (name: MenuAction["menu"], more: MenuItemConstructorOptions[] = []): MenuItemConstructorOptions[] => {
    const submenu = [...of(name), ...more];
    return submenu.length === 0 ? [] : [{ label: titles[name], submenu }];
  };
  const separator: MenuItemConstructorOptions = { type: "separator" };
  return [
    {
      label: "File",
      submenu: [
        { id: "open", label: "Open recordings …", accelerator: "CmdOrCtrl+O", click: onOpen },
        separator,
        { id: "quit", label: "Quit", accelerator: "CmdOrCtrl+Q", click: onQuit },
      ],
    },
    // No Undo item: it belongs to the focused field or to the editor, and both handle the keys themselves.
    { label: "Edit", submenu: [{ role: "cut" }, { role: "copy" }, { role: "paste" }, { role: "selectAll" }] },
    ...menu("go"),
    ...menu("work"),
    ...menu("view", [
      { role: "zoomIn" },
      { role: "zoomOut" },
      { role: "resetZoom" },
      separator,
      { role: "togglefullscreen" },
    ]),
    ...menu("help", [
      { id: "updates", label: "Look for a newer version", click: onUpdates },
      { id: "about", label: "About Archivist", click: onAbout },
    ]),
  ];
}

export interface Menus {
  /** @param actions of the pages; empty: not signed in */
  readonly show: (actions: readonly MenuAction[]) => void;
}

export function setupMenus({ window }: DesktopContext): Menus {
  const options: MenuOptions = {
    onAction: (id) => window.send("onAction", id),
    onOpen: () => window.send("onAction", "intake.choose"),
    onUpdates: () => window.send("onAction", "updates"),
    onAbout: () => window.send("onAction", "about"),
    onQuit: () => app.quit(),
  };
  const show = (actions: readonly MenuAction[]): void =>
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(actions, options)));
  show([]);
  return { show };
}
