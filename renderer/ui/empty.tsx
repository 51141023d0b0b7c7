/** Placeholder for an empty screen or list, with a hint what to do. */
import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface EmptyProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly lead?: string;
  readonly children?: ReactNode;
}

export function Empty({ icon, title, lead, children }: EmptyProps) {
  return (
    <Stack align="center" justify="center" gap="xs" py={64} px="md">
      <Text c="dimmed" aria-hidden>
        {icon}
      </Text>
      <Title order={2} size="h4">
        {title}
      </Title>
      {lead === undefined ? null : (
        <Text c="dimmed" ta="center" maw={520}>
          {lead}
        </Text>
      )}
      {children}
    </Stack>
  );
}
