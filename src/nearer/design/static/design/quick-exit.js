// Leaving quickly: the link works without this file; here it also drops the page from the back button,
// and the Shift key pressed three times within two seconds does the same.
const link = document.querySelector("[data-quick-exit]");

function leave(event) {
  event?.preventDefault();
  document.title = "";
  document.body.replaceChildren();
  location.replace(link.href);
}

let presses = [];
function listen(event) {
  if (event.key !== "Shift") {
    presses = [];
  } else if (!event.repeat) {
    presses = [...presses, event.timeStamp].filter((time) => event.timeStamp - time < 2000);
    if (presses.length === 3) leave();
  }
}

link?.addEventListener("click", leave);
document.addEventListener("keydown", listen);
