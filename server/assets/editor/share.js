// Gives the addresses at which others find a query: a short one that the server keeps, and one that holds the text.
import { problemOf } from "./ask.js";
import { copyButton, element } from "./elements.js";

// A link shows the result as it is looked at now, when it is run.
export async function share(place, { text, release, view, mostBytes, texts }) {
  const opening = element("input", { type: "checkbox" });
  const links = [field(texts.full, texts)];
  const addresses = [(isRun) => address("/sparql", { [isRun ? "query" : "text"]: text, release, view })];
  const write = () => links.forEach((link, place) => {
    link.querySelector("input").value = addresses[place](opening.checked);
  });
  opening.addEventListener("change", write);
  place.replaceChildren(links[0], element("p", {}, element("label", { className: "opening" }, opening, texts.opening)));
  write();
  place.hidden = false;
  if (!mostBytes) return;
  const isShort = new TextEncoder().encode(text.trim()).length <= mostBytes;
  const kept = isShort ? await keep(text, texts) : { said: element("p", { className: "help" }, texts.toolong) };
  if (kept.id) {
    links.push(field(texts.short, texts));
    addresses.push((isRun) => address(`/s/${kept.id}`, { release, run: isRun && "true", view }));
    write();
  }
  place.prepend(kept.said ?? links[1]);
  links[1]?.querySelector("input").select();
}

// { id } of what the server keeps, or { said } where it does not.
async function keep(text, texts) {
  const response = await fetch("/links", { method: "POST", body: new URLSearchParams({ query: text }) })
    .catch(() => null);
  if (!response?.ok) {
    const problem = response ? await problemOf(response) : { detail: texts.offline };
    return { said: element("p", { className: "error", role: "alert" }, problem.detail || problem.title) };
  }
  return response.json();
}

function address(path, fields) {
  const given = Object.entries(fields).filter(([, value]) => value);
  const query = given.length ? `?${new URLSearchParams(given)}` : "";
  return new URL(path + query, location.href).href;
}

function field(label, texts) {
  const input = element("input", { type: "text", readOnly: true, dir: "ltr" });
  return element("p", {}, element("label", {}, label, input), copyButton(() => input.value, texts));
}
