// Map, lanes and list of the missions as one instrument: what is pointed at in one lights up in all, and a span
// of time, drawn on the axis or set with the two sliders, leaves the rest pale. Without it all links work alike.
"use strict";

const whole = document.querySelector(".instrument");
const missions = [...whole.querySelectorAll("li[data-mission]")];
const stays = [...whole.querySelectorAll(".stay")];
const marks = [...whole.querySelectorAll(".map a[data-thing]")];
const form = whole.querySelector(".between");
const axis = whole.querySelector(".axis");
const brush = whole.querySelector(".brush");
const isMirrored = document.documentElement.dir === "rtl";
const first = new Date(whole.dataset.first);
const months = Number(whole.dataset.months);
// In words, as the server writes them: each month, and every number of missions that there may be.
const names = form.dataset.names.split("|");
const counts = form.dataset.counts.split("|");

const thingsOf = (mission) => mission.dataset.things.split(" ");
const within = (selector, target) => target instanceof Element && target.closest(selector);

/** The missions that an element stands for: itself, those of its bar, or all that went to its place. */
function standsFor(target) {
  const known = within("[data-mission]", target);
  if (known) return missions.filter((one) => one.dataset.mission === known.dataset.mission);
  const mark = within("a[data-thing]", target);
  return mark ? missions.filter((one) => thingsOf(one).includes(mark.dataset.thing)) : [];
}

function each(chosen, name, isOn) {
  const ids = new Set(chosen.map((one) => one.dataset.mission));
  const things = new Set(chosen.flatMap(thingsOf));
  for (const one of [...missions, ...stays]) one.classList.toggle(name, isOn(ids.has(one.dataset.mission)));
  for (const mark of marks) mark.classList.toggle(name, isOn(things.has(mark.dataset.thing)));
}

const light = (event) => each(standsFor(event.target), "is-lit", (isChosen) => isChosen);
const darken = () => each([], "is-lit", (isChosen) => isChosen);

/** The first day of a month of the axis, counted from 0. */
const dayOf = (month) => new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + month, 1));

/** Leaves the missions that may have been on between two months as they are, and the others pale. */
function show(from, to) {
  const [begin, end] = [dayOf(from), dayOf(to + 1)];
  const chosen = missions.filter((one) => new Date(one.dataset.to) >= begin && new Date(one.dataset.from) < end);
  const isAll = from === 0 && to === months - 1;
  each(isAll ? missions : chosen, "is-out", (isChosen) => !isChosen);
  const start = (100 * (isMirrored ? months - 1 - to : from)) / months;
  brush.setAttribute("x", `${start}%`);
  brush.setAttribute("width", isAll ? "0" : `${(100 * (to - from + 1)) / months}%`);
  form.elements.from.setAttribute("aria-valuetext", names[from]);
  form.elements.to.setAttribute("aria-valuetext", names[to]);
  form.querySelector("output").textContent = `${names[from]} – ${names[to]}: ${counts[chosen.length]}`;
}

function slide(event) {
  const [from, to] = [form.elements.from, form.elements.to];
  if (Number(from.value) > Number(to.value)) (event?.target === from ? to : from).value = event.target.value;
  show(Number(from.value), Number(to.value));
}

/** The month under the pointer. */
function monthAt(event) {
  const box = axis.getBoundingClientRect();
  const share = (event.clientX - box.left) / box.width;
  return Math.min(months - 1, Math.max(0, Math.floor(months * (isMirrored ? 1 - share : share))));
}

let begun = null;
function draw(event) {
  if (begun === null) return;
  const here = monthAt(event);
  form.elements.from.value = Math.min(begun, here);
  form.elements.to.value = Math.max(begun, here);
  slide(event);
}

axis.addEventListener("pointerdown", (event) => {
  begun = monthAt(event);
  axis.setPointerCapture(event.pointerId);
});
axis.addEventListener("pointermove", draw);
axis.addEventListener("pointerup", (event) => {
  const isClick = monthAt(event) === begun;
  begun = null;
  if (isClick) form.reset(), slide(event); // a click takes the span away
});
whole.addEventListener("pointerover", light);
whole.addEventListener("pointerleave", darken);
whole.addEventListener("focusin", light);
whole.addEventListener("focusout", darken);
form.addEventListener("input", slide);
form.hidden = false;
slide(); // a browser may have kept the sliders of an earlier visit
