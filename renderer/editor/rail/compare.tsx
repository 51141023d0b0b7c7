/** What is different from another version: word by word, to be taken back one by one; and captions from a file. */
import { Button, FileButton, Group, Modal, Select, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { Cue } from "../../../electron/captions/cue.ts";
import { compareCues, compareWords, type Difference } from "../../../electron/captions/editing/compare.ts";
import { plainCue } from "../../../electron/captions/editing/document.ts";
import { client } from "../../api/connection.ts";
import { api } from "../../api/queries.ts";
import { texts } from "../../texts/en.ts";
import { doAndTell, tellDone } from "../../ui/tell.ts";
import { useEditor, useSession } from "../context.ts";
import classes from "../editor.module.css";
import { timeOf } from "../list/row.tsx";

const words = texts.editor.compare;
const mostShown = 200;

function Words({ before, after }: Pick<Difference, "before" | "after">) {
  return (
    <Text size="sm">
      {compareWords(before, after).map(({ kind, text }, index) => {
        const key = `${index} ${kind}`;
        if (kind === "gone") return <del key={key}>{text} </del>;
        return kind === "new" ? <ins key={key}>{text} </ins> : <span key={key}>{text} </span>;
      })}
    </Text>
  );
}

/** Captions as an edit takes them. */
const asData = (cues: readonly Cue[]): never => JSON.parse(JSON.stringify(cues)) as never;

async function asBase64(file: File): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(",") + 1);
}

function Import() {
  const session = useSession();
  const [read, setRead] = useState<Awaited<ReturnType<typeof client.editor.readFile>> & { name: string }>();
  const open = async (file: File | null): Promise<void> => {
    if (file === null) return;
    const { id } = session.frame;
    const found = await doAndTell(async () =>
      client.editor.readFile({ id, name: file.name, base64: await asBase64(file) }),
    );
    if (found !== undefined) setRead({ ...found, name: file.name });
  };
  const apply = (): void => {
    if (read === undefined) return;
    const cues = asData(read.cues as readonly Cue[]);
    if (session.edit({ type: "exchange", reason: "import", from: read.name, cues })) tellDone(words.imported);
    setRead(undefined);
  };
  return (
    <>
      <FileButton onChange={(file) => void open(file)} accept=".scc,.vtt,.srt,.ttml,.xml,.dfxp,.json,.txt">
        {(props) => (
          <Button {...props} size="xs" variant="default">
            {words.import}
          </Button>
        )}
      </FileButton>
      <Modal opened={read !== undefined} onClose={() => setRead(undefined)} title={words.importTitle(read?.name ?? "")}>
        <Text size="sm">{words.importLead(read?.cues.length ?? 0, read?.format ?? "")}</Text>
        {[...new Set(read?.notes)].slice(0, 5).map((note) => (
          <Text key={note} size="sm" c="orange">
            {note}
          </Text>
        ))}
        <Group mt="md">
          <Button onClick={apply}>{words.importNow}</Button>
        </Group>
      </Modal>
    </>
  );
}

export function Compare() {
  const session = useSession();
  const { id } = session.frame;
  const cues = useEditor(({ document }) => document.cues);
  const [number, setNumber] = useState("0");
  const meeting = useQuery(api.meeting.show.queryOptions({ input: { id }, meta: { calm: true } }));
  const past = useQuery({
    queryKey: ["editor-past", id, number],
    queryFn: () => client.editor.past({ id, number: Number(number) }),
    meta: { calm: true },
  });
  const differences = useMemo(
    () => (past.data === undefined ? [] : compareCues(past.data as readonly Cue[], cues.map(plainCue))),
    [past.data, cues],
  );
  const versions = meeting.data?.versions ?? [];
  const nameOf = (value: number, name: string | null): string =>
    value === 0 ? words.machine : words.version(value, name ?? "");
  const from = nameOf(Number(number), null);
  const revert = ({ before, startMs, endMs }: Difference): void => {
    session.edit({ type: "exchange", reason: "revert", from, startMs, endMs, cues: asData(before) });
  };
  return (
    <>
      <Select
        size="xs"
        label={words.with}
        data={versions.map((version) => ({
          value: String(version.number),
          label: nameOf(version.number, version.name),
        }))}
        value={number}
        onChange={(value) => value !== null && setNumber(value)}
      />
      <Group gap="xs">
        <Text size="sm" style={{ flex: 1 }}>
          {past.data === undefined
            ? texts.loading
            : differences.length === 0
              ? words.none
              : words.count(differences.length)}
        </Text>
        <Import />
        <Button
          size="xs"
          variant="default"
          disabled={differences.length === 0}
          onClick={() =>
            session.edit({ type: "exchange", reason: "revert", from, cues: asData(past.data as readonly Cue[]) })
          }
        >
          {words.revertAll}
        </Button>
      </Group>
      <div className={classes.entries}>
        {differences.slice(0, mostShown).map((difference) => (
          <div key={difference.startMs} className={classes.entry}>
            <span className={classes.small}>{timeOf(difference.startMs)}</span>
            <Words before={difference.before} after={difference.after} />
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              aria-label={`${words.revert}: ${timeOf(difference.startMs)}`}
              onClick={() => revert(difference)}
            >
              {words.revert}
            </Button>
          </div>
        ))}
      </div>
    </>
  );
}
