/** What the desktop program around the pages asks of them, and what it has to know of them. */
import { useEffect } from "react";
import type { Role } from "../../electron/contract/api/base.ts";
import type { Desktop, MenuAction } from "../../electron/contract/desktop.ts";
import { useActionContext } from "../actions/context.ts";
import { actions, mayRun } from "../actions/registry.ts";
import { addPaths } from "../screens/intake/list.ts";
import { runAndNotify } from "../ui/notify.ts";

function getMenu(id: string): MenuAction["menu"] {
  if (id === "go /help") return "help";
  if (id.startsWith("go ")) return "go";
  return id === "theme" ? "view" : "work";
}

interface BridgeProps {
  readonly desktop: Desktop<File>;
  readonly role: Role;
}

export function DesktopBridge({ desktop, role }: BridgeProps) {
  const context = useActionContext(role);
  const { go } = context;
  useEffect(() => {
    const own = actions.filter((action) => mayRun(action, role));
    void desktop.setMenu(
      own.map(({ id, title, keys }) => ({ id, title, menu: getMenu(id), ...(keys === undefined ? {} : { keys }) })),
    );
  }, [desktop, role]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: actions take their context when they are done
  useEffect(() => {
    const take = (paths: readonly string[]): void => {
      if (paths.length === 0) return;
      go("/intake");
      void runAndNotify(() => addPaths(paths));
    };
    const act = (id: string): void => {
      if (id === "intake.choose") void desktop.chooseFiles().then(take);
      else if (id.startsWith("go ")) go(id.slice(3));
      else {
        const action = actions.find((each) => each.id === id);
        if (action !== undefined && mayRun(action, role)) void action.run(context);
      }
    };
    const ends = [desktop.onAction(act), desktop.onFiles(take)];
    return () => {
      for (const end of ends) end();
    };
  }, [desktop, role, go]);
  return null;
}
