// What GraphStepper says: the rule of each operation, and the arithmetic behind each number.
import { sharesOf, winnersOf } from "./graph_arithmetic.js";
import { format } from "./shared.js";

// What each step fills in; the first grid is explained unless the reader chooses another.
export const OPERATIONS = [
  {
    title: "The inputs",
    fills: [],
    rules: ["x is the picture, y its label; w1, b1, w2 and b2 are there to be learnt"],
  },
  {
    title: "conv = conv2d(x, w1, b1)",
    fills: ["conv"],
    rules: ["conv[i, j] = Σ x[i + u, j + v] · w1[u, v] + b1"],
  },
  {
    title: "relu = relu(conv)",
    fills: ["relu"],
    rules: ["relu[i, j] = max(conv[i, j], 0)"],
  },
  {
    title: "pool = max_pool2d(relu, 2)",
    fills: ["pool"],
    rules: ["pool[i, j] = the largest of a window of four"],
  },
  {
    title: "flat = flatten(pool)",
    fills: ["flat"],
    rules: ["flat = the rows of pool, end to end"],
  },
  {
    title: "scores = linear(flat, w2, b2)",
    fills: ["scores"],
    rules: ["scores[k] = Σ w2[k, d] · flat[d] + b2[k]"],
  },
  {
    title: "loss = cross_entropy(scores, y)",
    fills: ["loss"],
    rules: ["loss = −ln p[y], with p = softmax(scores)"],
  },
  {
    title: "Back through cross_entropy",
    fills: ["dscores", "dloss"],
    rules: ["dscores = p − t, with t = 1 for the right class and 0 for the others"],
  },
  {
    title: "Back through linear",
    fills: ["dflat", "dw2", "db2"],
    rules: [
      "dflat[d] = Σ dscores[k] · w2[k, d]",
      "dw2[k, d] = dscores[k] · flat[d]",
      "db2 = dscores",
    ],
  },
  {
    title: "Back through flatten",
    fills: ["dpool"],
    rules: ["dpool = dflat, laid out in rows again"],
  },
  {
    title: "Back through max_pool2d",
    fills: ["drelu"],
    rules: ["drelu = dpool at the largest of each window (the first among equals), else 0"],
  },
  {
    title: "Back through relu",
    fills: ["dconv"],
    rules: ["dconv = drelu where conv > 0, else 0"],
  },
  {
    title: "Back through conv2d",
    fills: ["dx", "dw1", "db1"],
    rules: [
      "dx[i + u, j + v] += dconv[i, j] · w1[u, v]",
      "dw1[u, v] += dconv[i, j] · x[i + u, j + v]",
      "db1 += dconv[i, j]",
    ],
  },
];

const GIVEN = ["x", "w1", "b1", "w2", "b2"];

// The step that fills a grid in.
export function stepOf(name) {
  return GIVEN.includes(name) ? 0 : OPERATIONS.findIndex(({ fills }) => fills.includes(name));
}

const product = ([a, b]) => `${format(a)} · ${bracketed(format(b))}`;
const bracketed = (text) => (text[0] === "−" ? `(${text})` : text);

// Terms with plus signs between them, negative ones in brackets; 0 if there are none.
function written(terms) {
  const later = terms.slice(1).map(bracketed);
  return terms.length ? [terms[0], ...later].join(" + ") : "0";
}

// [dconv, factor] for every output whose gradient isn't 0 and whose window has the factor.
function throughWindows(dconv, factorAt) {
  return dconv
    .flatMap((row, i) => row.map((grad, j) => [grad, grad && factorAt(i, j)]))
    .filter(([grad, factor]) => grad && factor !== undefined);
}

// The arithmetic behind a number, and the places it comes from: [grid, row, column, rows, columns].
export function explain(graph, y, [name, i, j]) {
  const g = graph;
  const [rows, columns] = [g.w1.length, g.w1[0].length];
  const whole = (grid) => [grid, 0, 0, g[grid].length, g[grid][0].length];
  const width = g.pool[0].length;
  const shares = sharesOf(g.scores.flat());
  const winner = winnersOf(g.relu)[i >> 1]?.[j >> 1];
  switch (name) {
    case "conv": {
      const pairs = g.w1.flatMap((row, u) => row.map((w, v) => [g.x[i + u][j + v], w]));
      const terms = [...pairs.map(product), format(g.b1[0][0])];
      return [written(terms), [["x", i, j, rows, columns], whole("w1"), whole("b1")]];
    }
    case "relu":
      return [`max(${format(g.conv[i][j])}, 0)`, [["conv", i, j, 1, 1]]];
    case "pool": {
      const four = [0, 1, 2, 3].map((k) => format(g.relu[2 * i + (k >> 1)][2 * j + (k & 1)]));
      return [`max(${four.join(", ")})`, [["relu", 2 * i, 2 * j, 2, 2]]];
    }
    case "flat": {
      const [r, c] = [Math.floor(j / width), j % width];
      return [`pool[${r}, ${c}]`, [["pool", r, c, 1, 1]]];
    }
    case "scores": {
      const pairs = g.w2[i].map((w, d) => [w, g.flat[0][d]]).filter(([w, value]) => w && value);
      const from = [["w2", i, 0, 1, g.w2[0].length], whole("flat"), ["b2", i, 0, 1, 1]];
      return [written([...pairs.map(product), format(g.b2[i][0])]), from];
    }
    case "loss":
      return [`−ln ${format(shares[y])}`, [["scores", y, 0, 1, 1]]];
    case "dloss":
      return ["the loss by itself", []];
    case "dscores":
      return [`${format(shares[i])} − ${i === y ? 1 : 0}`, [["scores", i, 0, 1, 1]]];
    case "dflat": {
      const pairs = g.dscores.map(([grad], k) => [grad, g.w2[k][j]]);
      return [written(pairs.map(product)), [whole("dscores"), ["w2", 0, j, g.w2.length, 1]]];
    }
    case "dw2":
      return [
        product([g.dscores[i][0], g.flat[0][j]]),
        [["dscores", i, 0, 1, 1], ["flat", 0, j, 1, 1]],
      ];
    case "db2":
      return [`dscores[${i}]`, [["dscores", i, 0, 1, 1]]];
    case "dpool":
      return [`dflat[${i * width + j}]`, [["dflat", 0, i * width + j, 1, 1]]];
    case "drelu": {
      if (!winner) return ["in no window", []];
      const from = [["relu", i & ~1, j & ~1, 2, 2]];
      const won = winner[0] === i && winner[1] === j;
      const said = won ? `dpool[${i >> 1}, ${j >> 1}]` : "not the largest of its four";
      return [said, won ? [...from, ["dpool", i >> 1, j >> 1, 1, 1]] : from];
    }
    case "dconv": {
      const open = g.conv[i][j] > 0;
      const said = open ? `drelu[${i}, ${j}], since conv` : "blocked, since conv";
      const from = [["conv", i, j, 1, 1], ["drelu", i, j, 1, 1]];
      return [`${said} is ${format(g.conv[i][j])}`, from];
    }
    case "dx": {
      const pairs = throughWindows(g.dconv, (r, c) => g.w1[i - r]?.[j - c]);
      return [written(pairs.map(product)), [whole("dconv"), whole("w1")]];
    }
    case "dw1": {
      const pairs = throughWindows(g.dconv, (r, c) => g.x[r + i][c + j]);
      const window = [i, j, g.conv.length, g.conv[0].length];
      return [written(pairs.map(product)), [whole("dconv"), ["x", ...window]]];
    }
    case "db1":
      return [written(g.dconv.flat().filter((grad) => grad).map(format)), [whole("dconv")]];
    default:
      return ["", []];
  }
}
