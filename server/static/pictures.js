// Drawings that answer to pointer and keyboard: a network shows the ties of one thing alone. Without it they
// are whole all the same, and every name is a link.
"use strict";

/**
 * Lights what is tied to a thing of a network, and the ties between; everything again where it is none. What a finger
 * chose is kept until another tap, and a narrow page folds the rest away.
 */
function isolate(network, node, isKept = false) {
  const ties = [...network.querySelectorAll(".tie")];
  const ends = (tie) => tie.dataset.ends.split(" ");
  const lit = node ? ties.filter((tie) => ends(tie).includes(node.dataset.node)) : [];
  const things = new Set(lit.flatMap(ends));
  network.classList.toggle("is-isolating", lit.length > 0);
  network.classList.toggle("is-kept", isKept && lit.length > 0);
  for (const tie of ties) tie.classList.toggle("is-lit", lit.includes(tie));
  for (const one of network.querySelectorAll("[data-node]")) {
    one.classList.toggle("is-lit", things.has(one.dataset.node));
    one.classList.toggle("is-chosen", isKept && one === node);
  }
  for (const heading of network.querySelectorAll(".parent")) heading.classList.toggle("is-lit", isAboveLit(heading));
  for (const tie of ties) draw(network, tie);
}

/** Whether one of the names under a heading is lit. */
function isAboveLit(heading) {
  let one = heading.nextElementSibling;
  while (one && !one.matches(".parent, .is-lit")) one = one.nextElementSibling;
  return Boolean(one?.matches("[data-node].is-lit"));
}

/** Leads a tie to where its ends stand: names that are left alone move together. */
function draw(network, tie) {
  tie.dataset.whole ??= tie.getAttribute("d");
  tie.setAttribute("d", tie.dataset.whole);
  if (!network.matches(".is-kept") || !tie.matches(".is-lit")) return;
  const paper = tie.ownerSVGElement;
  const box = paper.getBoundingClientRect();
  if (!box.height) return; // the paper of the other width
  const [y, z] = tie.dataset.ends.split(" ").sort((one, other) => one - other).map((end) => {
    const name = network.querySelector(`[data-node="${end}"]`).getBoundingClientRect();
    return ((name.top + name.height / 2 - box.top) * paper.viewBox.baseVal.height) / box.height;
  });
  const [start, bend, back, stop] = tie.dataset.whole.match(/[-\d.]+(?=,)/g);
  tie.setAttribute("d", `M${start},${y}C${bend},${y} ${back},${z} ${stop},${z}`);
}

let isTouch = false;
const networkOf = (target) => target.closest?.(".drawing.network");

function pointAt(event) {
  const network = networkOf(event.target);
  if (network && !isTouch) isolate(network, event.target.closest("[data-node]"));
}

function leave(event) {
  const network = networkOf(event.target);
  if (network && !isTouch && !network.contains(event.relatedTarget)) isolate(network, null);
}

/** The first tap on a name isolates it, the second follows its link; one beside the names shows all again. */
function tap(event) {
  const network = networkOf(event.target);
  const node = event.target.closest?.("[data-node]");
  if (!isTouch || !network || node?.matches(".is-chosen")) return;
  if (node) event.preventDefault();
  isolate(network, node, true);
  node?.scrollIntoView({ block: "center" });
}

const noteTouch = (event) => (isTouch = event.pointerType === "touch");
for (const kind of ["pointerover", "pointerdown"]) document.addEventListener(kind, noteTouch, true);
document.addEventListener("keydown", () => (isTouch = false), true);
document.addEventListener("click", tap);
// On the document, for drawings that come later too: the editor puts its results into the page.
document.addEventListener("pointerover", pointAt);
document.addEventListener("pointerout", leave);
document.addEventListener("focusin", pointAt);
document.addEventListener("focusout", leave);

/** A picture in SVG as one in PNG, twice as large so that it is sharp in print, to be saved. */
async function saveAsPng(address, name) {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [2 * image.naturalWidth, 2 * image.naturalHeight];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

document.documentElement.classList.add("has-pictures");
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".take .png")?.parentElement.querySelector("a[download]");
  if (link) saveAsPng(link.href, link.download.replace(/svg$/, "png"));
});
