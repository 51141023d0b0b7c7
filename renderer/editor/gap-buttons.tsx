/** What a person may do about speech without captions: in its row of the list, and among the issues. */
import { Button, Group } from "@mantine/core";
import type { ReactNode } from "react";
import type { TimeSpan } from "../../electron/captions/time/span.ts";
import { KeyTip } from "../actions/key-tip.tsx";
import { texts } from "../texts/en.ts";
import { answerGap, fillGap } from "./actions/gap-commands.ts";
import { useEditor, useEditorContext } from "./context.ts";
import { formatTime } from "./format-time.ts";

interface GapButtonsProps {
  readonly gap: TimeSpan;
  /** More buttons. */
  readonly children?: ReactNode;
}

export function GapButtons({ gap, children }: GapButtonsProps) {
  const { session, show } = useEditorContext();
  const isWriter = useEditor((state) => state.isWriter);
  const hearAgain = (): void => {
    session.goToGap(gap);
    show("hear-again");
  };
  const answers = [
    ["fill-gap", texts.editor.gaps.fill, () => fillGap(session, gap)],
    ["hear-again", texts.editor.hearAgain.short, hearAgain],
    ["no-speech", texts.editor.gaps.noSpeech, () => answerGap(session, gap)],
  ] as const;
  return (
    <Group gap={4}>
      {answers.map(([action, label, answer]) => (
        <KeyTip key={label} action={action}>
          <Button
            size="compact-xs"
            variant="default"
            px={6}
            fw={500}
            style={{ flexShrink: 0 }}
            disabled={!isWriter}
            aria-label={`${label}, ${formatTime(gap.startMs)}`}
            onClick={answer}
          >
            {label}
          </Button>
        </KeyTip>
      ))}
      {children}
    </Group>
  );
}
