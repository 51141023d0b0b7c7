/** The frame of a screen: title, actions, and content. */
import { Box, Group, Stack, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface ScreenProps {
  readonly title: string;
  readonly actions?: ReactNode;
  /** True: the content scrolls itself and fills the window. */
  readonly fills?: boolean;
  readonly children: ReactNode;
}

export function Screen({ title, actions, fills = false, children }: ScreenProps) {
  return (
    <Stack gap="md" p="md" h={fills ? "100%" : undefined} style={fills ? { overflow: "hidden" } : undefined}>
      <Group justify="space-between" wrap="wrap" gap="xs">
        <Title order={1} size="h3">
          {title}
        </Title>
        <Group gap="xs">{actions}</Group>
      </Group>
      {fills ? (
        <Box style={{ flex: 1, minHeight: 0, display: "flex", flexDirection: "column" }}>{children}</Box>
      ) : (
        children
      )}
    </Stack>
  );
}
