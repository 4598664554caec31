// Drawings that answer to pointer and keyboard: a network shows the ties of one thing alone. Without it they
// are whole all the same, and every name is a link.
"use strict";

/** Lights what is tied to a thing of a network, and the ties between; everything again where it is none. */
function isolate(network, node) {
  const ties = [...network.querySelectorAll(".tie")];
  const ends = (tie) => tie.dataset.ends.split(" ");
  const lit = node ? ties.filter((tie) => ends(tie).includes(node.dataset.node)) : [];
  const things = new Set(lit.flatMap(ends));
  network.classList.toggle("is-isolating", lit.length > 0);
  for (const tie of ties) tie.classList.toggle("is-lit", lit.includes(tie));
  for (const one of network.querySelectorAll("[data-node]")) {
    one.classList.toggle("is-lit", things.has(one.dataset.node));
  }
}

function pointAt(event) {
  const network = event.target.closest?.(".drawing.network");
  if (network) isolate(network, event.target.closest("[data-node]"));
}

function leave(event) {
  const network = event.target.closest?.(".drawing.network");
  if (network && !network.contains(event.relatedTarget)) isolate(network, null);
}

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
