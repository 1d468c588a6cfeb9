import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deleteProduct } from '../../src/activities/delete-product';
import { createQueries } from '../../src/queries';
import type { FunctionServices } from '../../src/functions/services';
import { PRODUCTS } from '../emulator/ingestion-api';
import { ADD_ONS, APPS } from '../support/emulator';
import { releaseWorld, type ReleaseApp } from '../support/release-app';
import { letBudgetRecover } from './app-http';
import { createHttpHost, type HttpHost } from './http-host';
import { put, waiting } from './releases';
import { servicesOn } from './services';

/** Every example of docs/http-api.md is sent as it stands there, and must be answered as the page says. */

const page = readFileSync(join(__dirname, '../../docs/http-api.md'), 'utf8');
const examples = [...page.matchAll(/```http (\d+)\n([A-Z]+) (\S+)\n((?:[\w-]+: .*\n)*)\n?([^`]*)```/g)].map(
  ([, status = '', method = '', path = '', headers = '', body = '']) => ({
    status: Number(status),
    method,
    path,
    headers: Object.fromEntries(
      headers
        .split('\n')
        .filter(Boolean)
        .map((line) => line.split(': ') as [string, string]),
    ),
    body,
  }),
);

const world = releaseWorld();
let app: ReleaseApp;
let services: FunctionServices;
let host: HttpHost;

beforeAll(async () => {
  app = await world().app();
  const { rooms } = app;
  const deps = { ...rooms, stopping: new AbortController().signal, settings: { planMs: 90_000 } };
  services = servicesOn(rooms.storage, {
    queries: createQueries(deps),
    deleteProduct: (account, product) => deleteProduct(deps, account, product),
  });
  host = await createHttpHost(services);
});

beforeEach(() => letBudgetRecover(app));

afterAll(() => host.close());

/** The products of the page, as the emulator has them. */
function seeded(text: string): string {
  return text
    .replaceAll('9NBLGGH4R315', APPS.published)
    .replaceAll('9NBLGGH4R3A1', ADD_ONS.neverPublished)
    .replaceAll('5e0b1a7c-3d42-4f6e-9a18-c7d2e4f60b31', PRODUCTS.monitor);
}

/** The release that an example talks about, in the state that the page describes. */
async function releaseFor(path: string, body: string): Promise<string> {
  if (path.endsWith('/rollout')) {
    const rollout = {
      percentage: 10,
      status: 'PackageRolloutInProgress',
      held: /resume/.test(body),
      nextStageAt: null,
    };
    return put(services, { step: 'rollout', rollout }, { rollout: { open: true, commands: [] }, phase: 'committed' });
  }
  if (path.endsWith('/retry')) return put(services, { state: 'failed', endedAt: '2026-11-20T11:00:00.000Z' });
  return put(services, ...waiting('gate-1', 'nobody-1'));
}

test('the page has examples', () => {
  expect(examples.length).toBe(page.match(/```http/g)?.length);
  expect(examples.length).toBeGreaterThan(10);
});

test.each(examples.map((example, index) => [index + 1, example.method, example.path, example] as const))(
  'example %i, %s %s, is answered as the page says',
  async (_index, method, path, example) => {
    const id = await releaseFor(path, example.body);
    const plan = path.match(/pln_[0-9a-f]{32}/)?.[0];
    if (plan !== undefined) await services.plans.insert(plan, services.now());
    const target = seeded(path)
      .replace(/^\/api/, '')
      .replace(/rel_[0-9A-Z]{26}/, id);

    const answer = await host.send(method, target, {
      headers: example.headers,
      ...(example.body === '' ? {} : { raw: seeded(example.body) }),
    });

    expect(answer.status).toBe(example.status);
  },
);
