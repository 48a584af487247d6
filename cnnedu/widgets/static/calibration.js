// Calibration, as in cnnedu/explain/calibration.py: `logits` are N · K numbers, row by row.

// How far answers of each confidence can be trusted at one temperature. Each needs only the largest
// probability of its softmax, and the logarithm of the right one.
export function calibrate(logits, labels, temperature, bins) {
  const [total, classes] = [labels.length, logits.length / labels.length];
  const [count, confidence, right] = [0, 1, 2].map(() => new Float64Array(bins));
  let loss = 0;
  for (let n = 0; n < total; n++) {
    const from = n * classes;
    let best = 0;
    for (let k = 1; k < classes; k++) if (logits[from + k] > logits[from + best]) best = k;
    let sum = 0;
    for (let k = 0; k < classes; k++)
      sum += Math.exp((logits[from + k] - logits[from + best]) / temperature);
    const bin = Math.min(bins - 1, Math.max(0, Math.ceil(bins / sum) - 1)); // 1 / sum is the largest
    count[bin]++;
    confidence[bin] += 1 / sum;
    if (best === labels[n]) right[bin]++;
    loss += Math.log(sum) - (logits[from + labels[n]] - logits[from + best]) / temperature;
  }
  const add = (values) => values.reduce((all, value) => all + value, 0);
  return {
    count,
    confidence: confidence.map((value, b) => value / count[b]),
    accuracy: right.map((value, b) => value / count[b]),
    error: add(right.map((value, b) => Math.abs(value - confidence[b]) / total)),
    meanConfidence: add(confidence) / total,
    meanAccuracy: add(right) / total,
    loss: loss / total,
  };
}

// The temperature of the smallest cross-entropy, by golden-section search on its logarithm.
export function bestTemperature(logits, labels) {
  const golden = (Math.sqrt(5) - 1) / 2;
  const lossAt = (power) => calibrate(logits, labels, Math.exp(power), 1).loss;
  let [low, high] = [Math.log(0.05), Math.log(20)];
  while (high - low > 1e-6) {
    const [first, second] = [high - golden * (high - low), low + golden * (high - low)];
    if (lossAt(first) < lossAt(second)) high = second;
    else low = first;
  }
  return Math.exp((low + high) / 2);
}
