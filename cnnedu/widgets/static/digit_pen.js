// Chalk on a hidden board of 32×32 pixels; the pad shows how much is in each block of 4×4.

const FINE = 32;
const BLOCK = 4;
const RADIUS = 2; // of the chalk, in pixels of the board

export function createPen() {
  let marked = new Uint8Array(FINE * FINE);
  let ground = null; // what was on the pad before the chalk touched it

  // Put the chalk to a picture: its chalk stays, and new chalk is added.
  function start(picture) {
    ground = picture;
    marked = new Uint8Array(FINE * FINE);
  }

  // Mark the line between two points, given as shares of the pad's height and width.
  function line([y0, x0], [y1, x1]) {
    const steps = Math.ceil(FINE * Math.max(Math.abs(y1 - y0), Math.abs(x1 - x0))) || 1;
    for (let step = 0; step <= steps; step++) {
      const along = step / steps;
      dot(FINE * (y0 + along * (y1 - y0)), FINE * (x0 + along * (x1 - x0)));
    }
  }

  function dot(y, x) {
    for (let i = Math.max(0, Math.floor(y - RADIUS)); i < Math.min(FINE, y + RADIUS); i++) {
      for (let j = Math.max(0, Math.floor(x - RADIUS)); j < Math.min(FINE, x + RADIUS); j++) {
        if ((i + 0.5 - y) ** 2 + (j + 0.5 - x) ** 2 <= RADIUS ** 2) marked[i * FINE + j] = 1;
      }
    }
  }

  // The pad's picture, 8×8 numbers from 0 to 16.
  function picture() {
    return ground.map((row, i) =>
      row.map((before, j) => {
        let chalk = 0;
        for (let u = 0; u < BLOCK; u++) {
          for (let v = 0; v < BLOCK; v++) chalk += marked[(i * BLOCK + u) * FINE + j * BLOCK + v];
        }
        return Math.min(BLOCK * BLOCK, Math.max(before, chalk));
      }),
    );
  }

  return { start, line, picture };
}
