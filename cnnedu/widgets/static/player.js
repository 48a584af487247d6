// Buttons and a slider that lead through numbered positions, by hand or by themselves. A screen
// reader speaks the result, but not at every step while it plays.
import { button, clamp, element, setText } from "./shared.js";

const PLAY_MILLISECONDS = 600;
const PLAYER_ICONS = {
  restart: "M3 3v10M13 3 6 8l7 5z",
  back: "M11 3 4 8l7 5z",
  play: "M4 2v12l9-6z",
  pause: "M5 3v10M11 3v10",
  next: "M5 3l7 5-7 5z",
};

// `read()` returns { index, count }; `goTo(index)` and `restart()` change it. `signal` ends it all.
export function createPlayer(signal, { read, goTo, restart }) {
  let playing = 0; // the timer's number
  let result = "";
  const within = (index) => clamp(index, 0, read().count - 1);

  function stop() {
    clearInterval(playing);
    playing = 0;
    drawState();
  }

  function play() {
    if (read().index === read().count - 1) restart();
    playing = setInterval(() => {
      goTo(within(read().index + 1));
      if (read().index === read().count - 1) stop();
    }, PLAY_MILLISECONDS);
    drawState();
  }

  const byHand = (action) => () => {
    stop();
    action();
  };

  const playButton = button("Play", () => (playing ? stop() : play()), PLAYER_ICONS.play);
  const slider = element("input", { type: "range", min: 0, "aria-label": "Position" });
  slider.addEventListener("input", byHand(() => goTo(Number(slider.value))));
  const progress = element("span", { class: "cnn-progress" });
  const status = element("p", { class: "cnn-spoken", role: "status" });
  const node = element(
    "div",
    { class: "cnn-player" },
    button("Start again", byHand(restart), PLAYER_ICONS.restart),
    button("Back", byHand(() => goTo(within(read().index - 1))), PLAYER_ICONS.back),
    playButton,
    button("Next", byHand(() => goTo(within(read().index + 1))), PLAYER_ICONS.next),
    slider,
    progress,
    status,
  );

  function drawState() {
    if (!playing) setText(status, result);
    const name = playing ? "Pause" : "Play";
    if (playButton.textContent === name) return;
    playButton.lastChild.textContent = name;
    playButton.querySelector("path").setAttribute("d", PLAYER_ICONS[name.toLowerCase()]);
  }

  // `spoken` names the slider's position to a screen reader, `found` is the result there.
  function draw({ index, count }, spoken, found) {
    slider.max = count - 1;
    slider.value = index;
    slider.setAttribute("aria-valuetext", spoken);
    setText(progress, `${index + 1} of ${count}`);
    result = `${spoken}: ${found}`;
    drawState();
  }

  signal.addEventListener("abort", () => clearInterval(playing));
  return { node, draw, stop };
}
