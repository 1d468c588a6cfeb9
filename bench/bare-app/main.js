'use strict';
// The baseline of load times: the smallest app that serves HTTP and runs an orchestration.
const { app } = require('@azure/functions');
const df = require('durable-functions');

app.http('Hello', { methods: ['GET'], authLevel: 'function', handler: () => ({ body: 'hello' }) });
df.app.orchestration('Nothing', function* () {
  return {};
});
