/** The largest trailer that the Store takes, through the whole app: its bytes are never in memory together. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { madeUpBytes } from '../packages/sources';
import { leave, liveContent, screenshot } from '../support/pictures';
import { releaseWorld } from '../support/release-app';

const world = releaseWorld();
const megabyte = 1024 * 1024;
const size = 2048 * megabyte;

let server: Server;

beforeAll(async () => {
  server = createServer((request, response) => {
    const [, first = '0', last = ''] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    const end = last === '' ? size : Math.min(Number(last) + 1, size);
    response.writeHead(206, {
      etag: '"film"',
      'content-range': `bytes ${first}-${end - 1}/${size}`,
      'content-length': end - Number(first),
    });
    response.end(madeUpBytes(Buffer.alloc(end - Number(first)), Number(first)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => server.close());

/** The memory that the process takes at most while something goes on, bytes. */
async function peakOf(work: () => Promise<unknown>): Promise<number> {
  let peak = 0;
  const look = (): void => void (peak = Math.max(peak, process.memoryUsage.rss()));
  const watch = setInterval(look, 50);
  await work().finally(() => clearInterval(watch));
  return peak;
}

test('a trailer of 2 GB is published, and takes no more memory than a small one does', async () => {
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo;
  const app = await world().app({
    PUBLISHER_ALLOWED_HOSTS: `127.0.0.1:${port}`,
    PUBLISHER_ALLOW_LOOPBACK_SOURCES: 'true',
  });
  const trailerAssets = { 'en-us': { title: 'The film', imageList: [{ file: 'still.png' }] } };
  const id = await app.store({
    assets: [
      { path: 'film.mp4', source: { url: `http://127.0.0.1:${port}/film.mp4` } },
      { path: 'still.png', source: await leave(app, screenshot('still')) },
    ],
    changes: { trailers: [{ file: 'film.mp4', trailerAssets }] },
  });
  const before = process.memoryUsage.rss();

  const peak = await peakOf(async () => {
    app.startRun(id, 1);
    await app.finish(id);
  });

  process.stderr.write(`PEAK ${peak / megabyte} BEFORE ${before / megabyte} at ${new Date().toISOString()}\n`);
  expect(await app.view(id)).toMatchObject({ state: 'succeeded', failure: null });
  expect((await liveContent(world())).trailers).toMatchObject([{ trailerAssets: { 'en-us': { title: 'The film' } } }]);
  expect(peak - before).toBeLessThan(512 * megabyte);
}, 600_000);
