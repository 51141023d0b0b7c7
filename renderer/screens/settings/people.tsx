/** The accounts: who may sign in, and with which role. */
import { Button, Card, Group, PasswordInput, Select, Stack, Switch, Table, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Role, roles } from "../../../electron/contract/api/base.ts";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { runAndNotify } from "../../ui/notify.ts";

const t = texts.settings;

export function People() {
  const people = useQuery(api.session.people.queryOptions());
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [role, setRole] = useState<Role>("operator");
  const change = (work: () => Promise<unknown>): void => void runAndNotify(work).then(() => people.refetch());
  return (
    <Stack gap="md" maw={760}>
      <Table verticalSpacing="xs">
        <Table.Tbody>
          {(people.data ?? []).map(({ id, name: own, role: ownRole, active }) => (
            <Table.Tr key={id}>
              <Table.Td>{own}</Table.Td>
              <Table.Td>
                <Select
                  size="xs"
                  w={130}
                  aria-label={`${t.role}: ${own}`}
                  data={roles.map((value) => ({ value, label: t.roles[value] }))}
                  value={ownRole}
                  onChange={(value) => change(() => client.session.changePerson({ id, role: value as Role }))}
                />
              </Table.Td>
              <Table.Td>
                <Switch
                  size="xs"
                  label={t.active}
                  checked={active}
                  onChange={(event) =>
                    change(() => client.session.changePerson({ id, active: event.currentTarget.checked }))
                  }
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Card withBorder padding="md">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            change(async () => {
              await client.session.addPerson({ name, password, role });
              setName("");
              setPassword("");
            });
          }}
        >
          <Group align="flex-end">
            <TextInput
              label={t.name}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              required
              autoComplete="off"
            />
            <PasswordInput
              label={t.password}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              minLength={8}
              required
              w={180}
              autoComplete="new-password"
            />
            <Select
              label={t.role}
              w={130}
              data={roles.map((value) => ({ value, label: t.roles[value] }))}
              value={role}
              onChange={(value) => setRole((value ?? "operator") as Role)}
            />
            <Button type="submit">{t.addPerson}</Button>
          </Group>
        </form>
      </Card>
    </Stack>
  );
}
