/** Says what is missing for `npm run dist`, until the installers are there. */
const messages: Readonly<Record<string, string>> = {
  dist: "Installers cannot be made yet: the desktop shell that they would hold is not there.",
};

process.stderr.write(`${messages[process.argv[2] ?? ""] ?? "This is not there yet."}\n`);
process.exitCode = 1;
