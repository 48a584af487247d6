// Arrays as traits: { shape, dtype, data }, the data as base64 of little-endian numbers.
const ARRAY_KINDS = { uint8: Uint8Array, int8: Int8Array, float32: Float32Array };

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

// A file of the reader's as a picture of `height` × `width`: its middle, as large as fits.
export async function readColours(file, height, width) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(bitmap.width / width, bitmap.height / height);
  const [w, h] = [width * scale, height * scale];
  const [left, top] = [(bitmap.width - w) / 2, (bitmap.height - h) / 2];
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.fillStyle = "white"; // behind a picture with transparent parts
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, left, top, w, h, 0, 0, width, height);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  return encodeBytes(
    [height, width, 3],
    data.filter((_, k) => k % 4 < 3),
  );
}
