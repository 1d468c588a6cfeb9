import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { registerApp } from '../../src/app';
import type { AppServices } from '../../src/app';
import { activities, orchestrators } from '../../src/contracts/activities';
import { bellName, FunctionName, instanceIdOf, watchInstanceIdOf } from '../../src/contracts/names';
import { failureCatalogue } from '../../src/domain/failure-catalogue';
import { core } from '../support/functions-core';

const src = join(__dirname, '../../src');
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(join(src, file), 'utf8') }));

function filesWithLiteral(literal: string, except: readonly string[]): string[] {
  const quoted = new RegExp(`(['"\`])${literal}\\1`);
  return sources.filter(({ file, text }) => !except.includes(file) && quoted.test(text)).map(({ file }) => file);
}

describe('function names', () => {
  const names = Object.values(FunctionName);

  test('are unique without case', () => {
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  });

  test.each(names)('%s is one that the host takes', (name) => {
    expect(name).toMatch(/^[A-Z][A-Za-z0-9]{0,127}$/);
    expect(name.toLowerCase()).not.toBe('host');
  });

  test.each(names)('%s is written in contracts/names.ts alone', (name) => {
    expect(filesWithLiteral(name, ['contracts/names.ts'])).toEqual([]);
  });

  test('are each registered once by the app', () => {
    const functions = { settings: { sweepSchedule: '0 */10 * * * *' } };
    const services = { functions, activities: () => ({}), redact: (text: string) => text, stop: () => undefined };

    // Registering asks the services for nothing but settings.
    registerApp(services as unknown as AppServices);

    const registered = core.functions.map(({ metadata }) => metadata.name);
    expect([...registered].sort()).toEqual([...names].sort());
  });

  test('of activities and orchestrators are those of their refs', () => {
    for (const [key, ref] of [...Object.entries(activities), ...Object.entries(orchestrators)]) {
      expect(ref.name).toBe(FunctionName[key as keyof typeof FunctionName]);
    }
  });
});

describe('instance and event names', () => {
  test('tell runs apart, and a run from its watch', () => {
    const ids = [instanceIdOf('rel_a', 1), instanceIdOf('rel_a', 11), watchInstanceIdOf('rel_a', 1)];

    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^[\w-]{1,256}$/);
  });

  test('of bells are never numbers, which would complete a task', () => {
    expect(Number.isNaN(Number(bellName(1, 2)))).toBe(true);
    expect(bellName(1, 12)).not.toBe(bellName(11, 2));
  });
});

describe('failure codes', () => {
  const catalogue = Object.entries(failureCatalogue);
  const instruction =
    /(^|[.,:;] |, or |or |and )(Add|Ask|Check|Compare|Fill in|Finalize|In Partner Center|Look|Mend|Publish|publish|Read|Replace|Retry|retry|See|Send|delete|send)\b/;

  test.each(catalogue)('%s has a title without a full stop', (_code, { title }) => {
    expect(title).toMatch(/^[A-Z].*[^.]$/);
  });

  test.each(catalogue)('%s has a remedy that says what to do', (_code, { remedy }) => {
    expect(remedy).toMatch(instruction);
    expect(remedy).toMatch(/\.$/);
  });

  test.each(catalogue)('%s is in use', (code) => {
    expect(filesWithLiteral(code, ['domain/failure-catalogue.ts'])).not.toEqual([]);
  });
});

test('every event of a release is written by something', () => {
  const declared = sources.find(({ file }) => file === 'domain/release-event.ts')!.text;
  const types = [...declared.matchAll(/readonly type: '([\w-]+)'/g)].map((match) => match[1]!);

  const unwritten = types.filter(
    (type) => !sources.some(({ file, text }) => file.startsWith('orchestrators/') && text.includes(`type: '${type}'`)),
  );
  expect(types.length).toBeGreaterThan(15);
  expect(unwritten).toEqual([]);
});
