// A form with hx-boost is answered in place. Where the answer asks for no focus of its own, as the list of what is
// wrong does, the reader is taken to its beginning, as a page that loads would do.
document.addEventListener("htmx:after:swap", () => {
  const main = document.getElementById("main");
  if (!main || main.querySelector("[autofocus]")) return;
  main.focus({ preventScroll: true });
  window.scrollTo(0, 0);
});
