// What the reader does: drop or choose a picture, start the camera, press a class, move the slider.
"use strict";

const SHOWN = Math.min(5, ABOUT.classes.length);
const LARGEST = 960; // pixels of the picture on the page, along its longer side
const LEAST = 256; // a smaller one is enlarged by a whole number
const byId = (id) => document.getElementById(id);
const [photo, heat, status, camera] = ["photo", "heat", "status", "camera"].map(byId);
const percent = (share) => `${(100 * share).toFixed(1)}\u00a0%`; // never apart

const network = startNetwork();
const buttons = Array.from({ length: SHOWN }, classButton);
let latest = null; // the last answer: probabilities, maps, side
let chosen = null; // the class whose map the reader asked for; null: the likeliest
let turns = 0; // pictures so far: an answer that comes too late isn't shown
let stream = null; // of the camera, while it runs

function classButton() {
  const button = document.createElement("button");
  button.type = "button";
  button.append(document.createElement("span"), document.createElement("b"));
  button.addEventListener("click", () => {
    chosen = Number(button.value);
    showAnswer();
  });
  const item = document.createElement("li");
  item.append(button);
  byId("classes").append(item);
  return button;
}

function showAnswer() {
  const { probabilities, side } = latest;
  const labels = ABOUT.classes.map((_, label) => label);
  labels.sort((a, b) => probabilities[b] - probabilities[a]);
  const shown = chosen ?? labels[0];
  buttons.forEach((button, place) => {
    const label = labels[place];
    button.value = label;
    button.style.setProperty("--share", probabilities[label]);
    button.setAttribute("aria-pressed", label === shown);
    button.children[0].textContent = ABOUT.classes[label];
    button.children[1].textContent = percent(probabilities[label]);
  });
  const map = evidence(latest, shown);
  drawEvidence(heat, map, side);
  const name = ABOUT.classes[shown];
  const unseen = photo.width === photo.height ? "" : " Dark: what the network doesn’t see.";
  byId("key").textContent = map.some((value) => value > 0)
    ? `Red: the evidence for ${name}, strongest ${whereLargest(map, side)}.${unseen}`
    : `No place speaks for ${name}.${unseen}`;
  const best = `The likeliest: ${ABOUT.classes[labels[0]]}`;
  tell(stream ? `${best}.` : `${best}, ${percent(probabilities[labels[0]])}.`);
}

// Screen readers read the line out when it changes: with the camera, only for another class.
function tell(line) {
  if (status.textContent !== line) status.textContent = line;
}

// Draw a picture, ask the network, show its answer.
async function classify(bitmap, words) {
  const turn = ++turns;
  const ask = await network;
  if (turn !== turns) return;
  const answer = await ask(middleSquare(bitmap, ABOUT.size));
  if (turn !== turns) return;
  const longer = Math.max(bitmap.width, bitmap.height);
  const scale = longer < LEAST ? Math.floor(LEAST / longer) : Math.min(1, LARGEST / longer);
  for (const canvas of [photo, heat]) {
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  }
  const context = photo.getContext("2d");
  context.fillStyle = "white"; // under transparent places
  context.fillRect(0, 0, photo.width, photo.height);
  context.imageSmoothingEnabled = scale < 1;
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, photo.width, photo.height);
  byId("picture").setAttribute("aria-label", words);
  byId("answer").hidden = false;
  latest = answer;
  showAnswer();
}

async function open(file) {
  stopCamera();
  chosen = null;
  tell(`Looking at ${file.name} …`);
  const how = {
    imageOrientation: "from-image",
    colorSpaceConversion: "none", // Pillow leaves colours as they are
  };
  const bitmap = await createImageBitmap(file, how).catch(() => null);
  if (!bitmap) {
    tell(`${file.name} is no picture that this browser can read: save it as JPEG or PNG.`);
  } else if (bitmap.width * bitmap.height > ABOUT.mostPixels) {
    tell(`${file.name}: ${bitmap.width} × ${bitmap.height} pixels are too many; shrink it first.`);
  } else {
    await classify(bitmap, `Picture ${file.name}`);
    bitmap.close();
  }
}

function stopCamera() {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  camera.textContent = "Use the camera";
}

async function startCamera() {
  camera.disabled = true; // until the reader has allowed it, or not
  try {
    if (!navigator.mediaDevices) throw new Error("this browser gives it to no page from a disk");
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch (problem) {
    tell(`No camera (${problem.message}). Take a photograph and drop it here, or try another browser.`);
  }
  camera.disabled = false;
  if (stream) await watch(stream);
}

// Classify what the camera sees, picture after picture, until it is stopped.
async function watch(source) {
  camera.textContent = "Stop the camera";
  chosen = null;
  source.getVideoTracks()[0].addEventListener("ended", stopCamera); // it was unplugged
  const video = Object.assign(document.createElement("video"), { muted: true, playsInline: true });
  video.srcObject = source;
  await video.play();
  while (stream === source) {
    const bitmap = await createImageBitmap(video);
    if (stream === source) await classify(bitmap, "The camera’s picture");
    bitmap.close();
    await new Promise(requestAnimationFrame); // which waits while the page is hidden
  }
}

function listen() {
  const [file, strength] = [byId("file"), byId("strength")];
  file.addEventListener("change", () => {
    if (file.files.length) open(file.files[0]).catch(fail);
    file.value = ""; // so that the same file can be chosen again
  });
  camera.addEventListener("click", () => (stream ? stopCamera() : startCamera().catch(fail)));
  strength.addEventListener("input", () => {
    byId("picture").style.setProperty("--strength", strength.value / 100);
  });
  document.addEventListener("dragover", (event) => {
    event.preventDefault(); // or the browser would leave the page for the picture
    document.body.classList.add("over");
  });
  document.addEventListener("dragleave", () => document.body.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    document.body.classList.remove("over");
    const [dropped] = event.dataTransfer.files;
    if (dropped) open(dropped).catch(fail);
    else tell("That is no file: save the picture, then drop its file.");
  });
}

function fail(problem) {
  tell(`The network doesn’t work in this browser (${problem.message}): try a newer one.`);
}

listen();
network.then(() => turns || tell("Ready."), fail);
