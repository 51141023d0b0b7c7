/** Says what is missing for `npm run dist`, until the installers are there. */
process.stderr.write("Installers cannot be made yet: the desktop shell that they would hold is not there.\n");
process.exitCode = 1;
