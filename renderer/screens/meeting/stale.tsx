/** Says that something is older than the captions, with the button that derives it anew. */
import { Alert, Button, Text } from "@mantine/core";
import { mayAct, type Role } from "../../../electron/contract/api/base.ts";
import { client } from "../../station/connection.ts";
import { texts } from "../../texts/en.ts";
import { runAndNotify } from "../../ui/notify.ts";

/** Has files, summary and key phrases derived anew. */
export const exportFiles = (id: string) =>
  runAndNotify(
    () => client.meeting.exportFiles({ id }),
    () => texts.meeting.export.running,
  );

interface StaleProps {
  readonly id: string;
  readonly text: string;
  readonly role: Role;
  readonly onChange: () => void;
}

export function Stale({ id, text, role, onChange }: StaleProps) {
  return (
    <Alert color="orange" py="xs">
      <Text size="sm">{text}</Text>
      {mayAct(role, "operator") ? (
        <Button
          size="compact-sm"
          mt={4}
          variant="light"
          color="orange"
          onClick={async () => {
            await exportFiles(id);
            onChange();
          }}
        >
          {texts.meeting.reexport}
        </Button>
      ) : null}
    </Alert>
  );
}
