// The rate finder's reading of a run (see cnnedu/training/rate_finder.py).
const SMOOTHING = 0.9;
const FINDER_SPAN = 100; // a run whose rate rises by this factor is a rate finder's

// The running mean of losses; a loss that is null makes all that follow null.
export function smoothed(losses, smoothing = SMOOTHING) {
  let mean = 0;
  let lost = false;
  return losses.map((loss, k) => {
    lost ||= loss === null;
    mean = smoothing * mean + (1 - smoothing) * loss;
    return lost ? null : mean / (1 - smoothing ** (k + 1));
  });
}

// Where the smoothed loss is lowest, and where before that it falls fastest: numbers of steps.
export function readFinder(losses) {
  const smooth = smoothed(losses);
  let lowest = 0;
  smooth.forEach((loss, k) => {
    if (loss !== null && loss < smooth[lowest]) lowest = k;
  });
  let steepest = 0;
  for (let k = 1; k < lowest; k++) {
    if (smooth[k + 1] - smooth[k] < smooth[steepest + 1] - smooth[steepest]) steepest = k;
  }
  return { lowest, steepest };
}

export const isFinder = (rates) => rates.length > 1 && rates.at(-1) >= FINDER_SPAN * rates[0];
