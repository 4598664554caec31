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
