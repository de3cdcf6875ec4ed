// TypeScript types of the core's documents: reads one JSON Schema from standard input, writes the declarations to standard output.
import { text } from 'node:stream/consumers';
import { compile } from 'json-schema-to-typescript';

const banner = '// Made from the JSON Schemas of this package by `cargo xtask npm`.';
const options = { bannerComment: banner, additionalProperties: true, unreachableDefinitions: true, format: false };
process.stdout.write(await compile(JSON.parse(await text(process.stdin)), 'Documents', options));
