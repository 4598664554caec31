// What the server knows to complete: the vocabulary of the release, and things by their names.
let asked;
const led = new Map();

// Prefixes, classes and properties; asked for once, and again where that failed.
export function vocabulary(release) {
  asked ??= load(`/sparql/words.json${query({ release })}`).catch((error) => {
    asked = undefined;
    throw error;
  });
  return asked;
}

// The things to which a property leads most often; asked for once for each property.
export function values(property, release) {
  const address = `/sparql/values.json${query({ property, release })}`;
  if (!led.has(address)) led.set(address, load(address));
  const found = led.get(address);
  found.catch(() => led.delete(address));
  return found;
}

// Things whose name in either language fits, of one kind where that is given.
export async function things(words, kind, release, signal) {
  const found = await load(`/search.json${query({ q: words, kind, limit: 8, release })}`, signal);
  return found.hits;
}

async function load(address, signal) {
  const response = await fetch(address, { signal, headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return response.json();
}

function query(fields) {
  const given = Object.entries(fields).filter(([, value]) => value);
  return given.length ? `?${new URLSearchParams(given)}` : "";
}
