import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { json, type Answer } from '../core/answer';
import type { Dispatcher } from '../core/dispatcher';
import type { PlainRoute } from '../core/server';
import type { Services } from '../core/services';
import { marketplaceJson } from './marketplace';

const TYPES = { html: 'text/html', css: 'text/css', js: 'text/javascript' } as const;

/** What the page is made of; `index.html` is served at `/`. */
const FILES = [
  'styles.css',
  'main.js',
  'elements.js',
  'emulator.js',
  'applications.js',
  'submission.js',
  'products.js',
  'offers.js',
  'outcomes.js',
  'items.js',
  'parts.js',
  'portal.js',
  'journal.js',
  'faults.js',
  'clock.js',
] as const;

/** Nothing from elsewhere, no text that becomes a script, nobody who frames the page. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** The page at `/`, for a person with a browser. All it shows and does goes through the control endpoint. */
export function pageRoutes(services: Services, dispatcher: Dispatcher): PlainRoute[] {
  return [
    { method: 'GET', path: '/', run: () => file('index.html') },
    ...FILES.map((name): PlainRoute => ({ method: 'GET', path: `/page/${name}`, run: () => file(name) })),
    { method: 'GET', path: '/control/uploads', run: async () => json(200, await uploads(services)) },
    {
      method: 'GET',
      path: '/control/marketplace',
      run: async () => json(200, await marketplaceJson(services, dispatcher)),
    },
  ];
}

function file(name: 'index.html' | (typeof FILES)[number]): Answer {
  // One of those above: each ends in one of these.
  const type = TYPES[name.split('.')[1] as keyof typeof TYPES];
  const content = readFileSync(join(__dirname, 'browser', name), 'utf8');
  return {
    status: 200,
    headers: {
      'content-security-policy': POLICY,
      'referrer-policy': 'no-referrer',
      // A browser that has seen an older emulator at this address must not mix the two.
      'cache-control': 'no-store',
    },
    text: { type: `${type}; charset=utf-8`, content },
  };
}

/** For each submission that has an upload URL: whether something was uploaded, and how much. */
async function uploads({ world, storage }: Services): Promise<Record<string, { issued: number; size: number | null }>> {
  const found = [...world.submissions.values()].flatMap(({ id, upload }) => (upload ? [{ id, upload }] : []));
  const entries = found.map(async ({ id, upload }) => {
    // The storage may be away, which is for those who upload to notice.
    const size = await storage.size(upload.blob).catch(() => undefined);
    return [id, { issued: upload.issued, size: size ?? null }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
