/** Actions for find and replace, undo and redo, and history. */
import type { ActionDefinition } from "../../actions/action.ts";
import { texts } from "../../texts/en.ts";
import type { EditorContext } from "../context.ts";
import { canRedo, canUndo, canWrite } from "./conditions.ts";

const t = texts.editor.actions;

export const findActions = [
  {
    id: "find",
    group: "find",
    title: t.find,
    keys: { review: ["Mod+KeyF"], type: ["Mod+KeyF"] },
    run: ({ openSidePanel }) => openSidePanel("find", "focus"),
  },
  {
    id: "replace",
    group: "find",
    title: t.replace,
    keys: { review: ["Mod+KeyH"], type: ["Mod+KeyH"] },
    run: ({ openSidePanel }) => openSidePanel("find", "focus"),
  },
  {
    id: "find-next",
    group: "find",
    title: t.findNext,
    keys: { review: ["F3"], type: ["F3"] },
    run: ({ openSidePanel }) => openSidePanel("find", "next"),
  },
  {
    id: "replace-everywhere",
    group: "find",
    title: t.replaceEverywhere,
    keys: { review: ["KeyG"], type: ["Mod+KeyG"] },
    when: canWrite,
    run: ({ show }) => show("replace-everywhere"),
  },
  {
    id: "undo",
    group: "find",
    title: t.undo,
    keys: { review: ["Mod+KeyZ"], type: ["Mod+KeyZ"] },
    when: canUndo,
    run: ({ session }) => session.undo(),
  },
  {
    id: "redo",
    group: "find",
    title: t.redo,
    keys: { review: ["Mod+KeyY", "Mod+Shift+KeyZ"], type: ["Mod+KeyY", "Mod+Shift+KeyZ"] },
    when: canRedo,
    run: ({ session }) => session.redo(),
  },
  {
    id: "history",
    group: "find",
    title: t.history,
    keys: { review: ["KeyH"], type: ["Mod+Alt+KeyH"] },
    run: ({ openSidePanel }) => openSidePanel("history"),
  },
] as const satisfies readonly ActionDefinition<EditorContext>[];
