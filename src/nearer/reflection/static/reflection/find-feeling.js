// Finding a word by a part of it, or by what it is like; accents and case do not matter.
const root = document.querySelector("[data-feelings]");
const find = root.querySelector("#find");
const found = root.querySelector("[data-found]");
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const words = [...document.querySelectorAll("[data-word]")].map((entry) => ({
  entry,
  text: plain(entry.textContent),
  link: root.querySelector(`[data-feeling="${CSS.escape(entry.dataset.word)}"]`),
}));
function search() {
  const wanted = plain(find.value.trim());
  let count = 0;
  for (const { entry, text, link } of words) {
    const fits = text.includes(wanted);
    count += fits;
    link.classList.toggle("is-faint", !fits);
    entry.hidden = !fits;
  }
  const { none, one, many } = found.dataset;
  found.textContent = wanted ? [none, one][count] ?? many.replace("NUMBER", count) : "";
}
find.addEventListener("input", search);
root.querySelector("[data-find]").hidden = false;
