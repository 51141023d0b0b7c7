/** Browses the shares for recordings. */

import { Anchor, Breadcrumbs, Button, Group, Loader, Modal, NavLink, ScrollArea, Stack, Text } from "@mantine/core";
import { IconFile, IconFolder, IconMovie } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatBytes } from "../../../electron/contract/sizes.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { ProblemAlert } from "../../ui/problem.tsx";

interface ShareBrowserProps {
  readonly onClose: () => void;
  readonly onChoose: (path: string) => void;
}

const icons = { folder: IconFolder, recording: IconMovie, other: IconFile } as const;

export function ShareBrowser({ onClose, onChoose }: ShareBrowserProps) {
  const [way, setWay] = useState<readonly { readonly name: string; readonly path: string }[]>([]);
  const path = way.at(-1)?.path ?? null;
  const folder = useQuery(api.intake.browse.queryOptions({ input: { path } }));
  return (
    <Modal opened onClose={onClose} title={texts.intake.browse} size="lg">
      <Stack gap="xs">
        <Group justify="space-between">
          <Breadcrumbs>
            <Anchor component="button" type="button" size="sm" onClick={() => setWay([])}>
              {texts.intake.up}
            </Anchor>
            {way.map(({ name, path: own }, index) => (
              <Anchor
                key={own}
                component="button"
                type="button"
                size="sm"
                onClick={() => setWay(way.slice(0, index + 1))}
              >
                {name}
              </Anchor>
            ))}
          </Breadcrumbs>
          {path === null ? null : (
            <Button size="compact-sm" variant="light" onClick={() => onChoose(path)}>
              {texts.intake.addAll}
            </Button>
          )}
        </Group>
        {folder.error ? <ProblemAlert error={folder.error} onRetry={() => void folder.refetch()} /> : null}
        {folder.isPending ? <Loader size="sm" aria-label={texts.loading} /> : null}
        <ScrollArea viewportProps={{ tabIndex: 0 }} h={380}>
          {folder.data?.entries.map(({ name, path: own, kind, bytes }) => {
            const EntryIcon = icons[kind];
            return (
              <NavLink
                key={own}
                component="button"
                label={name}
                disabled={kind === "other"}
                leftSection={<EntryIcon size={18} aria-hidden />}
                rightSection={bytes === null ? null : <Text size="xs">{formatBytes(bytes)}</Text>}
                onClick={() => (kind === "folder" ? setWay([...way, { name, path: own }]) : onChoose(own))}
              />
            );
          })}
          {folder.data?.entries.length === 0 ? (
            <Text c="dimmed" p="md">
              {texts.intake.noShares}
            </Text>
          ) : null}
          {folder.data?.isCut ? <Text c="dimmed">{texts.intake.cut}</Text> : null}
        </ScrollArea>
      </Stack>
    </Modal>
  );
}
