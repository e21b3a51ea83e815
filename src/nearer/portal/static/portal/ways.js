// On a small screen the ways through the desk scroll sideways: begin where one is.
const here = document.querySelector(".desk-ways [aria-current]");
const ways = here?.closest("ul");
if (ways) ways.scrollLeft = here.offsetLeft - ways.offsetLeft - ways.clientWidth / 3;
