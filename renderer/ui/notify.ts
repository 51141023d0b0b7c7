/** Short notifications at the edge of the window. */
import { notifications } from "@mantine/notifications";
import { toFailure } from "../station/failure.ts";

/** @param id of two notices with one id only the newer one is shown */
export function notifyDone(message: string, id?: string): void {
  if (id !== undefined) notifications.hide(id);
  notifications.show({ message, color: "teal", ...(id === undefined ? {} : { id }) });
}

export function notifyFailure(thrown: unknown): void {
  const { problem } = toFailure(thrown);
  notifications.show({ title: problem.message, message: problem.remedy, color: "red", autoClose: 12_000 });
}

/** Reports that an action was not possible. Only the newest is shown, and only briefly. */
export function notifyRefused(message: string): void {
  notifications.hide("refused");
  notifications.show({ id: "refused", message, color: "orange", autoClose: 4_000 });
}

/** Runs an action that a person has requested, and reports its result. */
export async function runAndNotify<T>(work: () => Promise<T>, done?: (result: T) => string): Promise<T | undefined> {
  try {
    const result = await work();
    if (done !== undefined) notifyDone(done(result));
    return result;
  } catch (thrown) {
    notifyFailure(thrown);
    return undefined;
  }
}
