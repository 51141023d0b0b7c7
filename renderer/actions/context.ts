/**
 * Hooks that provide the action context at a component's position in the tree, and an action with its current state.
 */
import { useQueryClient } from "@tanstack/react-query";
import { useContext, useMemo, useState, useSyncExternalStore } from "react";
import { useLocation } from "wouter";
import { type EditorContext, EditorReactContext } from "../editor/context.ts";
import { useSession } from "../station/session.ts";
import { useSchemeToggle } from "../ui/color-scheme.ts";
import { type Action, type ActionContext, type ActionId, getAction, isPossible, mayRun } from "./registry.ts";

/** @param opened the meeting that the component itself opens; without it, the one from the React context */
export function useActionContext(opened?: EditorContext): ActionContext {
  const [, go] = useLocation();
  const toggleTheme = useSchemeToggle();
  const role = useSession().data?.person?.role ?? "user";
  const around = useContext(EditorReactContext);
  const editor = opened ?? around;
  return useMemo(() => ({ go, toggleTheme, role, editor }), [go, toggleTheme, role, editor]);
}

interface UsedAction {
  readonly action: Action;
  /** The person's role is high enough. */
  readonly isAllowed: boolean;
  readonly isPossible: boolean;
  /** The action's work on the station is still running. */
  readonly isBusy: boolean;
  readonly run: () => Promise<void>;
}

const never = (): (() => void) => () => undefined;

/** An action of the registry with its state; rerenders when the action becomes possible or impossible. */
export function useAction(id: ActionId): UsedAction {
  const context = useActionContext();
  const cache = useQueryClient();
  const [isBusy, setIsBusy] = useState(false);
  const action = getAction(id);
  const possible = useSyncExternalStore(context.editor?.session.store.subscribe ?? never, () =>
    isPossible(action, context),
  );
  const run = async (): Promise<void> => {
    if (action.group !== "work") {
      await action.run(context);
      return;
    }
    setIsBusy(true);
    try {
      await action.run(context);
      await cache.invalidateQueries({ predicate: ({ meta }) => meta?.calm !== true });
    } finally {
      setIsBusy(false);
    }
  };
  return { action, isAllowed: mayRun(action, context.role), isPossible: possible, isBusy, run };
}
