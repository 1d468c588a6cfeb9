import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../..');
const written = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...below('docs')].filter((name) =>
  name.endsWith('.md'),
);

describe.each(written)('%s', (name) => {
  const text = readFileSync(join(root, name), 'utf8');

  test('links to what is there', () => {
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);

    const missing = targets.filter((target) => !/^https?:/.test(target) && !leads(name, target));

    expect(missing).toEqual([]);
  });

  test('names files and folders that are there', () => {
    const paths = [...text.matchAll(/`((?:src|embedded|emulator|commands|bench|test|docs)\/[\w./-]+)`/g)];

    const missing = paths.map(([, path = '']) => path).filter((path) => !existsSync(join(root, path)));

    expect(missing).toEqual([]);
  });

  test('names npm scripts that are there', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };

    const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script = '']) => script);

    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });
});

/** Whether a link leads to a file, and its fragment, if any, to a heading there. */
function leads(from: string, target: string): boolean {
  const [path = '', fragment] = target.split('#');
  const file = path === '' ? from : join(dirname(from), path);
  if (!existsSync(join(root, file))) return false;
  if (fragment === undefined) return true;
  const headings = [...readFileSync(join(root, file), 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title);
  return headings.some((title) => anchor(title) === fragment);
}

/** As GitHub makes them. */
function anchor(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

function below(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
}
