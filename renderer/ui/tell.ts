/** Short notices at the edge of the window. */
import { notifications } from "@mantine/notifications";
import { failureOf } from "../api/failure.ts";

export function tellDone(message: string): void {
  notifications.show({ message, color: "teal" });
}

export function tellFailure(thrown: unknown): void {
  const { problem } = failureOf(thrown);
  notifications.show({ title: problem.message, message: problem.remedy, color: "red", autoClose: 12_000 });
}

/** Does something that a person has asked for, and says how it ended. */
export async function doAndTell<T>(work: () => Promise<T>, done?: (result: T) => string): Promise<T | undefined> {
  try {
    const result = await work();
    if (done !== undefined) tellDone(done(result));
    return result;
  } catch (thrown) {
    tellFailure(thrown);
    return undefined;
  }
}
