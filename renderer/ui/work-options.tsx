/** Fields for what is made of recordings: formats, summary, speakers. */
import { MultiSelect, Select } from "@mantine/core";
import { captionFormats } from "../../electron/captions/formats/format-names.ts";
import type { OutputFormat } from "../../electron/contract/formats.ts";
import { texts } from "../texts/en.ts";

const t = texts.work.options;

/** What a person has chosen; undefined: as set elsewhere. */
export interface OutputChoice {
  readonly formats?: readonly OutputFormat[] | undefined;
  readonly summary?: boolean | undefined;
  readonly speakers?: boolean | undefined;
}

interface FieldsProps {
  readonly choice: OutputChoice;
  readonly onChange: (choice: OutputChoice) => void;
  readonly formats: readonly OutputFormat[];
  /** What an empty field stands for. */
  readonly usual: string;
  readonly size?: "xs" | "sm";
}

const toText = (value: boolean | undefined): string => (value === undefined ? "usual" : value ? "yes" : "no");
const toValue = (text: string | null): boolean | undefined =>
  text === "yes" ? true : text === "no" ? false : undefined;

export function OutputFields({ choice, onChange, formats, usual, size = "sm" }: FieldsProps) {
  const answers = [
    { value: "usual", label: usual },
    { value: "yes", label: t.yes },
    { value: "no", label: t.no },
  ];
  return (
    <>
      <MultiSelect
        size={size}
        label={t.formats}
        placeholder={(choice.formats ?? []).length === 0 ? usual : ""}
        data={formats.map((value) => ({ value, label: captionFormats[value].label }))}
        value={[...(choice.formats ?? [])]}
        onChange={(chosen) =>
          onChange({
            ...choice,
            formats: chosen.length === 0 ? undefined : formats.filter((each) => chosen.includes(each)),
          })
        }
        clearable
        style={{ flex: 1, minWidth: 170 }}
      />
      {(["summary", "speakers"] as const).map((name) => (
        <Select
          key={name}
          size={size}
          w={130}
          label={t[name]}
          data={answers}
          value={toText(choice[name])}
          onChange={(value) => onChange({ ...choice, [name]: toValue(value) })}
          allowDeselect={false}
        />
      ))}
    </>
  );
}

/** Without what was not chosen, as requests want it. */
export const toOutputOptions = ({ formats, summary, speakers }: OutputChoice) => ({
  ...(formats === undefined ? {} : { formats: [...formats] }),
  ...(summary === undefined ? {} : { summary }),
  ...(speakers === undefined ? {} : { speakers }),
});
