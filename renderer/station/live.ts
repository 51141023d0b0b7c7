/** Hooks for live data in a component: the latest state, reopened whenever the connection was broken. */
import { useEffect, useRef, useState } from "react";
import { useConnection } from "./connection.ts";

type Source<T> = (signal: AbortSignal) => Promise<AsyncIterable<T>>;

const pauseMs = 500;

/**
 * @param key identifies the stream: another key opens another stream
 * @param source called with a signal that ends the stream
 */
export function useLive<T>(key: string, source: Source<T>): T | undefined {
  const [value, setValue] = useState<T>();
  useStream(key, source, setValue);
  return value;
}

/** Subscribes to a stream. @param onPiece called with each item; always the function of the latest render */
export function useStream<T>(key: string, source: Source<T>, onPiece: (piece: T) => void): void {
  const latest = useRef({ source, onPiece });
  latest.current = { source, onPiece };
  const isOpen = useConnection(({ state }) => state === "open");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key identifies the stream
  useEffect(() => {
    if (!isOpen) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    void (async () => {
      while (!signal.aborted) {
        try {
          for await (const piece of await latest.current.source(signal)) {
            if (signal.aborted) return;
            latest.current.onPiece(piece);
          }
        } catch {
          // The connection was broken, or the stream has ended: reopen it.
        }
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    })();
    return () => controller.abort();
  }, [key, isOpen]);
}
