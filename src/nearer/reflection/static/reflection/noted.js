// What was noted on this page, and words of one's own. It stays on the page alone.
const root = document.querySelector("[data-noted]");
const notedList = root.querySelector("[data-noted-list]");

function note(word) {
  if (!word || [...notedList.children].some((item) => item.dataset.noted === word)) return;
  const item = document.createElement("li");
  item.dataset.noted = word;
  item.textContent = word;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.textContent = "×";
  remove.setAttribute("aria-label", `${notedList.dataset.remove}: ${word}`);
  remove.addEventListener("click", () => item.remove());
  item.append(remove);
  notedList.append(item);
}
document.querySelector("[data-feelings]").addEventListener("noted", (event) => note(event.detail));
root.querySelector("[data-own]").addEventListener("submit", (event) => {
  event.preventDefault();
  const input = event.target.querySelector("input");
  note(input.value.trim());
  input.value = "";
  input.focus();
});
root.querySelector("[data-print]").addEventListener("click", () => print());
root.hidden = false;
