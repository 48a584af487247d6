// What a stack of layers costs and sees. Tests hold it to cnnedu.models.accounting, down to the
// words about a layer that doesn't fit. A layer is {kind, …}, with square windows.

const productOf = (numbers) => numbers.reduce((total, number) => total * number, 1);
const pythonTuple = (numbers) => `(${numbers.join(", ")}${numbers.length === 1 ? "," : ""})`;

// The [before, after] padding of one axis.
function paddingOf({ kernel_size, stride, padding, dilation }, size) {
  if (padding !== "same") return [padding, padding];
  const outputs = Math.ceil(size / stride);
  const total = Math.max((outputs - 1) * stride + dilation * (kernel_size - 1) + 1 - size, 0);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

// The window along one axis of `size` pixels: its positions, and the padding around them.
function windowAlong(layer, axis, size) {
  const { kind, kernel_size, stride, dilation } = layer;
  const padding = paddingOf(layer, size);
  const padded = size + padding[0] + padding[1];
  const reach = dilation * (kernel_size - 1) + 1;
  if (reach > padded) {
    throw new Error(
      `${kind}: the kernel covers ${reach} pixels along ${axis}, but the padded input has ` +
        `${padded}; use a smaller kernel or more padding`,
    );
  }
  let output = Math.floor((padded - reach) / stride) + 1;
  const next = output * stride; // where one more window would begin
  if (layer.ceil_mode && next - stride + reach < padded && next < size + padding[0]) {
    padding[1] += next + reach - padded;
    output += 1;
  }
  return { kernel: kernel_size, stride, dilation, padding, output, size };
}

// The windows of a layer along height and width, or null for a layer that has none.
function windowsOf(layer, shape) {
  if (!["Conv", "Pool", "GlobalPool"].includes(layer.kind)) return null;
  if (layer.kind === "Conv" && (shape[0] % layer.groups || layer.filters % layer.groups)) {
    throw new Error(
      `Conv: ${layer.groups} groups can't share ${shape[0]} channels and ` +
        `${layer.filters} filters evenly`,
    );
  }
  if (shape.length !== 3) {
    throw new Error(`${layer.kind}: the input must be (C, H, W), but is ${pythonTuple(shape)}`);
  }
  const size = shape.slice(1);
  if (layer.kind === "GlobalPool") {
    const still = { stride: 1, dilation: 1, padding: [0, 0], output: 1 };
    return size.map((pixels) => ({ ...still, kernel: pixels, size: pixels }));
  }
  const windows = size.map((pixels, axis) => windowAlong(layer, "HW"[axis], pixels));
  if (layer.kind === "Pool") windows.forEach((window) => checkAllSeeAPixel(window, windows));
  return windows;
}

function checkAllSeeAPixel(along, windows) {
  const seesAPixel = (position) =>
    Array.from({ length: along.kernel }).some((_, u) => {
      const pixel = position * along.stride + u * along.dilation - along.padding[0];
      return pixel >= 0 && pixel < along.size;
    });
  if (Array.from({ length: along.output }).every((_, position) => seesAPixel(position))) return;
  const paddings = pythonTuple(windows.map(({ padding }) => pythonTuple(padding)));
  throw new Error(
    `Pool: padding ${paddings} is so large that a window of ` +
      `${pythonTuple(windows.map(({ kernel }) => kernel))} pixels sees padding alone; ` +
      "use less padding or a larger window",
  );
}

// One line of the ledger: {name, output, parameters, multiplyAdds, bytes}.
function ledgerRow(layer, shape, windows) {
  const name = layer.kind === "Elementwise" ? layer.name : layer.kind;
  let [output, parameters, multiplyAdds] = [shape, 0, 0];
  if (windows) {
    output = [layer.filters ?? shape[0], ...windows.map((window) => window.output)];
  }
  if (layer.kind === "Conv") {
    const entries = (shape[0] / layer.groups) * layer.kernel_size ** 2;
    parameters = layer.filters * (entries + layer.bias);
    multiplyAdds = productOf(output) * entries;
  } else if (layer.kind === "BatchNorm") {
    parameters = 2 * shape[0];
  } else if (layer.kind === "Flatten") {
    output = [productOf(shape)];
  } else if (layer.kind === "Dense") {
    if (shape.length !== 1) {
      throw new Error(
        `Dense: the input must be (D,), but is ${pythonTuple(shape)}; put a Flatten before`,
      );
    }
    output = [layer.features];
    parameters = layer.features * (shape[0] + layer.bias);
    multiplyAdds = layer.features * shape[0];
  }
  return { name, output, parameters, multiplyAdds, bytes: 4 * productOf(output) };
}

// size ← size + (KH − 1)·dilation·jump; start likewise; jump ← jump·stride, along one axis.
function widerField({ size, jump, start }, { kernel, stride, dilation, padding }) {
  const reach = dilation * (kernel - 1);
  return {
    size: size + reach * jump,
    start: start + (reach / 2 - padding[0]) * jump,
    jump: jump * stride,
  };
}

// Account for every layer up to the first that doesn't fit; `problem` says why it doesn't.
// A row's `field` is what one output sees along height and width, or null if it sees everything.
export function ledger(stack, inputShape) {
  const rows = [];
  let shape = inputShape;
  let field = [0, 1].map(() => ({ size: 1, jump: 1, start: 0 }));
  for (const layer of stack) {
    try {
      const windows = windowsOf(layer, shape);
      if (["Flatten", "Dense"].includes(layer.kind)) field = null;
      if (field && windows) field = field.map((along, axis) => widerField(along, windows[axis]));
      rows.push({ ...ledgerRow(layer, shape, windows), field });
    } catch (error) {
      return { rows, problem: error.message };
    }
    shape = rows.at(-1).output;
  }
  return { rows, problem: "" };
}
