/** Shared parts of the share and city forms: validation problems per field, and the buttons at the end. */
import { Button, Group, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { z } from "zod";
import { texts } from "../../texts/en.ts";
import { useUnsaved } from "../../ui/unsaved.ts";

const t = texts.shares;

/** Problems by field path, such as `cablecast.channel`. */
export type Problems = Readonly<Record<string, string>>;

export function findProblems(schema: z.ZodType, value: unknown): Problems {
  const issues = schema.safeParse(value).error?.issues ?? [];
  const found: Record<string, string> = {};
  for (const { path, message } of issues) {
    const [first, second] = path.map(String);
    // A problem in a list marks the whole field; one in a group marks the field in it.
    const key = first === "cablecast" ? `${first}.${second}` : (first ?? "");
    found[key] ??= message;
  }
  return found;
}

/** A draft of a value and its validation problems, which are shown only once the person has tried to save. */
export function useDraft<T extends object>(saved: T, schema: z.ZodType) {
  const [initial] = useState(saved);
  const [draft, setDraft] = useState(initial);
  const [isShown, setIsShown] = useState(false);
  const problems = findProblems(schema, draft);
  useUnsaved(JSON.stringify(draft) !== JSON.stringify(initial));
  return {
    draft,
    set: <K extends keyof T>(key: K, value: T[K]): void => setDraft({ ...draft, [key]: value }),
    problems: isShown ? problems : {},
    /** @returns Whether it is valid; if not, the problems are shown from now on */
    check: (): boolean => {
      setIsShown(true);
      return Object.keys(problems).length === 0;
    },
  };
}

interface DraftFormProps extends FormEndProps {
  readonly mayChange: boolean;
  /** Called when the person wants to save. */
  readonly onKeep: () => void;
  readonly children: ReactNode;
}

/** Stacked fields with the buttons at the end. */
export function DraftForm({ mayChange, onKeep, children, ...end }: DraftFormProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onKeep();
      }}
    >
      <fieldset disabled={!mayChange} className="plain">
        <Stack gap="sm">
          {children}
          <FormEnd {...end} />
        </Stack>
      </fieldset>
    </form>
  );
}

interface FormEndProps {
  readonly isBad: boolean;
  readonly name: string;
  readonly onRemove: (() => Promise<boolean>) | undefined;
}

function FormEnd({ isBad, name, onRemove }: FormEndProps) {
  const [isSure, setIsSure] = useState(false);
  return (
    <>
      {isBad ? (
        <Text size="sm" c="red" role="alert">
          {t.bad}
        </Text>
      ) : null}
      <Group justify="space-between" mt="sm">
        <Button type="submit">{t.save}</Button>
        {onRemove === undefined ? null : (
          <Button
            variant={isSure ? "filled" : "subtle"}
            color="red"
            onClick={() => (isSure ? void onRemove() : setIsSure(true))}
            onBlur={() => setIsSure(false)}
          >
            {isSure ? t.removeSurely(name) : t.remove}
          </Button>
        )}
      </Group>
    </>
  );
}
