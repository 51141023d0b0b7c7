/** Names of the channels between preload and main process; pages never see them. */
export const channels = {
  connect: "archivist:connect",
  chooseFiles: "archivist:choose-files",
  setMenu: "archivist:set-menu",
  about: "archivist:about",
  reopen: "archivist:reopen",
  checkForUpdate: "archivist:check-for-update",
  installUpdate: "archivist:install-update",
  postponeUpdate: "archivist:postpone-update",
  showPrevious: "archivist:show-previous",
  port: "archivist:port",
  action: "archivist:action",
  files: "archivist:files",
  station: "archivist:station",
  update: "archivist:update",
} as const;
