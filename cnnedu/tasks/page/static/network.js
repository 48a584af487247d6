// Start the runtime and the network, which lie in this page as text (base64 of gzip).
"use strict";

const ABOUT = JSON.parse(document.getElementById("about").textContent);

async function unpack(id) {
  const element = document.getElementById(id);
  const text = atob(element.textContent);
  element.remove(); // it takes as much memory again
  const packed = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) packed[i] = text.charCodeAt(i);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

// Return a function that takes pixels (size, size, 3) and gives probabilities (K), and maps (K, h, w)
// as one array with its shape.
async function startNetwork() {
  const script = new Blob([await unpack("runtime-script")], { type: "text/javascript" });
  const { env, InferenceSession, Tensor } = await import(URL.createObjectURL(script));
  env.logLevel = "error";
  env.wasm.numThreads = 1; // more would need a server that sends certain headers
  env.wasm.wasmBinary = await unpack("runtime-binary");
  const session = await InferenceSession.create(await unpack("network"), {
    executionProviders: ["wasm"],
  });
  return async (pixels) => {
    const shape = [ABOUT.size, ABOUT.size, 3];
    const { probabilities, maps } = await session.run({
      pixels: new Tensor("uint8", pixels, shape),
    });
    return { probabilities: probabilities.data, maps: maps.data, side: maps.dims[1] };
  };
}
