// Writes land.json, the coastlines of Natural Earth, 1:110 million, as rings of [longitude, latitude], and
// countries.json, the rings of each country by its number in M49; those too small for that scale at 1:50 million.
import { readFile, writeFile } from "node:fs/promises";

const ATLAS = new URL("node_modules/world-atlas/", import.meta.url);

export default async function writeLand(target) {
  const coasts = await read("land-110m.json");
  await write(target, "land.json", shapes(coasts, coasts.objects.land));
  const [small, large] = [await countries("countries-50m.json"), await countries("countries-110m.json")];
  await write(target, "countries.json", { ...small, ...large });
}

async function read(name) {
  const atlas = JSON.parse(await readFile(new URL(name, ATLAS), "utf8"));
  return { ...atlas, arcs: atlas.arcs.map((arc) => placed(arc, atlas.transform)) };
}

async function write(target, name, content) {
  await writeFile(new URL(name, target), JSON.stringify(content));
}

// A few territories have no number of their own. What Natural Earth draws as a part of France or Norway, and M49
// counts by itself (French Guiana, Svalbard and others), is no part of them here.
const WITHIN = { 250: { west: -10, south: 41, east: 12, north: 52 }, 578: { west: 0, south: 57, east: 35, north: 72 } };

async function countries(name) {
  const atlas = await read(name);
  const numbered = atlas.objects.countries.geometries.filter((country) => /^\d{3}$/.test(country.id));
  return Object.fromEntries(numbered.map((country) => [country.id, mainland(country.id, shapes(atlas, country))]));
}

function mainland(number, rings) {
  const box = WITHIN[number];
  const isInside = ([x, y]) => box.west < x && x < box.east && box.south < y && y < box.north;
  return box ? rings.filter((ring) => ring.every(isInside)) : rings;
}

function shapes(atlas, geometry) {
  return polygons(geometry).flat().flatMap((ring) => flat(joined(ring, atlas.arcs)));
}

// An arc of TopoJSON holds the steps from point to point, in units of its grid.
function placed(arc, { scale, translate }) {
  let [x, y] = [0, 0];
  return arc.map(([dx, dy]) => {
    [x, y] = [x + dx, y + dy];
    return [rounded(x * scale[0] + translate[0]), rounded(y * scale[1] + translate[1])];
  });
}

function rounded(degrees) {
  return Math.round(degrees * 100) / 100;
}

function polygons(geometry) {
  if (geometry.type === "GeometryCollection") return geometry.geometries.flatMap(polygons);
  return geometry.type === "MultiPolygon" ? geometry.arcs : [geometry.arcs];
}

// A ring names its arcs by number, by ~number those that are walked backwards; neighbours share a point.
function joined(ring, arcs) {
  const parts = ring.map((number) => (number < 0 ? [...arcs[~number]].reverse() : arcs[number]));
  return parts.flatMap((part, place) => (place ? part.slice(1) : part));
}

// A ring on the globe, laid flat: one that goes over the date line stands at both edges of the map, and one
// around a pole (Antarctica) takes in all that is beyond it.
function flat(ring) {
  let shift = 0;
  const line = ring.map(([x, y], place) => {
    const step = place ? x - ring[place - 1][0] : 0;
    if (Math.abs(step) > 180) shift -= Math.sign(step) * 360;
    return [rounded(x + shift), y];
  });
  const [first, last] = [line[0], line.at(-1)];
  if (Math.abs(last[0] - first[0]) > 180) line.push([last[0], -90], [first[0], -90]);
  return [-360, 0, 360]
    .map((turn) => line.map(([x, y]) => [rounded(x + turn), y]))
    .filter((copy) => copy.some(([x]) => x > -180 && x < 180));
}
