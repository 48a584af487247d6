// What RecipeRace works out: which measurement a choice is, gains with their error, a command.

export const meanOf = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

// The variance of a few numbers, with one less than their count in the denominator.
export function varianceOf(values) {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

// The standard error of a mean; NaN for a single number.
export const errorOf = (values) => Math.sqrt(varianceOf(values) / values.length);

// The mean of each row of differences, and the error that all rows share; NaN for one seed.
export function withError(rows) {
  const error = Math.sqrt(meanOf(rows.map(varianceOf)) / rows[0].length);
  return { means: rows.map(meanOf), error };
}

const minus = (values, others) => values.map((value, seed) => value - others[seed]);

// The gain of each rung over the one below it.
export const gainsOf = (rungs) =>
  withError(rungs.slice(1).map((rung, k) => minus(rung.accuracies, rungs[k].accuracies)));

// What changes when one rung is left out of the whole: { means: {rung: change}, error }.
export function lossesOf(without, whole) {
  const names = Object.keys(without);
  if (!names.length) return { means: {}, error: NaN };
  const { means, error } = withError(names.map((name) => minus(without[name], whole)));
  return { means: Object.fromEntries(names.map((name, k) => [name, means[k]])), error };
}

// Which measurement a choice is: the climb's `height` rungs from the bottom up are on, and perhaps
// more (then it is `leftOut`, or not measured).
export function stateOf(rungs, without, chosen) {
  const names = rungs.slice(1).map(({ name }) => name);
  const off = names.filter((name) => !chosen.includes(name));
  const gap = names.findIndex((name) => !chosen.includes(name));
  const height = gap < 0 ? names.length : gap;
  const climbed = height === chosen.length;
  const leftOut = off.length === 1 && !climbed && off[0] in without ? off[0] : null;
  return { height, leftOut, measured: climbed || leftOut !== null };
}

// The command that measures a choice, or null: words with brackets are quoted for the shell.
export function commandFor(rungs, chosen, command) {
  const off = rungs.slice(1).filter(({ name }) => !chosen.includes(name));
  if (!command || off.some(({ words }) => words === null)) return null;
  const quote = (word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`);
  const words = off.flatMap((rung) => rung.words.split(/\s+/));
  return [command, ...words.map((word) => `--set ${quote(word)}`)].join(" ");
}
