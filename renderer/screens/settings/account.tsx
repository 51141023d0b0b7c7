/** One's own account: the password, and where one is signed in. */
import { Badge, Button, Card, Group, PasswordInput, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { useSession } from "../../station/session.ts";
import { texts } from "../../texts/en.ts";
import { moment } from "../../ui/format.ts";
import { runAndNotify } from "../../ui/notify.ts";

const t = texts.settings;

function OwnPassword() {
  const [old, setOld] = useState("");
  const [password, setPassword] = useState("");
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const done = await runAndNotify(
      () => client.session.changePassword({ old, password }),
      () => t.passwordChanged,
    );
    if (done === undefined) return;
    setOld("");
    setPassword("");
  };
  return (
    <Card withBorder padding="md">
      <form onSubmit={(event) => void submit(event)}>
        <Group align="flex-end">
          <PasswordInput
            label={t.oldPassword}
            value={old}
            onChange={(event) => setOld(event.currentTarget.value)}
            autoComplete="current-password"
            required
            w={220}
          />
          <PasswordInput
            label={t.newPassword}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="new-password"
            minLength={8}
            required
            w={330}
          />
          <Button type="submit">{t.changePassword}</Button>
        </Group>
      </form>
    </Card>
  );
}

function Places() {
  const places = useQuery(api.session.list.queryOptions());
  const end = (id: string): void =>
    void runAndNotify(
      () => client.session.end({ id }),
      () => t.endedPlace,
    ).then(() => places.refetch());
  return (
    <Table verticalSpacing="xs" withTableBorder>
      <Table.Tbody>
        {(places.data ?? []).map(({ id, agent, lastUsedDate, isCurrent }) => (
          <Table.Tr key={id}>
            <Table.Td style={{ overflowWrap: "anywhere" }}>
              <Text size="sm">{agent || t.unnamedPlace}</Text>
              <Text size="xs" c="dimmed">
                {t.lastUsed(moment(lastUsedDate))}
              </Text>
            </Table.Td>
            <Table.Td w={150} ta="right">
              {isCurrent ? (
                <Badge variant="light">{t.thisPlace}</Badge>
              ) : (
                <Button size="compact-sm" variant="default" onClick={() => end(id)}>
                  {t.endPlace}
                </Button>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

export function Account() {
  const person = useSession().data?.person;
  if (person == null) return null;
  return (
    <Stack gap="md" maw={860}>
      <Text size="sm">{t.accountLead(person.name, t.roles[person.role])}</Text>
      <OwnPassword />
      <Title order={2} size="h5">
        {t.places}
      </Title>
      <Places />
    </Stack>
  );
}
