/** Table of checks with their states and remedies. */
import { Badge, Table, Text } from "@mantine/core";
import { texts } from "../texts/en.ts";

const colors = { ok: "teal", warning: "orange", error: "red" } as const;

export interface Check {
  readonly name: string;
  readonly status: keyof typeof colors;
  readonly detail: string;
  readonly remedy: string | null;
}

export function CheckList({ checks }: { readonly checks: readonly Check[] }) {
  return (
    <Table verticalSpacing="xs">
      <Table.Tbody>
        {checks.map(({ name, status, detail, remedy }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: several shares may have a finding of the same name
          <Table.Tr key={`${name} ${index}`}>
            <Table.Td w={150}>{name}</Table.Td>
            <Table.Td w={110}>
              <Badge variant="light" tt="none" color={colors[status]}>
                {texts.health.status[status]}
              </Badge>
            </Table.Td>
            <Table.Td>
              <Text size="sm" style={{ overflowWrap: "anywhere" }}>
                {detail}
              </Text>
              {remedy === null ? null : (
                <Text size="sm" c="orange">
                  {remedy}
                </Text>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
