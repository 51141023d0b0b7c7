/** Notice that changed settings wait for a restart, with a button that restarts. */
import { Alert, Button, Group, Text } from "@mantine/core";
import { IconRotateClockwise } from "@tabler/icons-react";
import { mayAct, type Role } from "../../electron/contract/api/base.ts";
import { client } from "../station/connection.ts";
import { useAbilities } from "../station/session.ts";
import { useSettings } from "../station/settings.ts";
import { texts } from "../texts/en.ts";
import { runAndNotify } from "../ui/notify.ts";

export function RestartNotice({ role }: { readonly role: Role }) {
  const { restart } = useAbilities();
  const settings = useSettings();
  if (settings.data?.needsRestart !== true || !mayAct(role, "admin")) return null;
  return (
    <Alert color="harbor" radius={0} py="xs" icon={<IconRotateClockwise aria-hidden />} role="status">
      <Group gap="sm">
        <Text size="sm">{restart ? texts.restart.waiting : texts.restart.byHand}</Text>
        {restart ? (
          <Button size="compact-sm" onClick={() => void runAndNotify(() => client.station.restart())}>
            {texts.restart.now}
          </Button>
        ) : null}
      </Group>
    </Alert>
  );
}
