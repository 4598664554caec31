// Asks an endpoint by fetch-sparql-endpoint, and prints rows and triples as it reads them.
const { SparqlEndpointFetcher } = require("fetch-sparql-endpoint");

(async () => {
  const [endpoint, select, construct] = process.argv.slice(2);
  const fetcher = new SparqlEndpointFetcher();
  for await (const row of await fetcher.fetchBindings(endpoint, select)) {
    for (const [name, term] of Object.entries(row)) console.log(name, term.value, term.language || "");
  }
  for await (const quad of await fetcher.fetchTriples(endpoint, construct)) {
    console.log(quad.subject.value, quad.predicate.value, quad.object.value);
  }
  console.log(await fetcher.fetchAsk(endpoint, "ASK {}"));
})();
