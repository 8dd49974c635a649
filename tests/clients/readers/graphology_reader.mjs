// GRAPHML: what graphology (Gephi Lite, sigma.js) has after reading it, as JSON.
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {pathToFileURL} from 'node:url';

const [graphml, installed] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${installed}/`));
const Graph = require('graphology');
const {parse} = require('graphology-graphml');

const graph = parse(Graph, readFileSync(graphml, 'utf8'));
const nodes = Object.fromEntries(graph.mapNodes((id, cells) => [id, cells]));
const edges = graph.mapEdges((id, cells, source, target) => ({id, source, target, cells}));
process.stdout.write(JSON.stringify({directed: graph.type === 'directed', nodes, edges}));
