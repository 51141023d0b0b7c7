/** Which sound of the recording the captions were made from, and the way to use another one. */
import { Button, Group, Menu, Text } from "@mantine/core";
import { IconVolume } from "@tabler/icons-react";
import { mayAct, type Role } from "../../../electron/contract/api/base.ts";
import { client } from "../../station/connection.ts";
import { Failure } from "../../station/failure.ts";
import { texts } from "../../texts/en.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { listSoundOptions } from "../../ui/sound-options.ts";
import type { MeetingView } from "./details.tsx";

const t = texts.sound;

interface MeetingSoundProps {
  readonly view: MeetingView;
  readonly role: Role;
}

/** Transcribes the recording again from another of its sounds. @throws Failure */
async function transcribeFrom({ path, meeting, type, title }: MeetingView, sound: string): Promise<void> {
  const { city, date } = meeting;
  const recording = { path, city, date, type, title, sound };
  const [result] = await client.intake.start({ recordings: [recording], options: { force: true } });
  if (result?.problem != null) throw new Failure(result.problem);
}

export function MeetingSound({ view, role }: MeetingSoundProps) {
  if (view.sound === null) return null;
  const { sound, offered } = view.sound;
  const options = listSoundOptions(offered);
  if (options.length < 2 && !sound.isSet) return null;
  const used = [
    t.used(sound.streams, offered.length),
    ...(sound.channel === undefined ? [] : [t.usedChannel(sound.channel)]),
    sound.isSet ? t.isSet : t.isFound,
  ].join(", ");
  return (
    <Group gap="xs" mb="xs">
      <IconVolume size={16} aria-hidden />
      <Text size="sm" c={sound.others.length > 0 ? "orange" : "dimmed"}>
        {used}. {sound.others.length > 0 ? t.others(sound.others) : null}
      </Text>
      {mayAct(role, "operator") ? (
        <Menu withinPortal position="bottom-start">
          <Menu.Target>
            <Button size="compact-xs" variant="default">
              {t.change}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t.again}</Menu.Label>
            {options.map(({ value, label }) => (
              <Menu.Item
                key={value}
                onClick={() =>
                  void runAndNotify(
                    () => transcribeFrom(view, value),
                    () => t.begun,
                  )
                }
              >
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
    </Group>
  );
}
