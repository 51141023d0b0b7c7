/** The command palette, and the keys of all actions. */
import { Spotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useEffect } from "react";
import type { Role } from "../../electron/contract/api/base.ts";
import { useActionContext } from "../actions/context.ts";
import { actions, mayRun, shownKeys, toKeys } from "../actions/registry.ts";
import { texts } from "../texts/en.ts";

export function Palette({ role }: { readonly role: Role }) {
  const context = useActionContext(role);
  const own = actions.filter((action) => mayRun(action, role));
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const pressed = toKeys(event);
      const action = own.find(({ keys }) => keys === pressed);
      if (action === undefined) return;
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
      actions={own.map(({ id, title, icon: ActionIcon, keys, run }) => ({
        id,
        label: title,
        ...(keys === undefined ? {} : { description: shownKeys(keys) }),
        leftSection: <ActionIcon size={18} aria-hidden />,
        onClick: () => void run(context),
      }))}
    />
  );
}
