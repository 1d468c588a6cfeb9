/** What the README of the emulator shows, as something to run. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const readme = readFileSync(join(__dirname, '../../emulator/README.md'), 'utf8');

/** Fenced blocks of a language, in order. */
export function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, text = '']) => text);
}

/**
 * All shell blocks as one session, as a reader would type them. A line that says what it prints, behind an arrow, fails
 * the session when it prints something else.
 */
export function session(): string {
  const lines = blocks('sh').join('\n').split('\n');
  const checked = lines.map((line) => {
    const [, command, value] = /^(.*?)\s+# → (.*)$/.exec(line) ?? [];
    if (command === undefined || value === undefined) return line;
    return `printed="$(${command})"; [ "$printed" = ${quoted(value)} ] || { echo ${quoted(command)} printed "$printed" >&2; exit 1; }`;
  });
  return `set -euo pipefail\ntrap 'kill $(jobs -p) 2> /dev/null || true' EXIT\n${checked.join('\n')}\n`;
}

/** How many lines of the session say what they print. */
export function promises(): number {
  return [...blocks('sh').join('\n').matchAll(/# → /g)].length;
}

/** The shell steps of the pipeline that is written in YAML, in order. */
export function pipelineSteps(yaml: string): string[] {
  const lines = yaml.split('\n');
  return lines.flatMap((line, index) => {
    const [, before] = /^( *(?:- )?)(?:run|bash): \|$/.exec(line) ?? [];
    if (before === undefined) return [];
    const rest = lines.slice(index + 1);
    const end = rest.findIndex((next) => next.slice(0, before.length + 1).trim() !== '');
    return [
      rest
        .slice(0, end === -1 ? undefined : end)
        .map((next) => next.slice(before.length + 2))
        .join('\n'),
    ];
  });
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
