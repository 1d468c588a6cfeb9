'use strict';
// What the engine is measured with: activities in a row that do nothing, so that only the engine is left.
const df = require('durable-functions');

df.app.activity('Nothing', { handler: () => ({}) });
df.app.orchestration('Steps', function* (ctx) {
  const { steps } = ctx.df.getInput();
  for (let step = 0; step < steps; step++) yield ctx.df.callActivity('Nothing', { step });
  return {};
});
df.app.orchestration('Waits', function* (ctx) {
  yield ctx.df.createTimer(new Date(ctx.df.currentUtcDateTime.getTime() + 30 * 86_400_000));
  return {};
});
