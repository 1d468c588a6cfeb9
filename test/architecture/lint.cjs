/**
 * Lints with the project's configuration, outside jest, which cannot load it. Reads `{texts: [{filePath, code}], files}`
 * from standard input and writes what was found: `[{filePath, messages: [{ruleId, message}]}]`.
 */
const { text } = require('node:stream/consumers');
const { ESLint } = require('eslint');

async function main() {
  const { texts, files } = JSON.parse(await text(process.stdin));
  const eslint = new ESLint();
  // The files first: a text takes the place of its file for the type-aware rules from then on.
  const results = await eslint.lintFiles(files);
  for (const { filePath, code } of texts) results.push(...(await eslint.lintText(code, { filePath })));
  const found = results.map(({ filePath, messages }) => ({
    filePath,
    messages: messages.map(({ ruleId, message, line }) => ({ ruleId, message, line })),
  }));
  process.stdout.write(JSON.stringify(found));
}

void main();
