// Gives the addresses at which others find a query: a short one that the server keeps, and one that holds the text.
import { problemOf } from "./ask.js";
import { copyButton, element } from "./elements.js";

export async function share(place, { text, release, mostBytes, texts }) {
  const full = address("/sparql", { text, release });
  place.replaceChildren(field(texts.full, full, texts));
  place.hidden = false;
  if (!mostBytes) return;
  const isShort = new TextEncoder().encode(text.trim()).length <= mostBytes;
  const first = isShort ? await shortLink(text, release, texts) : element("p", { className: "help" }, texts.toolong);
  place.prepend(first);
  first.querySelector("input")?.select();
}

async function shortLink(text, release, texts) {
  const response = await fetch("/links", { method: "POST", body: new URLSearchParams({ query: text }) })
    .catch(() => null);
  if (!response?.ok) {
    const problem = response ? await problemOf(response) : { detail: texts.offline };
    return element("p", { className: "error", role: "alert" }, problem.detail || problem.title);
  }
  const { id } = await response.json();
  return field(texts.short, address(`/s/${id}`, { release }), texts);
}

function address(path, fields) {
  const given = Object.entries(fields).filter(([, value]) => value);
  const query = given.length ? `?${new URLSearchParams(given)}` : "";
  return new URL(path + query, location.href).href;
}

function field(label, value, texts) {
  const input = element("input", { type: "text", readOnly: true, value, dir: "ltr" });
  return element("p", {}, element("label", {}, label, input), copyButton(() => value, texts));
}
