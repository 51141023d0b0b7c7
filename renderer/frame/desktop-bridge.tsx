/** Connects the pages with the desktop program: runs its requests, and reports the menu actions to it. */
import { useEffect } from "react";
import type { Desktop, MenuAction } from "../../electron/contract/desktop.ts";
import { useActionContext } from "../actions/context.ts";
import { keysFor } from "../actions/keymap.ts";
import { type Action, appActions, findAction, isPossible } from "../actions/registry.ts";
import { addPaths } from "../screens/intake/list.ts";
import { runAndNotify } from "../ui/notify.ts";

/** An action in the form that the native menus use. Editor actions are in none of them. */
function toMenuAction(action: Action): readonly MenuAction[] {
  const { id, title, group } = action;
  if (group !== "go" && group !== "work" && group !== "view" && group !== "help") return [];
  const [keys] = keysFor(action, "app");
  return [{ id, title, menu: group, ...(keys === undefined ? {} : { keys }) }];
}

interface BridgeProps {
  readonly desktop: Desktop<File>;
}

export function DesktopBridge({ desktop }: BridgeProps) {
  const context = useActionContext();
  useEffect(() => {
    const possible = appActions.filter((action) => isPossible(action, context));
    void desktop.setMenu(possible.flatMap(toMenuAction));
  }, [desktop, context]);
  useEffect(() => {
    const addToIntake = (paths: readonly string[]): void => {
      if (paths.length === 0) return;
      context.go("/intake");
      void runAndNotify(() => addPaths(paths));
    };
    const runAction = (id: string): void => {
      if (id === "intake.choose") void desktop.chooseFiles().then(addToIntake);
      // The path may be any, not only a screen: a notification leads to its job.
      else if (id.startsWith("go ")) context.go(id.slice(3));
      else {
        const action = findAction(id);
        if (action !== undefined && isPossible(action, context)) void action.run(context);
      }
    };
    const ends = [desktop.onAction(runAction), desktop.onFiles(addToIntake)];
    return () => {
      for (const end of ends) end();
    };
  }, [desktop, context]);
  return null;
}
