/** One of several processes that share a budget: reserves, sends at a random moment of its half second, and reports. */
const { readFileSync } = require('node:fs');
const { setTimeout: delay } = require('node:timers/promises');
const { transformSync } = require('@swc/core');

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    swcrc: false,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  module._compile(code, filename);
};

const { connectStorage } = require('../../src/storage/connect.ts');
const { budgets } = require('../../src/storage/budgets.ts');

async function main({ connectionString, tenant, requests, maxWaitMs, rules }) {
  const budget = budgets(connectStorage({ connectionString }), rules).budgetFor(tenant);
  const sent = [];
  let tickets = 0;
  while (sent.length < requests) {
    let answer = await budget.reserve(1, { maxWaitMs });
    while (!answer.granted) {
      tickets += 1;
      await delay(Math.max(0, answer.retryAt.getTime() - Date.now()));
      answer = await budget.reserve(1, { maxWaitMs, ticket: answer.ticket });
    }
    await delay(Math.random() * 400);
    sent.push(Date.now());
  }
  process.send({ sent, tickets }, () => process.disconnect());
}

process.once('message', (task) => {
  main(task).catch((error) => {
    console.error(error);
    process.exit(1);
  });
});
