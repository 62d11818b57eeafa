// Validates documents against a JSON Schema (draft 2020-12), as editors do. Input: {schema, documents: {name: document}}.
// Outcome: {name: [faults]}.
import Ajv2020 from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';

const { schema, documents } = JSON.parse(readFileSync(JSON.parse(process.argv[2]), 'utf8'));
const validate = new Ajv2020({ allErrors: true, strict: true, strictRequired: false }).compile(schema);
const faults = Object.entries(documents).map(([name, document]) => [
  name, validate(document) ? [] : validate.errors.map(({ instancePath, message }) => `${instancePath} ${message}`),
]);
console.log(JSON.stringify(Object.fromEntries(faults)));
