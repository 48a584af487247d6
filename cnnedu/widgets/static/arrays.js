// Arrays as traits: { shape, dtype, data }, with little-endian numbers as base64; a large one has,
// in place of `data`, `halves` with nearly all its numbers as float16, and `places` and `values` of
// the others.
const ARRAY_KINDS = { uint8: Uint8Array, float32: Float32Array };

export function decodeArray({ shape, dtype, data, halves, places, values }) {
  if (data !== undefined) return { shape, data: new ARRAY_KINDS[dtype](bufferOf(data)) };
  const numbers = Float32Array.from(new Uint16Array(bufferOf(halves)), fromHalf);
  const others = new Float32Array(bufferOf(values));
  new Uint32Array(bufferOf(places)).forEach((place, k) => (numbers[place] = others[k]));
  return { shape, data: numbers };
}

const bufferOf = (text) => Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0)).buffer;

// The number with these 16 bits: a sign, 5 bits of exponent, 10 of fraction.
function fromHalf(bits) {
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  const size = exponent ? (1 + fraction) * 2 ** (exponent - 15) : fraction * 2 ** -14;
  return bits >> 15 ? -size : size;
}

export function encodeBytes(shape, bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return { shape, dtype: "uint8", data: btoa(text) };
}

// Draw an (H, W, 3) picture with values 0 to 255 pixel by pixel.
export function drawColours(canvas, { shape: [height, width], data }, offset = 0) {
  if (canvas.width !== width || canvas.height !== height) {
    [canvas.width, canvas.height] = [width, height];
  }
  const image = new ImageData(width, height);
  for (let k = 0; k < width * height; k++) {
    for (let c = 0; c < 3; c++) image.data[4 * k + c] = data[offset + 3 * k + c];
    image.data[4 * k + 3] = 255;
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
}
