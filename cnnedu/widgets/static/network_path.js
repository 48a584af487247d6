// The way down through a network: from an output to one of its inputs, and what that input came from.
import { explainOutput, windowOf } from "./network.js";

// Layers that make each output of one input, or keep one of several: the way leads through them.
const PASSING = ["relu", "gelu", "tanh", "sigmoid", "scale", "times", "flatten", "max", "peak"];

// The place [channel, row, column] in x of the input [c, u, v] of an output [map, i, j] of a layer:
// number u, v of the window in channel c. In the padding there is none: null.
export function inputAt(layer, x, [map, i, j], [c, u, v] = []) {
  if (layer.kind === "flatten") {
    const pixels = x.height * x.width;
    return [Math.floor(map / pixels), Math.floor((map % pixels) / x.width), map % x.width];
  }
  const [top, left] = windowOf(layer, [i, j], x);
  const [row, column] = [top + u, left + v];
  const inside = row >= 0 && row < x.height && column >= 0 && column < x.width;
  return inside ? [c, row, column] : null;
}

export const valueAt = ({ height, width, data }, [map, i, j]) =>
  data[(map * height + i) * width + j];

// Where number [layer, map, i, j] comes from, through all layers that only pass it on: the outputs
// on the way, from it down to a sum or, as layer −1, a number of the picture. `volumes` are the
// picture and the output of each layer.
export function comesFrom(layers, volumes, [layer, ...at]) {
  const way = [[layer, ...at]];
  while (layer >= 0 && PASSING.includes(layers[layer].kind)) {
    const x = volumes[layer];
    at = inputAt(layers[layer], x, at, keptInput(layers[layer], x, at));
    way.push([--layer, ...at]);
  }
  return way;
}

// The one input that such a layer passes on: [c, u, v].
function keptInput(layer, x, [map, i, j]) {
  if (layer.kind !== "max" && layer.kind !== "peak") return [map, 0, 0];
  const [top, left, height, width] = windowOf(layer, [i, j], x);
  let best = [map, 0, 0];
  let largest = -Infinity;
  for (let k = 0; k < height * width; k++) {
    const [u, v] = [Math.floor(k / width), k % width];
    const value = valueAt(x, [map, top + u, left + v]);
    if (value > largest) [largest, best] = [value, [map, u, v]];
  }
  return best;
}

// The input [c, u, v] that adds most to an output, up or down; of a mean, the largest number.
export function largestInput(groups) {
  let best = [groups[0].map, 0, 0];
  let largest = -1;
  for (const { map, x, products = x } of groups) {
    products.forEach((row, u) =>
      row.forEach((value, v) => {
        if (Math.abs(value) > largest) [largest, best] = [Math.abs(value), [map, u, v]];
      }),
    );
  }
  return best;
}

// The way to where input [c, u, v] of an output comes from; null in the padding.
export function wayDown(layers, volumes, [layer, ...at], input) {
  const place = inputAt(layers[layer], volumes[layer], at, input);
  return place && comesFrom(layers, volumes, [layer - 1, ...place]);
}

// The way from an output to the picture: through `input` first, then each time through the input
// that adds most. Returns the outputs passed with their inputs, the last output, and its input.
export function wayToPicture(layers, volumes, output, input) {
  const trail = [];
  for (;;) {
    const [layer, ...at] = output;
    input ??= largestInput(explainOutput(layers[layer], volumes[layer], at).groups);
    const way = wayDown(layers, volumes, output, input);
    if (!way || way.at(-1)[0] < 0) return { trail, output, input };
    trail.push([...output, ...input]);
    [output, input] = [way.at(-1), null];
  }
}

// The pixels of the picture that number [layer, map, i, j] can depend on: [top, left, height, width].
export function seenBy(layers, volumes, [layer, map, i, j]) {
  let [top, left, bottom, right] = [i, j, i, j];
  let takesAll = false; // whether a dense layer has been passed, which uses all that is below
  for (let k = layer; k >= 0; k--) {
    const x = volumes[k];
    takesAll ||= layers[k].kind === "dense";
    if (takesAll) {
      [top, left, bottom, right] = [0, 0, x.height - 1, x.width - 1];
      takesAll = x.height * x.width === 1;
      continue;
    }
    if (layers[k].kind === "flatten") {
      [, top, left] = inputAt(layers[k], x, [map]);
      [bottom, right] = [top, left];
      continue;
    }
    const [, , height, width] = windowOf(layers[k], [top, left], x);
    [top, left] = windowOf(layers[k], [top, left], x);
    [bottom, right] = windowOf(layers[k], [bottom, right], x);
    [bottom, right] = [bottom + height - 1, right + width - 1];
  }
  const { height, width } = volumes[0];
  [top, left] = [Math.max(0, top), Math.max(0, left)];
  return [top, left, Math.min(height, bottom + 1) - top, Math.min(width, right + 1) - left];
}
