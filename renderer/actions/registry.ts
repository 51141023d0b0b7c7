/**
 * The registry: every action of the program, declared once. Navigation, buttons, palettes, keys, native menus and the
 * list of keys are all derived from it.
 */
import { mayAct, type Role } from "../../electron/contract/api/base.ts";
import { editorActionDefinitions } from "../editor/actions/editor-actions.ts";
import type { EditorContext } from "../editor/context.ts";
import type { ActionDefinition } from "./action.ts";
import { type AppContext, appActions as appActionDefinitions } from "./app-actions.ts";

export type ActionId = (typeof appActionDefinitions)[number]["id"] | (typeof editorActionDefinitions)[number]["id"];

/** Context that actions run with. */
export interface ActionContext extends AppContext {
  /** The meeting that is open in the editor; undefined if none is. */
  readonly editor: EditorContext | undefined;
}

export interface Action extends ActionDefinition<ActionContext> {
  readonly id: ActionId;
  readonly role: Role;
  readonly when: (context: ActionContext) => boolean;
}

type Declared<Context> = ActionDefinition<Context> & { readonly id: ActionId };

const toAction = (declared: Declared<ActionContext>): Action => ({ role: "user", when: () => true, ...declared });

/** Wraps an editor action so that it is possible only while a meeting is open in the editor. */
const toEditorAction = ({ when, run, ...declared }: Declared<EditorContext>): Action => ({
  role: "user",
  ...declared,
  when: ({ editor }) => editor !== undefined && (when?.(editor) ?? true),
  run: ({ editor }) => (editor === undefined ? undefined : run(editor)),
});

export const appActions: readonly Action[] = appActionDefinitions.map(toAction);
export const editorActions: readonly Action[] = editorActionDefinitions.map(toEditorAction);
const actions: readonly Action[] = [...appActions, ...editorActions];

const byId: ReadonlyMap<string, Action> = new Map(actions.map((action) => [action.id, action]));

/** Finds an action by an id that may come from another version, such as one from a native menu. */
export const findAction = (id: string): Action | undefined => byId.get(id);

export function getAction(id: ActionId): Action {
  const action = byId.get(id);
  if (action === undefined) throw new Error(`there is no action ${id}`);
  return action;
}

export const mayRun = ({ role }: { readonly role: Role }, own: Role): boolean => mayAct(own, role);

export const isPossible = (action: Action, context: ActionContext): boolean =>
  mayRun(action, context.role) && action.when(context);
