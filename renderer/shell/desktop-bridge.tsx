/** What the desktop program around the pages asks of them, and what it has to know of them. */
import { Button, Modal, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import type { Role } from "../../electron/contract/api/base.ts";
import type { About, Desktop, MenuAction } from "../../electron/contract/desktop.ts";
import { useActionContext } from "../actions/context.ts";
import { actions, mayRun } from "../actions/registry.ts";
import { addPaths } from "../screens/intake/list.ts";
import { texts } from "../texts/en.ts";
import { doAndTell } from "../ui/tell.ts";

const words = texts.desktop;

const menuOf = (id: string): MenuAction["menu"] => (id.startsWith("go ") ? "go" : id === "theme" ? "view" : "work");

interface BridgeProps {
  readonly desktop: Desktop<File>;
  readonly role: Role;
}

export function DesktopBridge({ desktop, role }: BridgeProps) {
  const context = useActionContext(role);
  const { go } = context;
  const [about, setAbout] = useState<About>();
  useEffect(() => {
    const own = actions.filter((action) => mayRun(action, role));
    void desktop.setMenu(
      own.map(({ id, title, keys }) => ({ id, title, menu: menuOf(id), ...(keys === undefined ? {} : { keys }) })),
    );
  }, [desktop, role]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: actions take their context when they are done
  useEffect(() => {
    const take = (paths: readonly string[]): void => {
      if (paths.length === 0) return;
      go("/intake");
      void doAndTell(() => addPaths(paths));
    };
    const act = (id: string): void => {
      if (id === "intake.choose") void desktop.chooseFiles().then(take);
      else if (id === "about") void desktop.about().then(setAbout);
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
  return (
    <Modal opened={about !== undefined} onClose={() => setAbout(undefined)} title={words.about}>
      {about === undefined ? null : (
        <Stack gap="xs">
          <Text size="sm">{words.version(about.version)}</Text>
          <Text size="sm">{words.builtOn(about.electron, about.chromium, about.node)}</Text>
          <Text size="sm" style={{ overflowWrap: "anywhere" }}>
            {words.dataFolder} {about.dataFolder}
          </Text>
          {about.hasKeyring ? null : (
            <Text size="sm" c="orange">
              {words.noKeyring}
            </Text>
          )}
          <Button variant="default" onClick={() => setAbout(undefined)} data-autofocus>
            {texts.close}
          </Button>
        </Stack>
      )}
    </Modal>
  );
}
