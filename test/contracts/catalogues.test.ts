import { failureCatalogue } from '../../src/domain/failure-catalogue';
import { faultCatalogue } from '../../src/domain/fault-catalogue';
import { problemCatalogue } from '../../src/domain/problem-catalogue';
import { warningCatalogue } from '../../src/domain/store/warning-catalogue';
import { operations } from '../../src/contracts/operations';
import type { Operation } from '../../src/contracts/operation';
import { problemsOf } from '../../src/contracts/openapi';

const catalogues = Object.entries({
  failureCatalogue,
  faultCatalogue,
  problemCatalogue,
  warningCatalogue,
}).flatMap(([name, catalogue]) => Object.entries(catalogue).map(([code, entry]) => [name, code, entry] as const));

test.each(catalogues)('%s: %s has a title and a remedy', (_name, code, { title, remedy }) => {
  expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
  expect(title).toMatch(/^[A-Z].*[^.]$/);
  expect(remedy).toMatch(/^[A-Z].*\.$/);
});

test('every problem has a status, and an operation that answers it', () => {
  const answered = new Set(Object.values<Operation>(operations).flatMap(problemsOf));

  for (const [code, { status }] of Object.entries(problemCatalogue)) {
    expect([400, 401, 403, 404, 409, 410, 413, 415, 422, 429, 500, 503]).toContain(status);
    expect([...answered]).toContain(code);
  }
});
