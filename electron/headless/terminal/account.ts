/** Who acts at the command line, where no one has signed in. */
import { userInfo } from "node:os";

/** The account on this computer, for the log. */
export function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return "command line";
  }
}
