/** Actions that move from caption to caption. */
import type { ActionDefinition } from "../../actions/action.ts";
import { texts } from "../../texts/en.ts";
import type { EditorContext } from "../context.ts";
import { goToPlayhead, moveToCue } from "./cue-commands.ts";
import { clearSelection, extendSelection, selectAll } from "./selection-commands.ts";

const t = texts.editor.actions;

export const captionsActions = [
  {
    id: "next",
    group: "captions",
    title: t.next,
    keys: { review: ["ArrowDown"], type: ["Alt+ArrowDown"] },
    run: (context) => moveToCue(context, 1),
  },
  {
    id: "previous",
    group: "captions",
    title: t.previous,
    keys: { review: ["ArrowUp"], type: ["Alt+ArrowUp"] },
    run: (context) => moveToCue(context, -1),
  },
  {
    id: "page-down",
    group: "captions",
    title: t.pageDown,
    keys: { review: ["PageDown"] },
    run: (context) => moveToCue(context, 10),
  },
  {
    id: "page-up",
    group: "captions",
    title: t.pageUp,
    keys: { review: ["PageUp"] },
    run: (context) => moveToCue(context, -10),
  },
  {
    id: "first",
    group: "captions",
    title: t.first,
    keys: { review: ["Home"] },
    run: (context) => moveToCue(context, -1_000_000),
  },
  {
    id: "last",
    group: "captions",
    title: t.last,
    keys: { review: ["End"] },
    run: (context) => moveToCue(context, 1_000_000),
  },
  {
    id: "extend-down",
    group: "captions",
    title: t.extendDown,
    keys: { review: ["Shift+ArrowDown"] },
    run: ({ session }) => extendSelection(session, 1),
  },
  {
    id: "extend-up",
    group: "captions",
    title: t.extendUp,
    keys: { review: ["Shift+ArrowUp"] },
    run: ({ session }) => extendSelection(session, -1),
  },
  {
    id: "select-all",
    group: "captions",
    title: t.selectAll,
    keys: { review: ["Mod+KeyA"] },
    run: ({ session }) => selectAll(session),
  },
  {
    id: "clear-selection",
    group: "captions",
    title: t.clearSelection,
    keys: { review: ["Escape"] },
    run: ({ session }) => clearSelection(session),
  },
  {
    id: "go-to",
    group: "captions",
    title: t.goTo,
    keys: { review: ["Slash"], type: ["Mod+Slash"] },
    run: ({ show }) => show("go-to"),
  },
  { id: "to-playhead", group: "captions", title: t.toPlayhead, keys: { review: ["KeyV"] }, run: goToPlayhead },
] as const satisfies readonly ActionDefinition<EditorContext>[];
