/** Work has failed and is tried again: the time until then, counted down. */
import { Badge } from "@mantine/core";
import { useEffect, useState } from "react";
import { texts } from "../texts/en.ts";
import { clock } from "./format.ts";

/** @param at date and time of the next try */
export function RetryBadge({ at }: { readonly at: string }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 1_000);
    return () => window.clearInterval(timer);
  }, []);
  const leftMs = Date.parse(at) - now;
  return (
    <Badge variant="light" color="orange" tt="none">
      {leftMs > 0 ? texts.queue.retryIn(clock(leftMs)) : texts.queue.retrySoon}
    </Badge>
  );
}
