// Spearman's rank correlation of two lists of numbers; NaN if one of them is constant.
export function rankCorrelation(a, b) {
  const [x, y] = [ranksOf(a), ranksOf(b)];
  const mean = (x.length - 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  x.forEach((rank, k) => {
    xy += (rank - mean) * (y[k] - mean);
    xx += (rank - mean) ** 2;
    yy += (y[k] - mean) ** 2;
  });
  return xy / Math.sqrt(xx * yy);
}

// The place of each number in the sorted list; equal numbers share the mean of their places.
function ranksOf(values) {
  const order = Array.from(values, (_, k) => k).sort((i, j) => values[i] - values[j]);
  const ranks = new Float64Array(order.length);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let k = from; k < to; k++) ranks[order[k]] = (from + to - 1) / 2;
    from = to;
  }
  return ranks;
}
