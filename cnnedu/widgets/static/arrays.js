// Arrays as traits: { shape, dtype, data }, with little-endian numbers as base64.
const ARRAY_KINDS = { uint8: Uint8Array, float32: Float32Array };

export function decodeArray({ shape, dtype, data }) {
  const bytes = Uint8Array.from(atob(data), (byte) => byte.charCodeAt(0));
  return { shape, data: new ARRAY_KINDS[dtype](bytes.buffer) };
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
