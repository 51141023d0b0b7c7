/** A row of the list as a recording that the station is asked about. */
import type { RecordingOptions } from "../../../electron/contract/api/work-options.ts";
import { toOutputOptions } from "../../ui/work-options.tsx";
import type { Row } from "./list.ts";

/** @returns nothing for a recording that the station has not looked into */
export function toRecording({ candidate, own }: Row): readonly RecordingOptions[] {
  if (candidate === undefined) return [];
  const { path, city, date, type, title, soundChoice } = candidate;
  return [
    {
      ...{ path, city, date, type, title },
      ...(soundChoice === null ? {} : { sound: soundChoice }),
      ...toOutputOptions(own),
      ...(own.priority === undefined ? {} : { priority: own.priority }),
    },
  ];
}
