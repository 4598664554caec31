// Joins what several endpoints hold by Comunica, and prints the values of each row; a refused request ends it.
const { QueryEngine } = require("@comunica/query-sparql");

async function answered(address, options) {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(`${answer.status} from ${answer.url}`);
  return answer;
}

(async () => {
  const [names, query, ...endpoints] = process.argv.slice(2);
  const sources = endpoints.map((value) => ({ type: "sparql", value }));
  const rows = await new QueryEngine().queryBindings(query, { sources, fetch: answered });
  for await (const row of rows) console.log(names.split(" ").map((name) => row.get(name).value).join("\t"));
})();
