/** Dialog with all key bindings, generated from the action registry; bindings can be changed, and the page printed. */
import { Button, Checkbox, FileButton, Group, Kbd, Table, Text, TextInput, VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import type { KeyMode } from "../../actions/action.ts";
import { useActionContext } from "../../actions/context.ts";
import { useLayout } from "../../actions/keyboard-layout.ts";
import { findConflicts, keysFor, rebind, resetKeys, useKeymap } from "../../actions/keymap.ts";
import { keysAsText, loadKeys } from "../../actions/keymap-file.ts";
import { formatKeys, isReserved, toKeys } from "../../actions/keys.ts";
import { type Action, editorActions, isPossible } from "../../actions/registry.ts";
import { texts } from "../../texts/en.ts";
import { saveText } from "../../ui/save-text.ts";
import classes from "../editor.module.css";

const t = texts.editor.shortcuts;
const lone = new Set([
  "ShiftLeft",
  "ShiftRight",
  "ControlLeft",
  "ControlRight",
  "AltLeft",
  "AltRight",
  "MetaLeft",
  "MetaRight",
]);

type EditorMode = Exclude<KeyMode, "app">;
const editorModes = ["review", "type"] as const;

interface Waiting {
  readonly action: Action;
  readonly mode: EditorMode;
}

export function ShortcutsDialog() {
  useKeymap(({ own }) => own);
  useLayout(({ labels }) => labels);
  const [waiting, setWaiting] = useState<Waiting>();
  const [notice, setNotice] = useState("");
  const [sought, setSought] = useState("");
  const [onlyPossible, setOnlyPossible] = useState(false);
  const context = useActionContext();
  const load = async (file: File | null): Promise<void> => {
    if (file === null) return;
    const loaded = loadKeys(await file.text());
    if (loaded === undefined) setNotice(`${t.invalid} ${t.invalidRemedy}`);
    else setNotice([t.loaded(loaded.taken), ...(loaded.left > 0 ? [t.left(loaded.left)] : [])].join(" "));
  };
  const take = (event: React.KeyboardEvent): void => {
    if (waiting === undefined || lone.has(event.code)) return;
    event.preventDefault();
    event.stopPropagation();
    const key = toKeys(event.nativeEvent);
    if (event.code === "Escape") setNotice("");
    else if (isReserved(key)) setNotice(t.reserved);
    else {
      const others = findConflicts(waiting.action, waiting.mode, key);
      setNotice(others.length === 0 ? "" : t.conflict(others.map(({ title }) => title).join(", ")));
      rebind(waiting.action, waiting.mode, key);
    }
    setWaiting(undefined);
  };
  const cell = (action: Action, mode: EditorMode) => {
    const isWaiting = waiting?.action.id === action.id && waiting.mode === mode;
    const keys = keysFor(action, mode);
    return (
      <Table.Td>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setWaiting({ action, mode })}>
          <VisuallyHidden>
            {t.change}: {action.title}, {t[mode]}{" "}
          </VisuallyHidden>
          {isWaiting ? t.press : keys.length === 0 ? "–" : keys.map((key) => <Kbd key={key}>{formatKeys(key)}</Kbd>)}
        </Button>
      </Table.Td>
    );
  };
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  const isShown = (action: Action): boolean => {
    if (onlyPossible && !isPossible(action, context)) return false;
    const keys = editorModes.flatMap((mode) => keysFor(action, mode).map((key) => formatKeys(key))).join(" ");
    const text = `${action.title} ${keys}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const groups = Map.groupBy(editorActions.filter(isShown), ({ group }) => group);
  return (
    <div onKeyDownCapture={take}>
      <Group justify="space-between" mb="xs">
        <Text size="sm" c="orange" role="status">
          {notice}
        </Text>
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={() => saveText("archivist-keys.json", keysAsText())}>
            {t.save}
          </Button>
          <FileButton accept=".json,application/json" onChange={(file) => void load(file)}>
            {(props) => (
              <Button {...props} size="xs" variant="default">
                {t.load}
              </Button>
            )}
          </FileButton>
          <Button size="xs" variant="default" onClick={resetKeys}>
            {t.reset}
          </Button>
          <Button size="xs" variant="default" onClick={() => window.print()}>
            {t.print}
          </Button>
        </Group>
      </Group>
      <Group mb="xs" gap="md">
        <TextInput
          size="xs"
          style={{ flex: 1 }}
          aria-label={t.search}
          placeholder={t.search}
          value={sought}
          onChange={(event) => setSought(event.currentTarget.value)}
          data-autofocus
        />
        <Checkbox
          size="xs"
          label={t.onlyPossible}
          checked={onlyPossible}
          onChange={(event) => setOnlyPossible(event.currentTarget.checked)}
        />
      </Group>
      {groups.size === 0 ? <Text size="sm">{t.nothing}</Text> : null}
      <div className={classes.shortcuts}>
        {[...groups].map(([group, actions]) => (
          <Table key={group} mb="sm" verticalSpacing={2} style={{ breakInside: "avoid" }}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t.groups[group]}</Table.Th>
                <Table.Th w={170}>{t.review}</Table.Th>
                <Table.Th w={190}>{t.type}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {actions.map((action) => (
                <Table.Tr key={action.id}>
                  <Table.Td>{action.title}</Table.Td>
                  {cell(action, "review")}
                  {cell(action, "type")}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        ))}
      </div>
    </div>
  );
}
