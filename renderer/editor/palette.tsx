/** The editor's command palette: all actions that are currently possible. */
import { createSpotlight, Spotlight, useSpotlight } from "@mantine/spotlight";
import { useLayout } from "../actions/keyboard-layout.ts";
import { keysFor, useKeymap } from "../actions/keymap.ts";
import { formatKeys } from "../actions/keys.ts";
import { type ActionContext, editorActions, isPossible } from "../actions/registry.ts";
import { texts } from "../texts/en.ts";

const [store, palette] = createSpotlight();

export const openEditorPalette = palette.open;

export function EditorPalette({ context }: { readonly context: ActionContext }) {
  // Rerender when it opens: other actions may be possible than last time.
  useSpotlight(store);
  useKeymap(({ own }) => own);
  const labels = useLayout((layout) => layout.labels);
  const title = texts.editor.actions.palette;
  return (
    <Spotlight
      store={store}
      shortcut={null}
      highlightQuery
      scrollable
      nothingFound={texts.actions.nothing}
      searchProps={{ placeholder: title, "aria-label": title }}
      actions={editorActions
        .filter((action) => isPossible(action, context))
        .map((action) => ({
          id: action.id,
          label: action.title,
          description: keysFor(action, "review")
            .map((keys) => formatKeys(keys, labels))
            .join(", "),
          onClick: () => void action.run(context),
        }))}
    />
  );
}
