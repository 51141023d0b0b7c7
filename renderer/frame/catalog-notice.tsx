/** Notice on every screen that the station's catalog does not work: nothing that is done is kept. */
import { Alert, Anchor, Group, Text } from "@mantine/core";
import { IconDatabaseExclamation } from "@tabler/icons-react";
import { Link } from "wouter";
import { useServices } from "../station/services.ts";
import { texts } from "../texts/en.ts";
import { capitalize } from "../ui/format.ts";

export function CatalogNotice() {
  const database = useServices().data?.find(({ name }) => name === "database");
  if (database?.status !== "error") return null;
  return (
    <Alert color="red" radius={0} py="xs" icon={<IconDatabaseExclamation aria-hidden />} role="alert">
      <Group gap="sm">
        <Text size="sm">
          {capitalize(database.detail)}. {database.remedy}
        </Text>
        <Anchor component={Link} href="/health" size="sm">
          {texts.health.title}
        </Anchor>
      </Group>
    </Alert>
  );
}
