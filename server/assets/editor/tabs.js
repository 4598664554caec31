// The row of tabs above the field, one for each query: chosen by pointer or arrows, closed by button or Delete.
import { element } from "./elements.js";
import { summary } from "./past.js";

export class Tabs {
  #list;
  #closeButton;

  constructor(place, { texts, choose, open, close }) {
    this.texts = texts;
    this.choose = choose;
    this.close = close;
    this.#list = element("div", { role: "tablist", "aria-label": texts.queries });
    this.#list.addEventListener("keydown", (event) => this.#press(event));
    const openButton = element("button", { type: "button", className: "quiet small" }, texts.newquery);
    openButton.addEventListener("click", () => open());
    this.#closeButton = element("button", { type: "button", className: "quiet small" }, texts.closequery);
    this.#closeButton.addEventListener("click", () => close(this.active));
    place.replaceChildren(this.#list, openButton, this.#closeButton);
    this.panel = document.getElementById("one-query");
    this.panel.setAttribute("role", "tabpanel");
  }

  show(queries, active) {
    const hadFocus = this.#list.contains(document.activeElement);
    this.ids = queries.map(({ id }) => id);
    this.active = active;
    this.#list.replaceChildren(...queries.map((query) => this.#tab(query)));
    this.panel.setAttribute("aria-labelledby", `tab-${active}`);
    this.#closeButton.hidden = queries.length < 2;
    const chosen = this.#list.querySelector("[aria-selected=true]");
    chosen?.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    if (hadFocus) chosen?.focus();
  }

  #tab({ id, text }) {
    const isActive = id === this.active;
    const words = summary(text) || this.texts.newquery;
    const tab = element("button", { type: "button", role: "tab", id: `tab-${id}`, dir: "auto", title: words,
      tabIndex: isActive ? 0 : -1, "aria-selected": String(isActive), "aria-controls": "one-query" }, words);
    tab.addEventListener("click", () => this.choose(id));
    return tab;
  }

  #press(event) {
    const [place, last] = [this.ids.indexOf(this.active), this.ids.length - 1];
    const forth = document.dir === "rtl" ? -1 : 1;
    const places = { ArrowRight: place + forth, ArrowLeft: place - forth, Home: 0, End: last };
    if (event.key === "Delete" && last > 0) this.close(this.active);
    else if (event.key in places) this.choose(this.ids[(places[event.key] + last + 1) % (last + 1)]);
    else return;
    event.preventDefault();
  }
}
