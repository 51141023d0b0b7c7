/** The Cablecast screen: connection, shows, linking, and conflicts. */
import { Card, Text } from "@mantine/core";
import { IconBroadcast } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { ActionButton } from "../../actions/action-button.tsx";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { Empty } from "../../ui/empty.tsx";
import { FillTabs } from "../../ui/fill-tabs.tsx";
import { ago } from "../../ui/format.ts";
import { Screen } from "../../ui/screen.tsx";
import { Conflicts } from "./conflicts.tsx";
import { Connection } from "./connection.tsx";
import { Linking } from "./linking.tsx";
import { ShowList } from "./shows.tsx";

const t = texts.cablecast;

export function Cablecast() {
  const shows = useQuery(api.cablecast.shows.queryOptions({ input: { limit: 1 } }));
  const { data } = shows;
  return (
    <Screen
      title={t.title}
      fills
      actions={
        data?.isSetUp ? (
          <>
            <Text size="sm" c="dimmed">
              {data.checkedDate === null ? t.never : t.checked(ago(data.checkedDate))}
            </Text>
            <ActionButton action="cablecast.sync" />
            <ActionButton action="cablecast.sync-all" variant="default" />
          </>
        ) : null
      }
    >
      {data !== undefined && !data.isSetUp ? (
        <Card withBorder mb="md">
          <Empty icon={<IconBroadcast size={40} stroke={1.3} />} title={t.notSetUp} lead={t.notSetUpLead} />
        </Card>
      ) : null}
      <FillTabs
        tabs={[
          { value: "shows", label: t.shows, panel: <ShowList />, fills: true },
          { value: "linking", label: t.linking, panel: <Linking /> },
          { value: "conflicts", label: t.conflicts, panel: <Conflicts /> },
          { value: "connection", label: t.connection, panel: <Connection /> },
        ]}
      />
    </Screen>
  );
}
