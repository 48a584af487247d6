// KernelLab: the page filters the whole photograph whenever a weight changes.
import { decodeArray } from "./arrays.js";
import { createCloseup } from "./kernel_closeup.js";
import { createKernelEditor } from "./kernel_editor.js";
import { flipped, kernelPresets, resized } from "./kernel_presets.js";
import { GREYS, createSignedMap } from "./palette.js";
import { createPictureView, readGrey } from "./pictures.js";
import {
  button,
  chooser,
  clamp,
  div,
  element,
  openView,
  presetChooser,
  save,
  section,
  setText,
  short,
} from "./shared.js";
import { conv2d, createVolume, maxPool2d, relu, sizeOf } from "./volumes.js";

const LONGEST_SIDE = 300; // pixels, of the reader's own picture
const PRESETS = kernelPresets([
  "Identity",
  "Blur",
  "Gaussian",
  "Sharpen",
  "Sobel x",
  "Sobel y",
  "Laplacian",
  "Emboss",
  "Blur 5×5",
  "Gaussian 5×5",
  "Streak 5×5",
  "Dots 5×5",
]);

function render({ model, el }) {
  const view = openView({ model, el }, "kernel-lab");
  let original = model.get("picture"); // the picture that "Restore" brings back
  let own = original; // the last picture set here
  const colours = createSignedMap(view.root, drawPictures);
  let drawn = null; // the photograph on its canvas
  let state = null; // everything computed from picture and kernel

  function compute() {
    const [trait, kernel] = [model.get("picture"), model.get("kernel")];
    const operation = model.get("operation");
    if (trait.data !== own.data) original = own = trait; // Python set it
    const known = state?.trait === trait && state.picture;
    const picture = known || createVolume(1, ...trait.shape, decodeArray(trait).data);
    const applied = operation === "convolution" ? flipped(kernel) : kernel;
    const size = kernel.length;
    const w = { filters: 1, height: size, width: size, data: applied.flat() };
    const response = conv2d(picture, w);
    const activated = relu(response);
    const pooled = maxPool2d(activated, 2);
    const limit = sizeOf(response, 0.995); // at the very largest, all the others would be pale
    return { trait, picture, kernel, operation, applied, response, activated, pooled, limit };
  }

  // The nearest position that there is.
  function within(position) {
    const size = model.get("kernel").length;
    const { shape } = model.get("picture");
    return position.map((at, axis) => clamp(at, 0, shape[axis] - size));
  }

  function look(i, j) {
    save(model, { position: within([i, j]) });
  }

  function step(rows, columns) {
    const [i, j] = model.get("position");
    look(i + rows, j + columns);
  }

  function change(changes) {
    for (const [trait, value] of Object.entries(changes)) model.set(trait, value);
    look(...model.get("position"));
  }

  function open(picture) {
    own = picture;
    change({ picture });
  }

  // The pixel under the pointer becomes the middle of the window.
  const middle = () => (model.get("kernel").length - 1) / 2;
  const pointInPhoto = (i, j) => look(i - middle(), j - middle());
  const pointInPooled = (i, j) => look(2 * i, 2 * j);
  const photo = createPictureView("Picture x: the arrow keys move the window", pointInPhoto, step);
  const views = {
    filtered: createPictureView("Filtered picture", look, step),
    response: createPictureView("Response", look, step),
    activated: createPictureView("Response after ReLU", look, step),
    pooled: createPictureView("Pooled", pointInPooled, (i, j) => step(2 * i, 2 * j)),
  };
  const weights = createKernelEditor((kernel) => change({ kernel }));
  const closeup = createCloseup();
  const preset = presetChooser("Kernel w", PRESETS, (kernel) => change({ kernel }));
  const { select: size } = chooser("Size", ["3×3", "5×5"], (value) =>
    change({ kernel: resized(model.get("kernel"), parseInt(value)) }),
  );
  size.setAttribute("aria-label", "Size");
  const operation = chooser("Operation", ["cross-correlation", "convolution"], (value) =>
    change({ operation: value }),
  );

  const file = element("input", { type: "file", accept: "image/*", hidden: "" });
  const complaint = element("p", { class: "cnn-complaint", role: "alert" });
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    if (!chosen) return;
    file.value = ""; // so that the same file can be chosen again
    try {
      const picture = await readGrey(chosen, LONGEST_SIDE);
      if (Math.min(...picture.shape) < 8) throw new RangeError("too small");
      complaint.textContent = "";
      open(picture);
    } catch {
      complaint.textContent = `${chosen.name} is not a picture that this page can read.`;
    }
  });

  const titles = {};
  const title = (name, ...tools) => div("cnn-heading", (titles[name] = element("span")), ...tools);
  const ends = [1, 2, 3].map(() => element("span"));
  const scale = element("div", { class: "cnn-spectrum", "aria-hidden": "true" }, ...ends);
  const status = element("p", { class: "cnn-spoken", role: "status" });

  view.root.append(
    div(
      "cnn-panels",
      section(
        "Picture",
        title(
          "picture",
          button("Open", () => file.click()),
          button("Restore", () => open(original)),
        ),
        photo.node,
        div("cnn-caption", "0 is black, 255 white; drag the frame"),
      ),
      section(
        "Kernel",
        div("cnn-heading", preset.node, size),
        weights.node,
        operation.node,
      ),
      section(
        "Filtered",
        title("filtered"),
        views.filtered.node,
        div("cnn-caption", "as a photograph: cut off at 0 and at 255"),
      ),
      section("Response", title("response"), views.response.node, scale),
      section(
        "ReLU",
        title("activated"),
        views.activated.node,
        div("cnn-caption", "negative numbers become 0"),
      ),
      section(
        "Pooled",
        title("pooled"),
        views.pooled.node,
        div("cnn-caption", "largest of each 2 × 2, drawn to scale"),
      ),
    ),
    closeup.node,
    complaint,
    status,
    file,
  );

  function drawPictures() {
    const { picture, response, activated, pooled, limit } = state;
    const signed = colours(limit);
    if (picture !== drawn) photo.draw(picture, GREYS);
    drawn = picture;
    views.filtered.draw(response, GREYS);
    views.response.draw(response, signed);
    views.activated.draw(activated, signed);
    views.pooled.draw(pooled, signed);
    const texts = limit ? [`≤ ${short(-limit)}`, "0", `≥ ${short(limit)}`] : ["0", "", ""];
    texts.forEach((text, k) => setText(ends[k], text));
    const sized = (name, { height, width }) => `${name}, ${height} × ${width}`;
    setText(titles.picture, sized("Picture x", picture));
    setText(titles.filtered, sized("Filtered", response));
    setText(titles.response, sized("Response", response));
    setText(titles.activated, sized("ReLU", activated));
    setText(titles.pooled, sized("Max pool", pooled));
  }

  function drawKernel() {
    const { kernel } = state;
    weights.draw(kernel);
    view.root.style.setProperty("--kernel-columns", kernel.length);
    preset.draw(kernel);
    size.value = `${kernel.length}×${kernel.length}`;
    operation.select.value = state.operation;
  }

  function drawPosition() {
    const [i, j] = within(model.get("position"));
    photo.setFrame(i, j, state.kernel.length);
    for (const name of ["filtered", "response", "activated"]) views[name].setFrame(i, j, 1);
    views.pooled.setFrame(Math.floor(i / 2), Math.floor(j / 2), 1);
    status.textContent = closeup.draw(state, [i, j]);
  }

  function draw() {
    const before = state?.operation ?? model.get("operation");
    state = compute();
    drawPictures();
    drawKernel();
    drawPosition();
    if (before !== state.operation) closeup.turn();
  }

  view.drawOnChange(["picture", "kernel", "operation"], draw);
  view.drawOnChange(["position"], drawPosition);
  return view.close;
}

export default { render };
