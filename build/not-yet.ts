/** Says what is missing for `npm start` and `npm run dist`, until the window and the installers are there. */
const messages: Readonly<Record<string, string>> = {
  start:
    "The workstation's window is not there yet; Archivist works from the command line.\n" +
    "Try `npm run demo`, or `npm run archivist -- --help`.",
  dist: "Installers cannot be made yet: the desktop shell that they would hold is not there.",
};

process.stderr.write(`${messages[process.argv[2] ?? ""] ?? "This is not there yet."}\n`);
process.exitCode = 1;
