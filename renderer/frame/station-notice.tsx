/** One-line notice while the desktop program's station is away, read-only, or cannot be opened. */
import { Alert, Button, Group, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { desktop, useStationNotice } from "../station/desktop.ts";
import { texts } from "../texts/en.ts";
import { runAndNotify } from "../ui/notify.ts";

const t = texts.desktop;

export function StationNotice() {
  const cache = useQueryClient();
  const notice = useStationNotice();
  const { kind } = notice;
  useEffect(() => {
    // The signed-in person was queried before the station could answer.
    if (kind === "ready" || kind === "safe") void cache.invalidateQueries();
  }, [kind, cache]);
  if (notice.kind === "ready" || notice.kind === "starting") return null;
  const reopen = (
    <Button
      size="compact-sm"
      variant="default"
      onClick={() => void runAndNotify(() => desktop?.reopen() ?? Promise.resolve())}
    >
      {t.tryAgain}
    </Button>
  );
  const line = notice.kind === "failed" ? `${t.failed} ${notice.message}. ${notice.remedy}` : t[notice.kind];
  return (
    <Alert color={kind === "failed" ? "red" : "yellow"} radius={0} py={6} role="alert">
      <Group gap="sm">
        <Text size="sm">{line}</Text>
        {kind === "away" ? null : reopen}
      </Group>
    </Alert>
  );
}
