// Draw where the evidence for a class lies: red, and dark what the network doesn't see.
"use strict";

const RED = [204, 28, 28]; // as on all maps of the course
const STRONGEST = 0.7; // how much of the red there is where the map is largest
const SHADE = 0.55; // how much of the black there is outside the square
const FINE = 256; // pixels of the enlarged map along each side

// The positive part of the map of one class, scaled to its largest value: from 0 to 1.
function evidence({ maps, side }, label) {
  const map = maps.slice(label * side * side, (label + 1) * side * side).map((v) => Math.max(v, 0));
  const most = Math.max(...map) || 1;
  return map.map((value) => value / most);
}

// Enlarge a map (side, side) to (FINE, FINE), linearly between the middles of its cells.
function enlarge(map, side) {
  const places = Array.from({ length: FINE }, (_, i) => {
    const at = Math.min(side - 1, Math.max(0, ((i + 0.5) * side) / FINE - 0.5));
    const before = Math.min(side - 2, Math.floor(at));
    return [before, at - before];
  });
  return places.flatMap(([y, down]) =>
    places.map(([x, right]) => {
      const row = (line) => {
        const start = (y + line) * side + x;
        return map[start] * (1 - right) + map[start + 1] * right;
      };
      return row(0) * (1 - down) + row(1) * down;
    }),
  );
}

// Lay a map over a picture as large as the canvas.
function drawEvidence(canvas, map, side) {
  const { width, height } = canvas;
  const red = new ImageData(FINE, FINE);
  enlarge(map, side).forEach((value, i) => {
    red.data.set([...RED, Math.round(255 * STRONGEST * value)], 4 * i);
  });
  const small = new OffscreenCanvas(FINE, FINE);
  small.getContext("2d").putImageData(red, 0, 0);
  const square = Math.min(width, height);
  const [left, top] = [(width - square) / 2, (height - square) / 2];
  const context = canvas.getContext("2d");
  context.clearRect(0, 0, width, height);
  context.fillStyle = `rgb(0 0 0 / ${SHADE})`;
  context.fillRect(0, 0, width, height);
  context.clearRect(left, top, square, square);
  context.imageSmoothingQuality = "high";
  context.drawImage(small, left, top, square, square);
}

const PLACES = [
  ["in the upper left", "at the top", "in the upper right"],
  ["on the left", "in the middle", "on the right"],
  ["in the lower left", "at the bottom", "in the lower right"],
];

// Say in words where a map is largest.
function whereLargest(map, side) {
  const at = map.indexOf(Math.max(...map));
  const third = (cell) => Math.floor((3 * (cell + 0.5)) / side);
  return PLACES[third(Math.floor(at / side))][third(at % side)];
}
