// Two curves over the same positions: filled in between points, compared, described in words.
const LEVEL = 0.1; // rises, falls and gaps below this share of the axis don't count

// The heights of a curve that is straight between the points that are set; NaN beyond them.
// Positions are `along` the axis, so on a log axis they are logarithms.
export function fillIn(along, heights) {
  const set = heights.flatMap((height, k) => (height === null ? [] : [k]));
  return along.map((place, k) => {
    const next = set.findIndex((point) => point >= k);
    if (next < 0 || (next === 0 && set[0] !== k)) return NaN;
    const [from, to] = [set[Math.max(0, next - 1)], set[next]];
    if (to === k) return heights[k];
    const share = (place - along[from]) / (along[to] - along[from]);
    return heights[from] + share * (heights[to] - heights[from]);
  });
}

// Where a drawn curve is furthest from the measured one, how far, and how much too high it is on
// average. Points where nothing is drawn don't count.
export function compareCurves(drawn, measured) {
  const over = drawn.map((height, k) => height - measured[k]);
  const known = [...over.keys()].filter((k) => !Number.isNaN(over[k]));
  const at = known.reduce((worst, k) => (Math.abs(over[k]) > Math.abs(over[worst]) ? k : worst));
  const level = known.reduce((sum, k) => sum + over[k], 0) / known.length;
  return { at, gap: Math.abs(over[at]), level, first: known[0], last: known.at(-1) };
}

// The rises and falls of a curve, each [from, to] in places of the list; one smaller than `least`
// belongs to what is around it.
export function curveRuns(values, least) {
  const turns = [];
  let [low, high, direction] = [0, 0, 0];
  values.forEach((value, k) => {
    if (value < values[low]) low = k;
    if (value > values[high]) high = k;
    if (direction !== -1 && values[high] - value >= least) {
      turns.push(high);
      [low, high, direction] = [k, k, -1];
    } else if (direction !== 1 && value - values[low] >= least) {
      turns.push(low);
      [low, high, direction] = [k, k, 1];
    }
  });
  if (direction) turns.push(direction > 0 ? high : low);
  return turns.slice(1).map((to, k) => [turns[k], to]);
}

// Where along the axis a rise or fall is half done.
export function halfway(along, values, [from, to]) {
  const half = (values[from] + values[to]) / 2;
  const rising = values[to] > values[from];
  let k = from + 1;
  while (rising ? values[k] < half : values[k] > half) k++;
  const share = (half - values[k - 1]) / (values[k] - values[k - 1]);
  return along[k - 1] + share * (along[k] - along[k - 1]);
}

// Say in a few sentences how a drawn curve differs from the measured one.
export function describeDifference({ along, drawn, measured, span, write, whole }) {
  const { at, gap, level, first, last } = compareCurves(drawn, measured);
  const [d, m, a] = [drawn, measured, along].map((list) => list.slice(first, last + 1));
  const number = (value) => curveNumber(value, span);
  const said = [];
  if (last - first + 1 < along.length) {
    said.push(`You drew it from ${write(along[first])} to ${write(along[last])} only.`);
  }
  said.push(
    gap < LEVEL * span
      ? `Well predicted: the largest gap is ${number(gap)}, at ${whole} ${write(along[at])}.`
      : `The largest gap is ${number(gap)}, at ${whole} ${write(along[at])}: ` +
          `you drew ${number(drawn[at])}, measured was ${number(measured[at])}.`,
  );
  const lies = `${number(Math.abs(level))} too ${level > 0 ? "high" : "low"}`;
  said.push(
    Math.abs(level) < (LEVEL / 2) * span
      ? "On average your curve has the right height."
      : `On average your curve is ${lies}.`,
  );
  const [yours, real] = [d, m].map((values) => curveRuns(values, LEVEL * span));
  const [yourWords, realWords] = [runWords(yours, d, "s"), runWords(real, m, "s")];
  if (yourWords !== realWords) {
    said.push(`Yours ${yourWords}; the measured curve ${realWords}.`);
    return said;
  }
  said.push(`Both ${runWords(real, m, "")}.`);
  const halves = real.map((run, k) => [halfway(a, m, run), halfway(a, d, yours[k])]);
  const near = (LEVEL / 2) * (along.at(-1) - along[0]);
  const apart = halves.findIndex(([there, here]) => Math.abs(there - here) > near);
  if (apart >= 0) {
    const [there, here] = halves[apart];
    const kind = m[real[apart][1]] > m[real[apart][0]] ? "rise" : "fall";
    said.push(
      `The measured ${kind} is half done at ${whole} ${write(there)}, yours at ${write(here)}.`,
    );
  } else if (real.length) said.push("Each rise and fall is half done in about the same place.");
  return said;
}

// A height with as many decimals as a hundredth of the axis needs.
export function curveNumber(value, span) {
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(span)));
  const text = value.toFixed(Math.min(decimals, 100));
  return String(Number(text) || 0).replace("-", "−");
}

// "rises, then falls"; with `ending` "" for two curves.
function runWords(runs, values, ending) {
  const words = runs.map(([from, to]) => (values[to] > values[from] ? "rise" : "fall") + ending);
  return words.join(", then ") || `stay${ending} level`;
}
