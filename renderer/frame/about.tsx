/** The About dialog: version, data folder, and update check. */
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import type { Desktop, About as Facts } from "../../electron/contract/desktop.ts";
import { useUpdateNotice } from "../station/desktop.ts";
import { texts } from "../texts/en.ts";
import { runAndNotify } from "../ui/notify.ts";
import { updateLine } from "./update-notice.tsx";

const t = texts.desktop;

/** Opened from the native menus, also before sign-in, because it is most needed when the station cannot be opened. */
export function About({ desktop }: { readonly desktop: Desktop<File> }) {
  const update = useUpdateNotice();
  const [facts, setFacts] = useState<Facts>();
  const [isChecking, setIsChecking] = useState(false);
  const onClose = (): void => setFacts(undefined);
  useEffect(
    () =>
      desktop.onAction((id) => {
        if (id !== "about" && id !== "updates") return;
        void desktop.about().then(setFacts);
        // The result of the check appears in this dialog.
        if (id === "updates") void runAndNotify(() => desktop.checkForUpdate());
      }),
    [desktop],
  );
  const checkForUpdates = async (): Promise<void> => {
    setIsChecking(true);
    await runAndNotify(() => desktop.checkForUpdate());
    setIsChecking(false);
  };
  return (
    <Modal opened={facts !== undefined} onClose={onClose} title={t.about}>
      {facts === undefined ? null : (
        <Stack gap="xs">
          <Text size="sm">{t.version(facts.version)}</Text>
          <Text size="sm">{t.builtOn(facts.electron, facts.chromium, facts.node)}</Text>
          <Text size="sm" style={{ overflowWrap: "anywhere" }}>
            {t.dataFolder} {facts.dataFolder}
          </Text>
          {facts.hasKeyring ? null : (
            <Text size="sm" c="orange">
              {t.noKeyring}
            </Text>
          )}
          <Text size="sm" role="status" c={update.kind === "failed" ? "orange" : undefined}>
            {updateLine(update)}
          </Text>
          {facts.previous === null ? null : (
            <Text size="xs" c="dimmed">
              {t.update.previousLead}
            </Text>
          )}
          <Group gap="xs" justify="flex-end">
            {facts.previous === null ? null : (
              <Button variant="default" onClick={() => void runAndNotify(() => desktop.showPrevious())}>
                {t.update.previous(facts.previous)}
              </Button>
            )}
            {update.kind === "none" || update.kind === "failed" ? (
              <Button variant="default" loading={isChecking} onClick={() => void checkForUpdates()}>
                {t.update.check}
              </Button>
            ) : null}
            {update.kind === "ready" ? (
              <Button onClick={() => void runAndNotify(() => desktop.installUpdate())}>{t.update.install}</Button>
            ) : null}
            <Button variant="default" onClick={onClose} data-autofocus>
              {texts.close}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
