// Slow breathing: in for four seconds, out for six, no holding; five minutes, and stopping is always one press away.
const root = document.querySelector("[data-breathing]");
const [one, two] = [root.querySelector("[data-one]"), root.querySelector("[data-two]")];
const word = root.querySelector("[data-word]");
const left = root.querySelector("[data-left]");
const start = root.querySelector("[data-start]");
const sound = root.querySelector("[data-sound]");
const motion = root.querySelector("[data-motion]");
const IN = 4;
const OUT = 6;
const MINUTES = 5;
const [FAR, NEAR] = [80, 34]; // how far each circle's middle is from the picture's
const names = { begin: start.textContent, stop: start.dataset.stop, ready: word.textContent };
let run = null;

const eased = (part) => (1 - Math.cos(Math.PI * part)) / 2;

function draw(near) {
  const away = FAR - (FAR - NEAR) * (motion.checked ? near : 0.5);
  one.setAttribute("cx", 200 - away);
  two.setAttribute("cx", 200 + away);
}

// Two quiet tones a fifth apart: the higher for in, the lower for out.
function tone(isIn) {
  if (!sound.checked) return;
  run.audio ??= new AudioContext();
  const [voice, volume] = [run.audio.createOscillator(), run.audio.createGain()];
  const [now, lasts] = [run.audio.currentTime, isIn ? IN : OUT];
  voice.frequency.value = isIn ? 220 : 146.7;
  volume.gain.setValueAtTime(0.0001, now);
  volume.gain.exponentialRampToValueAtTime(0.06, now + lasts * 0.4);
  volume.gain.exponentialRampToValueAtTime(0.0001, now + lasts);
  voice.connect(volume).connect(run.audio.destination);
  voice.start(now);
  voice.stop(now + lasts);
}

function say(isIn) {
  if (run.isIn === isIn) return;
  run.isIn = isIn;
  word.textContent = isIn ? word.dataset.in : word.dataset.out;
  tone(isIn);
}

function step(time) {
  if (!run) return;
  run.since ??= time;
  const seconds = (time - run.since) / 1000;
  const rest = MINUTES * 60 - seconds;
  if (rest <= 0) return stop(word.dataset.end);
  const at = seconds % (IN + OUT);
  const isIn = at < IN;
  say(isIn);
  draw(isIn ? eased(at / IN) : 1 - eased((at - IN) / OUT));
  left.textContent = left.dataset.words.replace("MINUTES", `${Math.floor(rest / 60)}:${String(Math.floor(rest % 60)).padStart(2, "0")}`);
  run.frame = requestAnimationFrame(step);
}

function stop(words = names.ready) {
  cancelAnimationFrame(run?.frame);
  run?.audio?.close();
  run = null;
  word.textContent = words;
  left.textContent = "";
  start.textContent = names.begin;
  draw(0);
}

start.addEventListener("click", () => {
  if (run) return stop();
  run = {};
  start.textContent = names.stop;
  run.frame = requestAnimationFrame(step);
});
motion.checked = !matchMedia("(prefers-reduced-motion: reduce)").matches;
motion.addEventListener("change", () => draw(0));
sound.addEventListener("change", () => sound.checked || run?.audio?.suspend());
draw(0);
root.hidden = false;
