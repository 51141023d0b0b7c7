/** Settings as they stand in their file: groups of values, named by dotted keys such as `speech.beamSize`. */

export type SettingTree = Record<string, unknown>;

function splitKey(key: string): readonly [group: string, name: string] {
  const [group = "", name = ""] = key.split(".");
  return [group, name];
}

/** @returns undefined where the group or the setting is not there, or the group is none */
export function getSetting(tree: Readonly<SettingTree>, key: string): unknown {
  const [group, name] = splitKey(key);
  const inner = tree[group];
  return typeof inner === "object" && inner !== null ? (inner as SettingTree)[name] : undefined;
}

/** Sets a value, in its group or in a new one. */
export function putSetting(tree: SettingTree, key: string, value: unknown): void {
  const [group, name] = splitKey(key);
  const inner = tree[group];
  if (typeof inner === "object" && inner !== null) (inner as SettingTree)[name] = value;
  else tree[group] = { [name]: value };
}
