// Writes random rules, data and what json-logic-js makes of them, one case per line: rule, data and result as JSON,
// between tabs; "!" where the reference throws. The same count and seed give the same lines. See README.md.
'use strict';

const jsonLogic = require('json-logic-js');

const count = Number(process.argv[2] || 400);
let state = Number(process.argv[3] || 1) >>> 0;
const longestLine = 300;

console.log = () => {}; // the reference's `log` must not write among the cases

// mulberry32
function random() {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

const below = (n) => Math.floor(random() * n);
const pick = (list) => list[below(list.length)];
const times = (n, make) => Array.from({length: n}, make);
const chance = (p) => random() < p;

const numbers = [0, 1, -1, 2, 3, 7, 10, 100, -5, 0.1, 0.2, 1.5, -2.5, 1e-6, 1.5e-7, 1e20, 1e21, 123456789012345680000,
  1.7976931348623157e308, 5e-324, 9007199254740993, 1 / 3];
const texts = ['', '0', '1', '10', '9', '-1', ' 12 ', '1e3', '0x1F', '0b11', '.5', '5.', '1.5px', 'Infinity', '-Infinity',
  'NaN', 'a', 'b', 'ab', 'abc', 'B', 'true', 'null', 'undefined', '1,2', 'é', 'Zürich', '😀', 'a😀b', '\uffe5', '\n1\n', '"', '[object Object]'];
const keys = ['a', 'b', 'c', 'list', 'text', 'deep', 'none', 'length', '0', '1', '2', '', 'a.b', 'deep.a', 'deep.list.1',
  'list.0', 'list.length', 'text.0', 'text.length', 'list.0.a', 'current', 'accumulator', 'current.a', 1, 0, 1.5, null];
const names = ['a', 'b', 'c', 'list', 'text', 'deep'];

function plain() {
  const r = random();
  if (r < 0.4) return pick(numbers);
  if (r < 0.8) return pick(texts);
  return pick([true, false, null]);
}

function data(depth) {
  const r = random();
  if (depth === 0 || r < 0.35) return plain();
  if (r < 0.65) return times(below(4), () => data(depth - 1));
  const result = {};
  for (const name of names) if (chance(0.6)) result[name] = data(depth - 1);
  return result;
}

const operators = ['==', '===', '!=', '!==', '<', '<=', '>', '>=', '!', '!!', 'and', 'or', 'if', '?:', '+', '-', '*', '/',
  '%', 'max', 'min', 'cat', 'in', 'substr', 'merge', 'map', 'filter', 'reduce', 'all', 'none', 'some', 'log', 'var',
  'missing', 'missing_some'];
const usual = {'==': 2, '===': 2, '!=': 2, '!==': 2, '<': 2, '<=': 3, '>': 2, '>=': 2, '!': 1, '!!': 1, '-': 2, '/': 2,
  '%': 2, 'in': 2, 'substr': 3, 'map': 2, 'filter': 2, 'reduce': 3, 'all': 2, 'none': 2, 'some': 2, 'log': 1};

function variable() {
  if (chance(0.15)) return {var: [pick(keys), plain()]};
  return {var: chance(0.3) ? [pick(keys)] : pick(keys)};
}

function rule(depth) {
  const r = random();
  if (depth === 0 || r < 0.15) return chance(0.5) ? plain() : variable();
  if (r < 0.25) return times(below(4), () => rule(depth - 1));
  if (r < 0.27) return pick([{}, {a: 1, b: 2}, {nothing: [1]}, {'a.b': 1}, {'var.length': []}]);
  const operator = chance(0.1) ? 'var' : pick(operators);
  if (operator === 'var') return chance(0.8) ? variable() : {var: rule(depth - 1)};
  if (operator === 'missing') return {missing: chance(0.5) ? times(below(4), () => pick(keys)) : rule(depth - 1)};
  if (operator === 'missing_some') return {missing_some: [pick([0, 1, 2, '1']), times(below(4), () => pick(keys))]};
  const operands = usual[operator] && chance(0.85) ? usual[operator] : below(5);
  if (operands === 1 && chance(0.5)) return {[operator]: rule(depth - 1)};
  const list = times(operands, () => rule(depth - 1));
  const takesList = ['map', 'filter', 'reduce', 'all', 'none', 'some'].includes(operator);
  if (takesList && list.length && chance(0.7)) list[0] = chance(0.5) ? {var: 'list'} : times(below(4), plain);
  if (operator === 'in' && list.length > 1 && chance(0.5)) list[1] = times(below(4), plain);
  return {[operator]: list};
}

function result(aRule, someData) {
  try {
    const value = jsonLogic.apply(aRule, someData);
    return value === undefined ? 'null' : JSON.stringify(value);
  } catch (e) {
    return '!';
  }
}

function dataObject() {
  const top = data(3);
  if (chance(0.1) || top === null || typeof top !== 'object' || Array.isArray(top)) {
    return chance(0.1) ? top : {a: plain(), b: data(2), list: times(1 + below(4), () => data(2)), text: pick(texts), deep: {a: plain(), list: [1, 2]}};
  }
  return top;
}

const seen = new Set();
for (let written = 0; written < count;) {
  const aRule = rule(1 + below(3));
  const someData = dataObject();
  const line = [JSON.stringify(aRule), JSON.stringify(someData), result(aRule, someData)].join('\t');
  if (line.length > longestLine || seen.has(line) || typeof aRule !== 'object' || aRule === null) continue;
  seen.add(line);
  process.stdout.write(line + '\n');
  written++;
}
