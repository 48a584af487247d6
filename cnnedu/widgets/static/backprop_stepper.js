// BackpropStepper: the page computes everything.
import { correlate2dBackward, largestSize, pad, sum } from "./arithmetic.js";
import { drawScaled, drawSigned, productLimit, windowAt } from "./backprop_panels.js";
import { createGrid } from "./grid.js";
import { createKernelEditor } from "./kernel_editor.js";
import { createPlayer } from "./player.js";
import {
  button,
  div,
  element,
  format,
  openView,
  save,
  section,
  setText,
} from "./shared.js";
import { drawPicture, paintOn, progressOf } from "./stepper_panels.js";

function render({ model, el }) {
  const view = openView({ model, el }, "backprop");

  // The state, safe to draw while Python is still setting several traits.
  function read() {
    const names = ["picture", "kernel", "dout", "stride", "padding"];
    const state = Object.fromEntries(names.map((name) => [name, model.get(name)]));
    return { ...state, ...progressOf(model, state.dout) };
  }

  function goTo(index) {
    const { columns } = read();
    const position = [Math.floor(index / columns), index % columns];
    save(model, { position, filled: index + 1 });
  }

  const player = createPlayer(view.signal, { read, goTo, restart: () => goTo(0) });
  const choose = (i, j) => {
    player.stop();
    goTo(i * read().columns + j);
  };

  const doutGrid = createGrid("dout: the arrow keys choose a number", choose);
  const pictureGrid = createGrid("Picture x: Space paints a pixel");
  const dxGrid = createGrid("dx, scattered so far");
  const dwGrid = createGrid("dw, gathered so far");
  const weights = createKernelEditor((kernel) => save(model, { kernel }));
  paintOn(pictureGrid, read, (picture) => save(model, { picture }));
  const chooseAt = (event) => {
    const at = doutGrid.at(event);
    if (at && event.buttons === 1) choose(...at);
  };
  doutGrid.node.addEventListener("pointerdown", chooseAt);
  doutGrid.node.addEventListener("pointermove", chooseAt);

  const panel = (name, title, ...children) => section(name, div("cnn-title", title), ...children);
  const titles = Object.fromEntries(
    ["dout", "x", "dx", "dw", "scaledW", "scaledX"].map((name) => [name, element("span")]),
  );
  const list = (label) => element("ul", { class: "cnn-products", "aria-label": label });
  const [scaledW, scaledX] = [list("dout times w"), list("dout times window")];
  const sums = element("p", { class: "cnn-equation" });
  const showAll = button("Add all", () => {
    player.stop();
    goTo(read().count - 1);
  });

  view.root.append(
    div(
      "cnn-panels",
      panel("dout", titles.dout, doutGrid.place),
      panel("Kernel", "Kernel w", weights.node),
      panel("dout times w", titles.scaledW, scaledW),
      panel("dx", titles.dx, dxGrid.place),
      panel("Picture", titles.x, pictureGrid.place),
      panel("dout times window", titles.scaledX, scaledX),
      panel("dw", titles.dw, dwGrid.place),
    ),
    sums,
    div("cnn-tools", player.node, showAll),
  );

  function draw() {
    const state = read();
    const { picture, kernel, dout, stride, padding, position, filled } = state;
    const [i, j] = position;
    const whole = correlate2dBackward(dout, picture, kernel, stride, padding);
    const soFar = correlate2dBackward(dout, picture, kernel, stride, padding, filled);
    const gradient = dout[i][j];
    drawSigned(doutGrid, dout, 0, largestSize(dout));
    doutGrid.node.querySelectorAll("[role=gridcell]").forEach((cell, at) => {
      cell.toggleAttribute("data-open", at >= filled);
    });
    doutGrid.setFrame(i, j, 1, 1);
    doutGrid.setCurrent(i, j);
    drawPicture(pictureGrid, state, position);
    weights.draw(kernel);
    drawSigned(dxGrid, soFar.dx, padding, largestSize(whole.dx));
    dxGrid.setFrame(i * stride, j * stride, kernel.length, kernel[0].length);
    drawSigned(dwGrid, soFar.dw, 0, largestSize(whole.dw));
    dwGrid.setFrame(0, 0, kernel.length, kernel[0].length);
    const window = windowAt(pad(picture, padding), state, position);
    drawScaled(scaledW, kernel, gradient, productLimit(dout, kernel));
    drawScaled(scaledX, window, gradient, productLimit(dout, picture));
    drawTitles(state);
    const total = sum(dout.flat().slice(0, filled));
    sums.replaceChildren(...sumsInWords(state, gradient, total));
    player.draw(state, `dout row ${i}, column ${j}`, format(gradient));
  }

  function drawTitles({ picture, kernel, dout, padding }) {
    const size = (matrix) => `${matrix.length} × ${matrix[0].length}`;
    setText(titles.dout, `dout, ${size(dout)}`);
    setText(titles.x, `Picture x, ${size(picture)}`);
    setText(titles.dx, `dx, ${size(picture)}`);
    setText(titles.dw, `dw, ${size(kernel)}`);
    setText(titles.scaledW, "dout × w: scatters into dx");
    setText(titles.scaledX, "dout × window: gathers into dw");
    const style = view.root.style;
    style.setProperty("--picture-columns", picture[0].length + 2 * padding);
    style.setProperty("--dout-columns", dout[0].length);
    style.setProperty("--kernel-columns", kernel[0].length);
  }

  const traits = ["picture", "kernel", "dout", "stride", "padding", "position", "filled"];
  view.drawOnChange(traits, draw);
  return view.close;
}

// The terms added at this position, in the symbols of the equations.
function sumsInWords({ kernel, stride, padding, position: [i, j] }, gradient, total) {
  const last = (first, size) => (size > 1 ? `${first}…${first + size - 1}` : `${first}`);
  const place = [
    last(i * stride - padding, kernel.length),
    last(j * stride - padding, kernel[0].length),
  ]
    .join(", ")
    .replace(/-/g, "−");
  const name = (text) => element("span", { class: "cnn-name" }, text);
  const number = format(gradient);
  return [
    element("span", {}, name(`dx[${place}]`), ` += ${number} · `, name("w")),
    element("span", {}, name("dw"), ` += ${number} · `, name(`x[${place}]`)),
    element("span", {}, name("db"), ` += ${number}, so far ${format(total)}`),
  ];
}

export default { render };
