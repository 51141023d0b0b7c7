/** The command palette, and the key handler of the program-wide actions. */
import { Spotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useEffect } from "react";
import { useActionContext } from "../actions/context.ts";
import { useLayout } from "../actions/keyboard-layout.ts";
import { findByKeys, keysFor } from "../actions/keymap.ts";
import { formatKeys, toKeys } from "../actions/keys.ts";
import { appActions, isPossible } from "../actions/registry.ts";
import { texts } from "../texts/en.ts";

export function Palette() {
  const context = useActionContext();
  const labels = useLayout((layout) => layout.labels);
  const possible = appActions.filter((action) => isPossible(action, context));
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const action = findByKeys(toKeys(event), "app");
      if (action === undefined || !isPossible(action, context)) return;
      event.preventDefault();
      void action.run(context);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });
  return (
    <Spotlight
      shortcut={["mod + K", "mod + P"]}
      nothingFound={texts.actions.nothing}
      highlightQuery
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: texts.actions.palette,
        "aria-label": texts.actions.palette,
      }}
      actions={possible.map((action) => {
        const { id, title, icon: ActionIcon, run } = action;
        const [keys] = keysFor(action, "app");
        return {
          id,
          label: title,
          ...(keys === undefined ? {} : { description: formatKeys(keys, labels) }),
          leftSection: ActionIcon === undefined ? null : <ActionIcon size={18} aria-hidden />,
          onClick: () => void run(context),
        };
      })}
    />
  );
}
