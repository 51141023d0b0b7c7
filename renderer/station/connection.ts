/**
 * The self-restoring connection to the station. Calls wait for it; calls that are in flight when it breaks fail, and
 * streams of live data are reopened and begin with a fresh snapshot.
 */
import { type ClientLink, createORPCClient } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import { create } from "zustand";
import type { Contract } from "../../electron/contract/api/contract.ts";
import { exponentialBackoffMs } from "../../electron/contract/backoff.ts";
import { openLink } from "./links.ts";

export type Client = ContractRouterClient<Contract>;

export type ConnectionState = "connecting" | "open" | "broken" | "signed out";

export const useConnection = create<{ readonly state: ConnectionState }>(() => ({ state: "connecting" }));

const maxWaitMs = 5_000;
const firstWaitMs = 250;

class Connection {
  #link: Promise<ClientLink<Record<never, never>>> | undefined;
  /** Failed attempts since it was last open. */
  #failures = 0;
  #isWanted = false;

  /** Opens the connection, and keeps it open from now on. */
  start(): void {
    this.#isWanted = true;
    void this.current().catch(() => undefined);
  }

  /** Stops reopening the connection, after sign-out. */
  stop(): void {
    this.#isWanted = false;
    useConnection.setState({ state: "signed out" });
  }

  current(): Promise<ClientLink<Record<never, never>>> {
    this.#link ??= this.#open();
    return this.#link;
  }

  async #open(): Promise<ClientLink<Record<never, never>>> {
    try {
      const { link, broken } = await openLink();
      this.#failures = 0;
      useConnection.setState({ state: "open" });
      void broken.then(() => this.#lost());
      return link;
    } catch (thrown) {
      this.#lost();
      throw thrown;
    }
  }

  #lost(): void {
    this.#link = undefined;
    if (!this.#isWanted) return;
    useConnection.setState({ state: "broken" });
    this.#failures++;
    const waitMs = exponentialBackoffMs({ attempt: this.#failures, firstMs: firstWaitMs, maxMs: maxWaitMs });
    setTimeout(() => void this.current().catch(() => undefined), waitMs);
  }
}

export const connection = new Connection();

/** Every procedure of the contract. */
export const client: Client = createORPCClient({
  call: async (path, input, options) => (await connection.current()).call(path, input, options),
});
