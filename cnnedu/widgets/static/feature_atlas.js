// FeatureAtlas: a grid of units; the one that is pointed at or chosen is shown large.
import { decodeArray } from "./arrays.js";
import { STEPS } from "./grid.js";
import { button, div, element, figure, openView, save, section, setText } from "./shared.js";

function render({ model, el }) {
  const view = openView({ model, el }, "atlas");
  const networks = model.get("networks");
  const tile = model.get("tile");
  const atlas = createUnits(networks, tile, choose, (place) => {
    pointed = place;
    redraw();
  });
  const most = (kind) =>
    Math.max(...networks.flatMap(unitsOf).map((unit) => unit[kind].length));
  const drawings = createPictures("Drawing", most("drawings"), tile);
  const patches = createPictures("Patch", most("patches"), tile);
  const status = element("p", { class: "cnn-status", role: "status" });
  const switches = networks.map(({ name }) => button(name, () => save(model, { network: name })));
  const chooseNetwork = div("cnn-tools", ...switches);
  chooseNetwork.setAttribute("role", "group");
  chooseNetwork.setAttribute("aria-label", "Network");
  chooseNetwork.hidden = networks.length === 1;
  view.root.append(
    chooseNetwork,
    div(
      "cnn-panels",
      section("Units", atlas.node),
      section(
        "The unit, large",
        status,
        figure("Drawn for it, starting from noise", drawings.node),
        figure("In photographs, what excites it most", patches.node),
      ),
    ),
  );

  let sheet = null; // until the browser has decoded it
  let pointed = null; // the place under the mouse

  function choose(place) {
    pointed = null;
    save(model, { place });
  }

  function draw() {
    const network = networks.find(({ name }) => name === model.get("network"));
    const chosen = existing(network, model.get("place"));
    const [i, j] = pointed ? existing(network, pointed) : chosen;
    const { stage, units } = network.rows[i];
    const { number, gain } = units[j];
    const times = gain.toFixed(1);
    switches.forEach((node, k) => node.setAttribute("aria-pressed", networks[k] === network));
    atlas.draw(sheet, network, chosen, [i, j]);
    drawings.draw(sheet, units[j].drawings);
    patches.draw(sheet, units[j].patches);
    const which = networks.length > 1 ? `, ${network.name}` : "";
    setText(
      status,
      `${stage}, map ${number}${which}: its drawings excite it ${times}\u00a0× as much as the ` +
        "best patch.",
    );
  }

  const redraw = view.drawOnChange(["network", "place"], draw);
  const bytes = decodeArray(model.get("sheet")).data;
  createImageBitmap(new Blob([bytes], { type: "image/jpeg" })).then((bitmap) => {
    if (view.signal.aborted) return;
    sheet = bitmap;
    redraw();
  });
  return view.close;
}

const unitsOf = ({ rows }) => rows.flatMap(({ units }) => units);

// The place itself or, where the network has fewer units, the last one of its row.
const existing = ({ rows }, [i, j]) => [i, Math.min(j, rows[i].units.length - 1)];

// A grid with a row for each stage and a picture for each unit. `onChoose(place)` is called for
// a click and the arrow keys, `onPoint(place)` while the mouse is there, and with null afterwards.
function createUnits(networks, tile, onChoose, onPoint) {
  const node = element("div", { class: "cnn-units", role: "grid", "aria-label": "Units" });
  const stages = networks[0].rows.map(({ stage }) => stage);
  const columns = Math.max(...networks.flatMap(({ rows }) => rows.map((row) => row.units.length)));
  node.style.setProperty("--columns", columns);
  const cells = stages.map((stage, i) => {
    const row = Array.from({ length: columns }, (_, j) => {
      const picture = createTile(tile);
      const cell = element("div", { role: "gridcell" }, picture.node);
      cell.addEventListener("click", () => onChoose([i, j]));
      cell.addEventListener("pointerenter", ({ pointerType }) => {
        if (pointerType === "mouse") onPoint([i, j]);
      });
      return { cell, picture };
    });
    const header = element("div", { role: "rowheader" }, stage);
    node.append(element("div", { role: "row" }, header, ...row.map(({ cell }) => cell)));
    return row;
  });
  node.addEventListener("pointerleave", () => onPoint(null));
  let current = [0, 0];
  let counts = [];
  node.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const i = current[0] + step[0];
    const j = step[0] ? Math.min(current[1], (counts[i] ?? 1) - 1) : current[1] + step[1];
    if (!(i in counts) || j < 0 || j >= counts[i]) return;
    onChoose([i, j]);
    cells[i][j].cell.focus();
  });

  function draw(sheet, { rows }, chosen, large) {
    current = chosen;
    counts = rows.map(({ units }) => units.length);
    const is = (place, i, j) => place[0] === i && place[1] === j;
    cells.forEach((row, i) =>
      row.forEach(({ cell, picture }, j) => {
        const unit = rows[i].units[j];
        cell.hidden = !unit;
        if (!unit) return;
        const label = `${stages[i]}, map ${unit.number}`;
        if (cell.ariaLabel !== label) cell.ariaLabel = label;
        cell.setAttribute("tabindex", is(chosen, i, j) ? 0 : -1);
        cell.setAttribute("aria-selected", is(chosen, i, j));
        cell.toggleAttribute("data-large", is(large, i, j));
        picture.draw(sheet, unit.drawings[0]);
      }),
    );
  }
  return { node, draw };
}

// Pictures side by side, as many as `draw` is given.
function createPictures(name, count, tile) {
  const pictures = Array.from({ length: count }, () => createTile(tile));
  for (const { node } of pictures) node.setAttribute("role", "img");
  function draw(sheet, numbers) {
    pictures.forEach((picture, k) => {
      picture.node.hidden = k >= numbers.length;
      picture.node.ariaLabel = `${name} ${k + 1} of ${numbers.length}`;
      if (k < numbers.length) picture.draw(sheet, numbers[k]);
    });
  }
  return { node: div("cnn-pictures", ...pictures.map(({ node }) => node)), draw };
}

// A canvas for one square of the sheet; the same square isn't drawn twice.
function createTile(tile) {
  const node = element("canvas", { width: tile, height: tile });
  let drawn = null;
  function draw(sheet, number) {
    if (!sheet || number === drawn) return;
    drawn = number;
    const columns = sheet.width / tile;
    const from = [(number % columns) * tile, Math.floor(number / columns) * tile];
    node.getContext("2d").drawImage(sheet, ...from, tile, tile, 0, 0, tile, tile);
  }
  return { node, draw };
}

export default { render };
