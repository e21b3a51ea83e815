// Fills in the zone that the browser keeps, so that times are read where one is. Without it, the state's zone is used.
const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
for (const field of document.querySelectorAll("input[data-zone]")) {
  if (timeZone && timeZone !== "UTC") field.value = timeZone;
}
