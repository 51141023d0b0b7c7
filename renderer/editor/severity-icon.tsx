/** How grave an issue is, by shape and color. */
import { IconAlertCircle, IconAlertTriangle } from "@tabler/icons-react";
import type { Severity } from "../../electron/captions/quality/severity.ts";
import classes from "./editor.module.css";

export function SeverityIcon({ severity }: { readonly severity: Severity }) {
  const Shape = severity === "error" ? IconAlertCircle : IconAlertTriangle;
  return (
    <span className={classes.severity} data-severity={severity}>
      <Shape size={16} aria-hidden />
    </span>
  );
}
