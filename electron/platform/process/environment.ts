/**
 * The environment of child processes. Variables that make a loader or an interpreter run other code are removed
 * (Electron Fiddle blocks the same ones).
 */
const blocked = /^(LD_(PRELOAD|LIBRARY_PATH|AUDIT)|DYLD_.*|NODE_.*|ELECTRON_.*|ARCHIVIST_.*|FFREPORT|BASH_ENV|ENV)$/;

/** A copy of `source` without the variables that could change which code a child process runs. */
export function scrubbedEnvironment(source: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const clean: Record<string, string> = {};
  for (const [name, value] of Object.entries(source)) {
    if (value !== undefined && !blocked.test(name.toUpperCase())) clean[name] = value;
  }
  return clean;
}
