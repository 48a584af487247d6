// Buttons and a slider that lead through numbered positions, by hand or by themselves.
import { button, element } from "./shared.js";

const PLAY_MILLISECONDS = 600;
const PLAYER_ICONS = {
  restart: "M3 3v10M13 3 6 8l7 5z",
  back: "M11 3 4 8l7 5z",
  play: "M4 2v12l9-6z",
  pause: "M5 3v10M11 3v10",
  next: "M5 3l7 5-7 5z",
};

// `read()` gives { index, count }; `goTo(index)` and `restart()` change it. `signal` ends it all.
export function createPlayer(signal, { read, goTo, restart }) {
  let playing = 0; // the timer's number
  const within = (index) => Math.max(0, Math.min(read().count - 1, index));

  function stop() {
    clearInterval(playing);
    playing = 0;
    drawButton();
  }

  function play() {
    if (read().index === read().count - 1) restart();
    playing = setInterval(() => {
      goTo(within(read().index + 1));
      if (read().index === read().count - 1) stop();
    }, PLAY_MILLISECONDS);
    drawButton();
  }

  const byHand = (action) => () => {
    stop();
    action();
  };

  const playButton = button("Play", () => (playing ? stop() : play()), PLAYER_ICONS.play);
  const slider = element("input", { type: "range", min: 0, "aria-label": "Position" });
  slider.addEventListener("input", byHand(() => goTo(Number(slider.value))));
  const progress = element("span", { class: "cnn-progress" });
  const node = element(
    "div",
    { class: "cnn-tools" },
    button("Start again", byHand(restart), PLAYER_ICONS.restart),
    button("Back", byHand(() => goTo(within(read().index - 1))), PLAYER_ICONS.back),
    playButton,
    button("Next", byHand(() => goTo(within(read().index + 1))), PLAYER_ICONS.next),
    slider,
    progress,
  );

  function drawButton() {
    playButton.lastChild.textContent = playing ? "Pause" : "Play";
    playButton
      .querySelector("path")
      .setAttribute("d", playing ? PLAYER_ICONS.pause : PLAYER_ICONS.play);
  }

  // `spoken` is what the slider's position is called aloud.
  function draw(spoken) {
    const { index, count } = read();
    slider.max = count - 1;
    slider.value = index;
    slider.setAttribute("aria-valuetext", spoken);
    progress.textContent = `${index + 1} of ${count}`;
  }

  signal.addEventListener("abort", () => clearInterval(playing));
  return { node, draw, stop, isPlaying: () => playing !== 0 };
}
