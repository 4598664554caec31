// What the server knows to complete: the vocabulary of the release, and things by their names.
let asked;

// Prefixes, classes and properties; asked for once, and again where that failed.
export function vocabulary(release) {
  asked ??= load(`/sparql/words.json${query({ release })}`).catch((error) => {
    asked = undefined;
    throw error;
  });
  return asked;
}

// Things whose name in either language fits.
export async function things(words, release, signal) {
  const found = await load(`/search.json${query({ q: words, limit: 8, release })}`, signal);
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
