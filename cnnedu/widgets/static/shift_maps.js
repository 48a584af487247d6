// The maps of ShiftLab at every shift of the photograph. A shift is [down, right] in pixels; maps
// are volumes of one channel. Tests hold all of it to `ShiftLab` in Python.
import { avgPool2d, conv2d, createVolume, maxPool2d, relu } from "./volumes.js";

export const WINDOW = 32; // pixels along each side of what the network sees
export const MARGIN = 2; // pixels around it that filter, pooling and blur look at

const BINOMIAL = [1, 2, 1, 2, 4, 2, 1, 2, 1].map((weight) => weight / 16);

// How far the photograph can move: [down, right].
export const reachOf = (shape) => [0, 1].map((axis) => (shape[axis] - WINDOW) / 2 - MARGIN);

// Each pooling layer is something done at every place, and then every second number kept. `maps`
// holds what is done, for the whole photograph, so a shift costs no more than reading numbers off.
export function mapsOf({ shape: [height, width], data }, kernel, pooling) {
  const x = createVolume(1, height, width);
  for (let k = 0; k < data.length; k++) x.data[Math.floor(k / 3)] += data[k] / 3 / 255;
  const map = relu(conv2d(x, { filters: 1, height: 3, width: 3, data: kernel.flat() }));
  let everywhere = map;
  let before = 0; // how many places earlier the number of a window stands
  if (pooling === "max pool") everywhere = maxPool2d(map, 2, 1);
  if (pooling === "average pool") everywhere = avgPool2d(map, 2, 1);
  if (pooling === "max + blur") {
    everywhere = conv2d(maxPool2d(map, 2, 1), { filters: 1, height: 3, width: 3, data: BINOMIAL });
    before = 1; // the blur begins one place above and left of its middle
  }
  return { map, everywhere, before, reach: reachOf([height, width]) };
}

// The feature map (WINDOW × WINDOW) and the pooled map (half of it) at a shift.
export function atShift({ map, everywhere, before, reach }, shift) {
  const [top, left] = reach.map((most, axis) => most + MARGIN - 1 - shift[axis]);
  return {
    map: read(map, top, left, 1, WINDOW),
    pooled: read(everywhere, top - before, left - before, 2, WINDOW / 2),
  };
}

function read({ width, data }, top, left, step, size) {
  const out = createVolume(1, size, size);
  for (let i = 0; i < size; i++) {
    const row = (top + i * step) * width + left;
    for (let j = 0; j < size; j++) out.data[i * size + j] = data[row + j * step];
  }
  return out;
}

// ‖now − home‖ / ‖home‖, where `home` has been moved by whole places, [down, right]; only places
// where both have numbers count.
export function changeOf(now, home, [down, right] = [0, 0]) {
  const size = now.height;
  let [squares, all] = [0, 0];
  for (let i = Math.max(0, down); i < size + Math.min(0, down); i++) {
    for (let j = Math.max(0, right); j < size + Math.min(0, right); j++) {
      const value = home.data[(i - down) * size + j - right];
      squares += (now.data[i * size + j] - value) ** 2;
      all += value ** 2;
    }
  }
  return Math.sqrt(squares) / (Math.sqrt(all) || 1);
}

// The whole move of the map at home, `step` pixels each, that leaves least over: { moved, left }.
export function bestMove(now, home, shift, step) {
  const [downs, rights] = shift.map((by) => [Math.floor(by / step), Math.ceil(by / step)]);
  const found = downs.flatMap((down) =>
    rights.map((right) => ({ moved: [down, right], left: changeOf(now, home, [down, right]) })),
  );
  return found.reduce((best, other) => (other.left < best.left ? other : best));
}

// now − home moved along; NaN where home has nothing.
export function differenceOf(now, home, [down, right] = [0, 0]) {
  const size = now.height;
  return now.data.map((value, k) => {
    const [i, j] = [Math.floor(k / size) - down, (k % size) - right];
    return i < 0 || j < 0 || i >= size || j >= size ? NaN : value - home.data[i * size + j];
  });
}
